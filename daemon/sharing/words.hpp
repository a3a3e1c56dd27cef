// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/words.hpp"
#include "daemon/sharing/access.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// The words by which tables and exports speak of people, rights and days. Case and accents do not count when reading.
namespace passerelle::sharing {

/// "lecture", "Modifier", "can view", "fileOrganizer", "viewer_no_comment", "lecture et commentaire": the highest of
/// several. Nothing if any of them is unknown.
[[nodiscard]] std::optional<Right> right_from(std::string_view text);
[[nodiscard]] std::string right_word(Right right, Language language);

/// "oui", "no", "x", "1".
[[nodiscard]] std::optional<bool> yes_or_no_from(std::string_view text);
[[nodiscard]] std::string yes_or_no(bool yes, Language language);

/// "2026-01-31", "31/01/2026", "31.01.2026", and a day with a time of the first form. Days before months, as in French
/// and on this side of the ocean.
[[nodiscard]] std::optional<std::chrono::sys_days> day_from(std::string_view text);
[[nodiscard]] std::string day_text(std::chrono::sys_days day);

/// "jeanne@ex.org", "Jeanne <jeanne@ex.org>", "groupe : Bureau", "domaine : ex.org", "tout le monde", "lien". A text of
/// no such form is the name of a person. Nothing for an empty one and for one with an '@' that is no address.
[[nodiscard]] std::optional<Principal> principal_from(std::string_view text);
/// principal_from() gives the same back for every principal that has a name or an e-mail.
[[nodiscard]] std::string principal_text(const Principal& principal, Language language);

} // namespace passerelle::sharing
