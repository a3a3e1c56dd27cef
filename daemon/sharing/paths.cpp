// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/paths.hpp"

#include "daemon/sharing/text.hpp"

#include <algorithm>

namespace passerelle::sharing {

std::string plain_path(std::string_view text) {
    std::string path;
    for (std::size_t start = 0, end = 0; start < text.size(); start = end + 1) {
        end = std::min(text.find('/', start), text.size());
        if (end == start) continue;
        if (!path.empty()) path += '/';
        path += text.substr(start, end - start);
    }
    return composed(path);
}

std::string_view parent_of(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

bool path_before(std::string_view left, std::string_view right) {
    // The slash comes before every other letter, so that "a/b" stands before "a-b".
    const auto rank = [](char c) { return c == '/' ? 0 : 1 + static_cast<unsigned char>(c); };
    return std::ranges::lexicographical_compare(left, right, {}, rank, rank);
}

} // namespace passerelle::sharing
