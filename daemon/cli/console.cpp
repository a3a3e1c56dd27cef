// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/console.hpp"

#include "daemon/report/catalogue.hpp"
#include "daemon/report/safe_text.hpp"

#include <cstdio>
#include <fmt/format.h>

namespace passerelle::cli {

void say(std::string_view line) {
    fmt::print(stderr, "{}\n", line);
}

void say_error(const Error& error, Language language) {
    say(fmt::format("passerelle: {}", explain(reason_of(error), language)));
    if (!error.message.empty()) say(fmt::format("  [{}: {}]", error.code, report::visible(error.message)));
}

std::string explain(const Reason& reason, Language language) {
    const auto& catalogue = report::Catalogue::instance();
    const auto advice = catalogue.advice(reason, language);
    auto text = report::visible(catalogue.text(reason, language));
    if (!advice.empty()) text += "\n  " + report::visible(advice);
    return text;
}

std::string human_duration(std::chrono::seconds duration) {
    const auto seconds = duration.count();
    if (seconds >= 3600) return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

} // namespace passerelle::cli
