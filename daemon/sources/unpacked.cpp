// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/unpacked.hpp"

#include "daemon/sources/file_rules.hpp"
#include "daemon/sources/little_endian.hpp"
#include "daemon/sources/products.hpp"

#include <array>
#include <fstream>
#include <string_view>
#include <system_error>

namespace passerelle::sources {

namespace fs = std::filesystem;

bool is_unpacked_takeout_root(const fs::path& folder) {
    if (folder.filename() != "Takeout") return false;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        std::error_code ignored;
        const auto name = at->path().filename().string();
        if (at->is_directory(ignored) ? product_by_folder(name).has_value()
                                      : lower_ascii(extension_of(name)) == ".html")
            return true;
    }
    return false;
}

bool begins_with_root_entry(const fs::path& zip) {
    std::array<char, 31> head{}; // a local header (APPNOTE.TXT 4.3.7) and one byte of name
    std::ifstream in(zip, std::ios::binary);
    in.read(head.data(), head.size());
    const std::string_view bytes(head.data(), static_cast<std::size_t>(in.gcount()));
    return bytes.size() == head.size() && bytes.starts_with("PK\x03\x04") && u16(bytes, 26) == 1 && bytes[30] == '/';
}

} // namespace passerelle::sources
