// SPDX-License-Identifier: AGPL-3.0-or-later
// libFuzzer's target for whatever a download may hold: the bytes are opened as a part of an export and everything in it
// is read. Neither may crash, hang, or answer something that breaks the inventory's promises.
#include "daemon/sources/source.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

using passerelle::ItemKind;

constexpr std::uint64_t kReadPerItem = 1 << 20U;
constexpr std::size_t kItemsRead = 50;

void require(bool promise) {
    if (!promise) std::abort();
}

void read_some(const passerelle::Content& content) {
    auto reader = content.open();
    if (!reader) return;
    std::array<std::byte, 4096> buffer;
    for (std::uint64_t total = 0; total < kReadPerItem;) {
        const auto count = (*reader)->read(buffer);
        if (!count || *count == 0) return;
        total += *count;
        require(total <= content.size());
    }
}

void check(const passerelle::sources::Source& source) {
    std::set<std::string> paths;
    std::size_t read = 0;
    for (const auto& item : source.inventory().items) {
        if (item.kind == ItemKind::entry) {
            require(!item.reasons.empty() && !source.content(item));
            continue;
        }
        require(!item.path.empty() && paths.insert(item.path).second);
        require(("/" + item.path + "/").find("/../") == std::string::npos && item.path.find('\0') == std::string::npos);
        if (item.kind != ItemKind::file || ++read > kItemsRead) continue;
        const auto content = source.content(item);
        require(content.has_value());
        read_some(**content);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fs::path folder = [] {
        std::string pattern = fs::temp_directory_path() / "fuzz-XXXXXX";
        return fs::path(::mkdtemp(pattern.data()));
    }();
    const auto part = folder / "takeout-20240712T112341Z-001.zip";
    std::ofstream(part, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    const std::array parts{part};
    if (const auto source = passerelle::sources::open_export(parts, {})) check(**source);
    return 0;
}
