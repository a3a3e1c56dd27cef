// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/catalogue.hpp"

#include "report/reasons_text.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace passerelle::report {
namespace {

Severity severity_of(const std::string& word) {
    for (const auto severity : {Severity::info, Severity::notice, Severity::warning, Severity::error})
        if (word == to_string(severity)) return severity;
    throw std::runtime_error("unknown severity: " + word);
}

std::size_t index(Language language) {
    return language == Language::french ? 0 : 1;
}

} // namespace

std::string_view to_string(Severity severity) {
    switch (severity) {
    case Severity::info:
        return "info";
    case Severity::notice:
        return "notice";
    case Severity::warning:
        return "warning";
    case Severity::error:
        return "error";
    }
    return "notice";
}

const Catalogue& Catalogue::instance() {
    static const Catalogue catalogue = parse(kReasonsText);
    return catalogue;
}

Catalogue Catalogue::parse(std::string_view json) {
    Catalogue catalogue;
    const auto entries = nlohmann::json::parse(json); // items() keeps no copy
    for (const auto& [code, fields] : entries.items()) {
        const auto& entry = fields;
        const auto message = [&](const char* field) { return Message::parse(entry.at(field).get<std::string>()); };
        catalogue.entries_[code] = {.severity = severity_of(entry.at("severity")),
                                    .text = {message("fr"), message("en")},
                                    .advice = {message("advice_fr"), message("advice_en")}};
    }
    return catalogue;
}

std::string Catalogue::text(const Reason& reason, Language language) const {
    const auto entry = entries_.find(reason.code);
    // A journal of another version may hold a code that this one does not know: the code alone is better than nothing.
    return entry == entries_.end() ? reason.code : entry->second.text[index(language)].fill(reason, language);
}

std::string Catalogue::advice(const Reason& reason, Language language) const {
    const auto entry = entries_.find(reason.code);
    return entry == entries_.end() ? std::string() : entry->second.advice[index(language)].fill(reason, language);
}

std::string Catalogue::general_text(std::string_view code, Language language) const {
    const auto entry = entries_.find(code);
    return entry == entries_.end() ? std::string(code) : entry->second.text[index(language)].general();
}

std::string Catalogue::general_advice(std::string_view code, Language language) const {
    const auto entry = entries_.find(code);
    return entry == entries_.end() ? std::string() : entry->second.advice[index(language)].general();
}

std::string_view Catalogue::text_pattern(std::string_view code, Language language) const {
    const auto entry = entries_.find(code);
    return entry == entries_.end() ? std::string_view() : entry->second.text[index(language)].pattern();
}

std::string_view Catalogue::advice_pattern(std::string_view code, Language language) const {
    const auto entry = entries_.find(code);
    return entry == entries_.end() ? std::string_view() : entry->second.advice[index(language)].pattern();
}

std::vector<std::string_view> Catalogue::codes() const {
    std::vector<std::string_view> all;
    all.reserve(entries_.size());
    for (const auto& [code, entry] : entries_)
        all.push_back(code);
    return all;
}

Severity Catalogue::severity(std::string_view code) const {
    const auto entry = entries_.find(code);
    return entry == entries_.end() ? Severity::notice : entry->second.severity;
}

} // namespace passerelle::report
