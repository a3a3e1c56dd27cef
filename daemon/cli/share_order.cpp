// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/share_order.hpp"

#include "core/reason_codes.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <system_error>
#include <vector>

namespace passerelle::cli {
namespace {

constexpr std::string_view kNothing = "none";
constexpr std::string_view kAsTheExportSays = "source";

std::string full_path(const std::filesystem::path& file) {
    return file.empty() ? std::string() : std::filesystem::absolute(file).string();
}

} // namespace

bool asks_to_share(const Arguments& arguments) {
    return arguments.shares != kNothing;
}

std::filesystem::path accesses_table(const Arguments& arguments) {
    return asks_to_share(arguments) && arguments.shares != kAsTheExportSays ? std::filesystem::path(arguments.shares)
                                                                            : std::filesystem::path();
}

Result<void> check_tables(const Arguments& arguments) {
    for (const auto& file : {accesses_table(arguments), arguments.people_file}) {
        std::error_code unknown;
        if (!file.empty() && !std::filesystem::is_regular_file(file, unknown))
            return Error(ErrorKind::job, codes::file_unreadable,
                         fmt::format("{}: {}", file.string(), unknown.message()), {{"file", file.string()}});
    }
    return {};
}

std::string share_order_text(const Arguments& arguments) {
    if (!asks_to_share(arguments)) return {};
    const nlohmann::json order{{"accesses", full_path(accesses_table(arguments))},
                               {"people", full_path(arguments.people_file)}};
    return order.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void take_share_order(const std::string& text, Arguments& arguments) {
    if (text.empty() || asks_to_share(arguments)) return;
    const auto order = nlohmann::json::parse(text);
    const auto accesses = order.at("accesses").get<std::string>();
    arguments.shares = accesses.empty() ? std::string(kAsTheExportSays) : accesses;
    if (arguments.people_file.empty()) arguments.people_file = order.at("people").get<std::string>();
}

} // namespace passerelle::cli
