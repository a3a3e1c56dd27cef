// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "daemon/plan/plan.hpp"
#include "daemon/sources/source.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

/// The table in which a person says where each folder of the first level goes: `dossier;destination`.
namespace passerelle::cli {

/// What such a table says; see plan::Choices.
struct Places {
    std::map<std::string, std::string> team_folders;
    std::map<std::string, std::string> teams;
};

/// Reads such a table: a destination is "mes fichiers", "own files" or nothing, or "dossier d'équipe : Nom", "team
/// folder: Name", or "équipe : Nom", "team: Name"; case and accents do not count, and without a name it is the
/// folder's own. Error: `team_folder.places_unreadable` (job), with the line.
[[nodiscard]] Result<Places> read_places(std::string_view csv);

/// The table of the export's folders, with what was chosen so far.
[[nodiscard]] std::string places_csv(const sources::Inventory& inventory, const plan::Choices& choices,
                                     Language language);

/// Takes the choices of the file into `choices`, over those that stand there. Where there is no such file and `write`
/// says so, it is written, and that is told. Errors also: `file.unreadable`, `file.unwritable` (job).
[[nodiscard]] Result<void> settle_places(const std::filesystem::path& file, const sources::Inventory& inventory,
                                         bool write, Language language, plan::Choices& choices);

} // namespace passerelle::cli
