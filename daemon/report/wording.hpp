// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/units.hpp"
#include "core/words.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// How the report speaks: its sentences in both languages, and numbers, sizes and dates as each language writes them.
namespace passerelle::report {

/// A sentence, or a part of one, in both languages.
struct Phrase {
    std::string_view french;
    std::string_view english;
    [[nodiscard]] std::string_view in(Language language) const {
        return language == Language::french ? french : english;
    }
};

/// A phrase around a number, written {}.
struct CountedPhrase {
    Phrase one;
    Phrase many;
};

/// French says the singular for none, English the plural.
[[nodiscard]] bool is_singular(std::uint64_t count, Language language);

/// "412 fichiers", "1 file".
[[nodiscard]] std::string counted(std::uint64_t count, const CountedPhrase& phrase, Language language);

/// "12 345" with a narrow no-break space, "12,345".
[[nodiscard]] std::string grouped(std::uint64_t number, Language language);

/// "46,2 Mo", "46.2 MB": units of 1000, as file managers show them; below 1000 "512 octets", "512 bytes".
[[nodiscard]] std::string human_bytes(std::uint64_t bytes, Language language);

/// The text so that no French line begins with ":" or ends with "«".
[[nodiscard]] std::string typeset(std::string_view text, Language language);

/// "23 novembre 2026 à 10 h 04 (CET)", "23 November 2026 at 10:04 (CET)", in the machine's time zone.
[[nodiscard]] std::string human_time(Timestamp moment, Language language);

/// "2026-11-23 10:04:00", in the machine's time zone: a date for spreadsheets of any language. Nothing for a moment
/// that they take for none: before 1900, after 9999.
[[nodiscard]] std::optional<std::string> table_time(Timestamp moment);

/// "2026-11-23T09:04:00Z"
[[nodiscard]] std::string iso_time(Timestamp moment);

} // namespace passerelle::report
