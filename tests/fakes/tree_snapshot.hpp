// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <string>

namespace passerelle::fakes {

/// What a test compares of a file or folder. A value; GoogleTest prints it on one line.
struct TreeEntry {
    bool folder = false;
    std::uint64_t size = 0;    ///< bytes; of a folder: of all it holds
    std::string sha256;        ///< empty for a folder
    std::int64_t modified = 0; ///< seconds since 1970
    std::optional<std::int64_t> created;
    bool favorite = false;

    friend bool operator==(const TreeEntry&, const TreeEntry&) = default;
    friend std::ostream& operator<<(std::ostream& out, const TreeEntry& entry) {
        out << (entry.folder ? "folder " : "file ") << entry.size << " bytes, modified " << entry.modified;
        if (entry.created) out << ", created " << *entry.created;
        if (entry.favorite) out << ", favourite";
        if (!entry.folder) out << ", sha256 " << entry.sha256;
        return out;
    }
};

/// Everything below a user's root, by path.
using TreeSnapshot = std::map<std::string, TreeEntry>;

} // namespace passerelle::fakes
