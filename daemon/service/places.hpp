// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "core/result.hpp"
#include "daemon/journal/journal.hpp"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace passerelle::service {

/// A team folder (app groupfolders) in which the account may make files and folders, and share them. A value.
struct TeamFolderPlace {
    std::string name;
    std::optional<std::uint64_t> free_bytes; ///< nothing: no bound
};

/// Where the folders of an export's first level may go: see plan::Choices. A value.
struct Places {
    std::vector<std::string> folders; ///< of the export's first level, and those that the choices name; by name
    std::optional<std::vector<TeamFolderPlace>> team_folders; ///< by name; nothing: the server has no such app
    std::optional<std::vector<std::string>> teams;            ///< likewise
};

/// Team folders are asked about one by one: of more than a hundred, those behind are left out. A Team is left out where
/// another one has its name, which would not say which is meant. Errors: those of the journal, of TeamFolders and of
/// Sharing.
[[nodiscard]] Result<Places> places_of(const journal::Job& job, journal::Journal& journal, nextcloud::Nextcloud& server,
                                       const std::stop_token& stop);

} // namespace passerelle::service
