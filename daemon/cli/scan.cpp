// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/commands.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/interruption.hpp"
#include "daemon/plan/plan.hpp"
#include "daemon/report/catalogue.hpp"
#include "daemon/report/safe_text.hpp"
#include "daemon/report/wording.hpp"
#include "daemon/sources/source.hpp"

#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>

namespace passerelle::cli {
namespace {

struct Count {
    std::uint64_t items = 0;
    std::uint64_t bytes = 0;
};

/// What an inventory comes to.
struct Overview {
    std::uint64_t folders = 0;
    Count files;
    Count documents; ///< of the files: those that can become OpenDocument
    std::map<Product, Count> products;
    std::map<std::string, std::uint64_t> reasons;
    std::map<std::string, Reason> examples; ///< one reason of each code
};

Overview overview_of(const sources::Inventory& inventory) {
    Overview overview;
    for (const auto& item : inventory.items) {
        for (const auto& reason : item.reasons) {
            ++overview.reasons[reason.code];
            overview.examples.try_emplace(reason.code, reason);
        }
        if (item.kind == ItemKind::folder) {
            ++overview.folders;
            continue;
        }
        for (Count* count : {&overview.files, &overview.products[item.product]}) {
            ++count->items;
            count->bytes += item.size;
        }
        if (item.kind == ItemKind::file && plan::conversion_of(item.path, {})) {
            ++overview.documents.items;
            overview.documents.bytes += item.size;
        }
    }
    return overview;
}

nlohmann::ordered_json to_json(const Count& count) {
    return {{"items", count.items}, {"bytes", count.bytes}};
}

void print_json(const sources::Inventory& inventory, const Overview& overview) {
    nlohmann::ordered_json json{{"kind", to_string(inventory.kind)},
                                {"name", inventory.name},
                                {"parts", nlohmann::ordered_json::array()},
                                {"folders", overview.folders},
                                {"files", to_json(overview.files)},
                                {"convertible", to_json(overview.documents)},
                                {"products", nlohmann::ordered_json::object()},
                                {"problems", nlohmann::ordered_json::array()},
                                {"reasons", overview.reasons}};
    for (const auto& part : inventory.parts)
        json["parts"].push_back({{"file", part.file.string()}, {"bytes", part.size}});
    for (const auto& [product, count] : overview.products)
        json["products"][std::string(to_string(product))] = to_json(count);
    for (const auto& problem : inventory.problems) {
        nlohmann::ordered_json parameters = nlohmann::ordered_json::object();
        for (const auto& [name, value] : problem.parameters)
            parameters[name] = value;
        json["problems"].push_back({{"code", problem.code}, {"parameters", std::move(parameters)}});
    }
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void print_text(const sources::Inventory& inventory, const Overview& overview, Language language) {
    const auto line = [&](Sentence label, const Count& count) {
        fmt::print("{:<40} {:>9}   {:>10}\n", label.in(language), count.items,
                   report::human_bytes(count.bytes, language));
    };
    fmt::print("{} ({}, {} {})\n", report::visible(inventory.name), to_string(inventory.kind), inventory.parts.size(),
               Sentence{"partie(s)", "part(s)"}.in(language));
    line({"Fichiers", "Files"}, overview.files);
    line({"dont documents convertibles", "of which convertible documents"}, overview.documents);
    fmt::print("{:<40} {:>9}\n", Sentence{"Dossiers", "Folders"}.in(language), overview.folders);
    if (overview.products.size() > 1)
        for (const auto& [product, count] : overview.products)
            line({to_string(product), to_string(product)}, count);
    for (const auto& problem : inventory.problems)
        fmt::print("\n! {}\n", explain(problem, language));
    for (const auto& [code, items] : overview.reasons) {
        fmt::print("\n{} × {}\n", items,
                   items == 1 ? explain(overview.examples.at(code), language)
                              : report::visible(report::Catalogue::instance().general_text(code, language)));
    }
}

} // namespace

Result<Ending> scan(const Arguments& arguments, const Settings&) {
    const Interruption interruption;
    auto source = sources::open_export(arguments.exports, interruption.token());
    if (!source) return failure(source);
    const auto& inventory = (*source)->inventory();
    const auto overview = overview_of(inventory);
    if (arguments.output == Output::json)
        print_json(inventory, overview);
    else
        print_text(inventory, overview, arguments.language);
    return Ending::complete;
}

} // namespace passerelle::cli
