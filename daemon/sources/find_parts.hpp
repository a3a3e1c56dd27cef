// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"
#include "core/result.hpp"
#include "daemon/sources/part_name.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace passerelle::sources {

enum class PartForm {
    zip,
    tar,
    folder,
    loose,  ///< a plain file that came beside the archives
    broken, ///< has an archive's name and not its first bytes
};

/// One file or folder to be opened. A value.
struct FoundPart {
    std::filesystem::path path;
    PartForm form = PartForm::folder;
    std::optional<PartName> name;
    std::vector<std::string> only; ///< PartForm::folder: the direct entries that belong to the export; empty: all
};

/// What belongs to the export, and what was noticed while looking. A value.
struct FoundParts {
    std::string name; ///< of the export, for a person
    std::vector<FoundPart> parts;
    std::vector<Reason> problems;
};

/// In a Workspace administrator's export, the folders of the accounts, each named by its address and with that
/// account's parts, in the order of their names; none in any other folder, nor in one that cannot be read.
[[nodiscard]] std::vector<std::filesystem::path> account_folders(const std::filesystem::path& folder);

/// Finds the parts that the given paths stand for: an archive is a part; a folder stands for the parts in it, or is
/// itself a plain folder or an unpacked export. Errors: those of open_export().
[[nodiscard]] Result<FoundParts> find_parts(std::span<const std::filesystem::path> paths);

} // namespace passerelle::sources
