// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/sharing/access.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Who had access, from what the services export. All functions are pure and take any bytes; unknown members are passed
/// over, what cannot be understood is a problem.
namespace passerelle::sharing {

/// What Takeout's sidecar says of one item: the text that journal::Item::permissions keeps,
/// {"permissions":[{"type","role","additional_roles","email_address","name","domain","deleted","with_link"}…],
/// "viewers_can_download"}. The list is complete. An empty text gives a node that is as the folder above it.
[[nodiscard]] AccessList read_sidecar_access(std::string_view json, std::string_view path, bool is_folder);

/// Dropbox's answer to `list_folder_members` for one shared folder, or a list of such answers (its pages):
/// {"users":[{"access_type":{".tag"},"user":{"email","display_name"}}],"groups":[…],"invitees":[…]}. Complete.
[[nodiscard]] AccessList read_dropbox_members(std::string_view json, std::string_view path);

/// A Google Group of a Workspace export. A value.
struct GoogleGroup {
    Principal group;
    std::vector<Principal> members; ///< users, and groups in the group
    std::vector<Reason> problems;
};

/// From `Groups/<folder_name>/info.csv` and `members.csv`, whose second column is the member's e-mail. `folder_name`
/// is the group's name where info.csv has none.
[[nodiscard]] GoogleGroup read_google_group(std::string_view info_csv, std::string_view members_csv,
                                            std::string_view folder_name);

} // namespace passerelle::sharing
