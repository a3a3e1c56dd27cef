// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/plan.hpp"

#include "daemon/cli/commands.hpp"
#include "daemon/cli/connection.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/engine.hpp"
#include "daemon/cli/interruption.hpp"
#include "daemon/cli/places.hpp"
#include "daemon/cli/plan_shares.hpp"
#include "daemon/cli/share_order.hpp"
#include "daemon/jobs/migration.hpp"
#include "daemon/report/catalogue.hpp"
#include "daemon/report/safe_text.hpp"
#include "daemon/report/wording.hpp"

#include <fmt/format.h>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

namespace passerelle::cli {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Reason& reason, Language language) {
    Json parameters = Json::object();
    for (const auto& [name, value] : reason.parameters)
        parameters[name] = value;
    return {{"code", reason.code}, {"parameters", std::move(parameters)}, {"text", explain(reason, language)}};
}

/// `shares` is a document of its own; empty: it was not asked for.
void print_json(const sources::Inventory& inventory, const plan::Plan& plan, const std::string& shares,
                Language language) {
    const auto print = [](const Json& json) {
        fmt::print("{}", json.dump(-1, ' ', false, Json::error_handler_t::replace));
    };
    // Written item by item: a plan may have a hundred thousand.
    fmt::print("{{\"upload_bytes\": {}, \"scratch_bytes\": {}, \"items\": [", plan.space.upload_bytes,
               plan.space.scratch_bytes);
    const char* separator = "\n";
    for (const auto& planned : plan.items) {
        const auto& item = inventory.items[planned.item];
        Json line{{"source", item.path},      {"kind", to_string(item.kind)},
                  {"size", item.size},        {"action", to_string(planned.action)},
                  {"target", planned.target}, {"original", planned.original_target},
                  {"reasons", Json::array()}};
        for (const auto& reason : planned.reasons)
            line["reasons"].push_back(to_json(reason, language));
        fmt::print("{}", separator);
        print(line);
        separator = ",\n";
    }
    for (const auto& gone : plan.gone) {
        const Json line{{"source", gone.before.source_path},
                        {"kind", to_string(gone.before.kind)},
                        {"size", gone.before.size},
                        {"action", to_string(gone.action)},
                        {"target", gone.action == Action::remove ? gone.before.main->path : ""},
                        {"original", ""},
                        {"reasons", Json::array({to_json(gone.reason, language)})}};
        fmt::print("{}", separator);
        print(line);
        separator = ",\n";
    }
    fmt::print("\n]{}{}}}\n", shares.empty() ? "" : ", \"sharing\": ", shares);
}

void print_csv(const sources::Inventory& inventory, const plan::Plan& plan, Language language) {
    const char separator = language == Language::french ? ';' : ','; // as the spreadsheets of that language expect it
    const std::vector<std::string_view> columns{"source", "kind", "size", "action", "target", "original", "reasons"};
    fmt::print("\xEF\xBB\xBF{}\r\n", fmt::join(columns, std::string_view(&separator, 1)));
    for (const auto& planned : plan.items) {
        const auto& item = inventory.items[planned.item];
        std::string reasons;
        for (const auto& reason : planned.reasons) {
            if (!reasons.empty()) reasons += ' ';
            reasons += report::Catalogue::instance().text(reason, language);
        }
        const std::vector<std::string> cells{report::csv_path(item.path, separator),
                                             std::string(to_string(item.kind)),
                                             std::to_string(item.size),
                                             std::string(to_string(planned.action)),
                                             report::csv_path(planned.target, separator),
                                             report::csv_path(planned.original_target, separator),
                                             report::csv_text(reasons, separator)};
        fmt::print("{}\r\n", fmt::join(cells, std::string_view(&separator, 1)));
    }
    for (const auto& gone : plan.gone) {
        const std::vector<std::string> cells{
            report::csv_path(gone.before.source_path, separator),
            std::string(to_string(gone.before.kind)),
            std::to_string(gone.before.size),
            std::string(to_string(gone.action)),
            "",
            "",
            report::csv_text(report::Catalogue::instance().text(gone.reason, language), separator)};
        fmt::print("{}\r\n", fmt::join(cells, std::string_view(&separator, 1)));
    }
}

void print_text(const sources::Inventory& inventory, const plan::Plan& plan, Language language) {
    std::map<Action, std::uint64_t> counts;
    for (const auto& planned : plan.items)
        ++counts[planned.action];
    for (const auto& planned : plan.items) {
        if (planned.reasons.empty()) continue;
        const auto& item = inventory.items[planned.item];
        fmt::print("{}{}{}\n", report::visible(item.path), planned.target.empty() ? "" : " → ",
                   report::visible(planned.target));
        for (const auto& reason : planned.reasons)
            fmt::print("    {}\n", explain(reason, language));
    }
    for (const auto& gone : plan.gone) {
        ++counts[gone.action];
        fmt::print("{}\n    {}\n", report::visible(gone.before.source_path), explain(gone.reason, language));
    }
    fmt::print("{}: {}   {}: {}   {}: {}\n", Sentence{"tels quels", "as they are"}.in(language), counts[Action::upload],
               Sentence{"à convertir", "to be converted"}.in(language), counts[Action::convert],
               Sentence{"laissés de côté", "left out"}.in(language), counts[Action::skip]);
    if (counts[Action::move] + counts[Action::remove] > 0)
        fmt::print("{}: {}   {}: {}\n", Sentence{"déplacés", "moved"}.in(language), counts[Action::move],
                   Sentence{"mis à la corbeille", "moved to the trash bin"}.in(language), counts[Action::remove]);
    fmt::print("{}: {}\n", Sentence{"Place nécessaire sur le Nextcloud", "Space needed on the Nextcloud"}.in(language),
               report::human_bytes(plan.space.upload_bytes, language));
    for (const auto& reason : plan.reasons)
        fmt::print("! {}\n", explain(reason, language));
}

} // namespace

Result<Ending> show_plan(const Arguments& arguments, const Settings& settings) {
    const Interruption interruption;
    auto target = complete(arguments.target, settings);
    if (!target) return failure(target);
    auto source = sources::open_export(arguments.exports, interruption.token());
    if (!source) return failure(source);
    auto server = connect(*target, settings, {}, interruption.token());
    if (!server) return failure(server);
    auto choices = arguments.choices;
    auto places = settle_places(arguments.places_file, (*source)->inventory(), true, arguments.language, choices);
    if (!places) return failure(places);
    if (auto tables = check_tables(arguments); !tables) return failure(tables);
    std::unique_ptr<journal::Journal> journal;
    if (choices.synchronise || asks_to_share(arguments)) {
        auto opened = open_journal(settings);
        if (!opened) return failure(opened);
        journal = std::move(*opened);
    }
    const jobs::Order order{.server_url = target->url, .choices = choices, .access = {}};
    auto plan = jobs::preview(**source, order, **server, journal.get(), interruption.token());
    if (!plan) return failure(plan);
    Result<std::string> shares = std::string();
    if (asks_to_share(arguments) && arguments.output != Output::csv)
        shares = planned_shares(**source, *plan, order, *journal, **server, arguments, interruption.token());
    if (!shares) return failure(shares);

    const auto& inventory = (*source)->inventory();
    for (const auto& problem : inventory.problems)
        say("! " + explain(problem, arguments.language));
    switch (arguments.output) {
    case Output::json:
        print_json(inventory, *plan, *shares, arguments.language);
        break;
    case Output::csv:
        print_csv(inventory, *plan, arguments.language);
        break;
    case Output::text:
        print_text(inventory, *plan, arguments.language);
        if (!shares->empty()) fmt::print("\n{}", *shares);
        break;
    }
    return Ending::complete;
}

} // namespace passerelle::cli
