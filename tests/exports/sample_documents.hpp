// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/units.hpp"
#include "tests/exports/names.hpp"
#include "tests/exports/office.hpp"

#include <string>
#include <string_view>
#include <vector>

/// The texts of the sample's documents, all invented.
namespace passerelle::exports {

/// Picks the text of the locale: French, or else English.
[[nodiscard]] inline std::string either(Locale locale, std::string_view french, std::string_view english) {
    return std::string(locale == Locale::french ? french : english);
}

/// Minutes with headings, a table of tasks, a footnote and a comment; another meeting for every `number`.
[[nodiscard]] TextDocument minutes(Locale locale, std::string_view day, int number);
/// A letter or a form of a few paragraphs.
[[nodiscard]] TextDocument letter(Locale locale, std::string_view subject);
/// Planned and real amounts on two sheets that refer to each other.
[[nodiscard]] std::vector<Sheet> budget(Locale locale, int year);
/// The same with a look-up by a function that Excel has and LibreOffice does not: its conversion is to be looked at.
[[nodiscard]] std::vector<Sheet> party_budget(Locale locale);
/// The season's presentation, with the speaker's notes.
[[nodiscard]] std::vector<Slide> presentation(Locale locale, int year);
[[nodiscard]] std::string members_list(Locale locale, int year);

/// A file of tests/exports/documents, as it is shipped; throws std::runtime_error where it is missing.
[[nodiscard]] std::string shipped(std::string_view name);

} // namespace passerelle::exports
