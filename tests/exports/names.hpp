// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/units.hpp"
#include "core/words.hpp"

#include <string>
#include <string_view>

/// How the sources spell things: localised folders, mangled names, times.
namespace passerelle::exports {

/// The language in which an account's export was made.
enum class Locale { french, english, german };

/// The product's folder under Takeout/ ("Drive", "Agenda", "Kalender").
[[nodiscard]] std::string product_folder(Locale locale, Product product);
/// The product's key in the archive's page ("DRIVE", "CALENDAR").
[[nodiscard]] std::string product_key(Product product);
/// The archive's page under Takeout/.
[[nodiscard]] std::string browser_name(Locale locale);
/// The group of all contacts.
[[nodiscard]] std::string all_contacts(Locale locale);
/// The folder of a year's photos.
[[nodiscard]] std::string photos_of_year(Locale locale, int year);

/// A title as Takeout makes a file name of it: `% & * \ | : ' /` and line breaks become `_`; at most `limit`
/// characters.
[[nodiscard]] std::string mangled(std::string_view title, std::size_t limit = std::string_view::npos);
/// The first `limit` characters of UTF-8 text.
[[nodiscard]] std::string first_characters(std::string_view text, std::size_t limit);

/// The decomposed form in which macOS spells names: "é" as "e" and a combining accent.
[[nodiscard]] std::string nfd(std::string_view text);
/// Code page 437, in which zips without bit 11 are; throws std::invalid_argument for a character that it does not have.
[[nodiscard]] std::string cp437(std::string_view text);

/// "20240712T112341Z"
[[nodiscard]] std::string compact_time(Timestamp moment);
/// "2024-07-12T11:23:41.000Z", with the given thousandths
[[nodiscard]] std::string iso_time(Timestamp moment, int milliseconds = 0);
/// UTC.
[[nodiscard]] Timestamp at(int year, unsigned month, unsigned day, int hour = 12, int minute = 0, int second = 0);

/// When the exports of the tests were made, unless they say otherwise: 2024-07-12 11:23:41 UTC.
inline const Timestamp kExportTime = from_epoch(1720783421);

} // namespace passerelle::exports
