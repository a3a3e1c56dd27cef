// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace passerelle::jobs {

/// Something that a job brought, and what undoing does with it.
struct UndoneThing {
    enum class Kind { share, team, file, folder } kind = Kind::file;
    std::string path;             ///< under the user's files, also of what is shared; of a Team its name
    bool removed = false;         ///< or would be
    std::optional<Reason> reason; ///< why it stays
};

[[nodiscard]] constexpr std::string_view to_string(UndoneThing::Kind kind) {
    switch (kind) {
    case UndoneThing::Kind::share:
        return "share";
    case UndoneThing::Kind::team:
        return "team";
    case UndoneThing::Kind::file:
        return "file";
    case UndoneThing::Kind::folder:
        return "folder";
    }
    return "";
}

} // namespace passerelle::jobs
