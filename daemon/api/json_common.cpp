// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/json_writers.hpp"
#include "daemon/report/catalogue.hpp"
#include "daemon/report/wording.hpp"

namespace passerelle::api {

std::string to_text(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Answer json_answer(const Json& json, unsigned status) {
    return {.status = status, .type = "application/json", .body = to_text(json)};
}

Json json_of(const Reason& reason, Language language) {
    const auto& catalogue = report::Catalogue::instance();
    Json parameters = Json::object();
    for (const auto& [name, value] : reason.parameters)
        parameters[name] = value;
    return {{"code", reason.code},
            {"severity", report::to_string(catalogue.severity(reason.code))},
            {"parameters", parameters},
            {"text", catalogue.text(reason, language)},
            {"advice", catalogue.advice(reason, language)}};
}

Json json_of(const journal::ReasonCount& count, Language language) {
    const auto& catalogue = report::Catalogue::instance();
    return {{"code", count.code},
            {"severity", report::to_string(catalogue.severity(count.code))},
            {"items", count.items},
            {"text", catalogue.general_text(count.code, language)},
            {"advice", catalogue.general_advice(count.code, language)}};
}

Json json_of_time(Timestamp moment) {
    return report::iso_time(moment);
}

Json json_of_time(const std::optional<Timestamp>& moment) {
    return moment ? json_of_time(*moment) : Json();
}

Json json_of_day(const std::optional<std::chrono::sys_days>& day) {
    constexpr std::size_t kDateLength = std::string_view("2026-03-14").size();
    return day ? Json(report::iso_time(*day).substr(0, kDateLength)) : Json();
}

} // namespace passerelle::api
