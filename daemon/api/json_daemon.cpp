// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/json_writers.hpp"
#include "daemon/report/catalogue.hpp"

#include <cmath>
#include <fmt/format.h>
#include <iterator>

namespace passerelle::api {
namespace {

/// A help text is one line; backslashes are escaped (Prometheus, "Exposition formats").
std::string help_of(const service::Metric& metric) {
    std::string text;
    for (const char letter : metric.help)
        text += letter == '\n' ? "\\n" : letter == '\\' ? "\\\\" : std::string(1, letter);
    return text;
}

std::string number_of(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    return fmt::format("{}", value);
}

} // namespace

Json json_of(const service::Health& health, Language language) {
    return {{"version", health.version},       {"journal", health.journal},
            {"converter", health.converter},   {"running", health.running},
            {"queued", health.queued},         {"free_scratch_bytes", health.free_scratch_bytes},
            {"up_seconds", health.up.count()}, {"problems", json_of_each(health.problems, language)}};
}

Json json_of(const service::Limits& limits) {
    return {{"night_window", limits.night_window},
            {"bytes_per_second", limits.bytes_per_second},
            {"jobs_at_once", limits.jobs_at_once}};
}

Json json_of(const service::LogLine& line) {
    return {{"time", line.time},
            {"level", line.level},
            {"room", line.room},
            {"job", line.job ? Json(*line.job) : Json()},
            {"message", line.message}};
}

Json json_of(const service::Event& event) {
    return {{"sequence", event.sequence}, {"job", event.job.value}, {"user", event.user_id}, {"what", event.what}};
}

Json json_of_levels(const std::map<std::string, std::string>& levels) {
    Json json{{"default", "info"}, {"rooms", Json::object()}};
    for (const auto& [room, level] : levels) {
        if (room.empty())
            json["default"] = level;
        else
            json["rooms"][room] = level;
    }
    return json;
}

std::string prometheus_text(const std::vector<service::Metric>& metrics) {
    std::string text;
    const auto out = std::back_inserter(text);
    for (const auto& metric : metrics) {
        fmt::format_to(out, "# HELP {} {}\n", metric.name, help_of(metric));
        fmt::format_to(out, "# TYPE {} {}\n", metric.name, metric.counter ? "counter" : "gauge");
        for (const auto& [labels, value] : metric.samples) {
            const auto braces = labels.empty() ? std::string() : "{" + labels + "}";
            fmt::format_to(out, "{}{} {}\n", metric.name, braces, number_of(value));
        }
    }
    return text;
}

Json json_of_catalogue() {
    const auto& catalogue = report::Catalogue::instance();
    Json reasons = Json::object();
    for (const auto code : catalogue.codes())
        reasons[std::string(code)] = {{"severity", report::to_string(catalogue.severity(code))},
                                      {"text",
                                       {{"fr", catalogue.text_pattern(code, Language::french)},
                                        {"en", catalogue.text_pattern(code, Language::english)}}},
                                      {"advice",
                                       {{"fr", catalogue.advice_pattern(code, Language::french)},
                                        {"en", catalogue.advice_pattern(code, Language::english)}}}};
    return {{"reasons", reasons}};
}

} // namespace passerelle::api
