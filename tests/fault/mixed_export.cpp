// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fault/mixed_export.hpp"

#include "core/units.hpp"
#include "tests/exports/downloads.hpp"
#include "tests/exports/office.hpp"

#include <fmt/format.h>

namespace passerelle::program {
namespace {

using exports::Bytes;
using exports::Sidecar;

constexpr std::uint64_t kChunkedBytes = 101 * kMiB; ///< just beyond what the double takes in one piece

} // namespace

exports::TakeoutBuilder mixed_export() {
    exports::TakeoutBuilder takeout;
    const std::vector<exports::Permission> with_bob{{.name = "Alice", .email = "alice@example.org", .role = "owner"},
                                                    {.name = "Bob", .email = "bob@example.org", .role = "writer"}};
    for (int i = 0; i < 60; ++i)
        takeout.file(fmt::format("Drive/Dossier {}/Fiche {}.txt", i % 6, i), Bytes::prose(2000, i));
    for (int i = 0; i < 12; ++i)
        takeout.file(fmt::format("Drive/Datés/Daté {}.txt", i), Bytes::prose(3000, 100 + i),
                     Sidecar{.modified = exports::at(2023, 5, 6),
                             .created = exports::at(2022, 5, 6),
                             .starred = i == 3,
                             .permissions = with_bob});
    for (int i = 0; i < 5; ++i)
        takeout.file(
            fmt::format("Drive/Lettres/Lettre {}.docx", i),
            exports::to_docx(
                {"Lettre", "Jeanne", {exports::Paragraph{fmt::format("Bonjour, ceci est la lettre n° {}.", i)}}}),
            Sidecar{.modified = exports::at(2024, 1, 2)});
    takeout.file("Drive/Film.bin", Bytes::random(kChunkedBytes, 7), Sidecar{.modified = exports::at(2021, 1, 2)});
    return takeout;
}

fakes::TreeSnapshot comparable(fakes::TreeSnapshot tree) {
    const auto dated = to_epoch(exports::at(2025, 1, 1));
    for (auto& [path, entry] : tree) {
        if (path.ends_with(".odt")) entry.sha256.clear();
        if (path.ends_with(".odt") || entry.folder) entry.size = 0;
        if (entry.modified > dated) entry.modified = 0;
    }
    return tree;
}

} // namespace passerelle::program
