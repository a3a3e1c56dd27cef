// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "daemon/service/desk.hpp"

#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace passerelle::service {

/// Folders of this machine in which exports are put for people: what lies below `<inbox>/<user id>/` belongs to that
/// person. User ids and paths come from outside: nothing that they say leads out of the person's own folder, and
/// symbolic links do not either. Immutable; any thread may use it.
class Inboxes {
  public:
    explicit Inboxes(std::vector<std::filesystem::path> folders) : folders_(std::move(folders)) {}

    /// The exports that lie there, each with its parts; empty where the person has no inbox.
    [[nodiscard]] std::vector<FoundExport> exports_of(const std::string& user_id) const;
    /// That person's folders, in which exports may come.
    [[nodiscard]] std::vector<std::filesystem::path> folders_of(const std::string& user_id) const;
    /// The same, and folders below them, as many as one can well watch.
    [[nodiscard]] std::set<std::filesystem::path> folders_to_watch(const std::string& user_id) const;
    /// Another text where a part came, grew or was written again. Of an export in numbered archives they alone count:
    /// to which export a loose file beside them belongs depends on what else lies there.
    [[nodiscard]] std::string state_of(const std::string& user_id, const FoundExport& found) const;
    /// Where a part of that person's is. Error: `service.part_unknown` (permanent).
    [[nodiscard]] Result<std::filesystem::path> locate(const std::string& user_id, const std::string& path) const;
    /// In which people's folders come.
    [[nodiscard]] const std::vector<std::filesystem::path>& roots() const { return folders_; }

  private:
    std::vector<std::filesystem::path> folders_;
};

} // namespace passerelle::service
