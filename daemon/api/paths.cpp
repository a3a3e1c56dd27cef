// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/paths.hpp"

#include "daemon/api/text.hpp"

namespace passerelle::api {

bool is_relative_path(std::string_view path) {
    if (path.empty()) return true;
    if (path.back() == '/') return false;
    for (auto rest = path; !rest.empty();) {
        const auto name = take_until(rest, '/');
        if (name.empty() || name == "." || name == "..") return false;
    }
    return true;
}

} // namespace passerelle::api
