// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/words.hpp"
#include "daemon/sharing/access.hpp"

#include <string>
#include <string_view>

/// Tables of who may do what: `dossier;qui;droits`.
namespace passerelle::sharing {

/// Reads a table that a person wrote, one that access_csv() wrote, or a report of Dropbox's administration: columns are
/// known by the words of their titles; without a header they are folder, who, rights, download, expiry, note. The lists
/// are not complete: a folder's line also counts for what lies in it, until another line says otherwise for the same
/// person ("aucun" takes away). A line that cannot be understood is a problem that names its number. A path may start
/// with '/', and ends with '/' where it is surely a folder's.
[[nodiscard]] AccessList read_access_csv(std::string_view text);

/// The table for lists that are not complete (see differences.hpp), with a header, in the language's separator and
/// words. Everything in it can be read back: read_access_csv() gives equal nodes.
[[nodiscard]] std::string access_csv(const std::vector<NodeAccess>& nodes, Language language);

} // namespace passerelle::sharing
