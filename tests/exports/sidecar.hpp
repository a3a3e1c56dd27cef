// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/units.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::exports {

/// Who may do what with a file of Drive. A value.
struct Permission {
    std::string name;
    std::string email{};                         ///< left out of the JSON where empty
    std::string role = "reader";                 ///< owner, organizer, fileOrganizer, writer, reader
    std::string type = "user";                   ///< user, group, domain, anyone
    std::string domain{};                        ///< left out where empty
    std::vector<std::string> additional_roles{}; ///< "commenter"
    bool deleted = false;
    bool with_link = false; ///< only who has the link; written for type anyone
};

/// How Drive names the sidecar of `CR.docx`.
enum class SidecarName {
    full, ///< CR.docx-info.json; of `CR(1).docx` CR.docx-info(1).json
    stem, ///< CR-info.json; of `CR(1).docx` CR-info(1).json
};

/// What the `-info.json` beside a file or folder of Drive says. A value.
struct Sidecar {
    std::string title{}; ///< empty: the file's name
    std::optional<Timestamp> modified{};
    std::optional<Timestamp> created{};
    bool starred = false;
    std::vector<Permission> permissions{};
    std::string mime_type = "application/octet-stream";
    SidecarName naming = SidecarName::full;
    bool viewers_can_download = true;
};

/// The sidecar's path for a file's or folder's path.
[[nodiscard]] std::string sidecar_path(std::string_view path, SidecarName naming);
/// The JSON text that Drive writes.
[[nodiscard]] std::string to_json(const Sidecar& sidecar, std::string_view file_name);

} // namespace passerelle::exports
