// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/units.hpp"
#include "core/words.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a synchronisation starts from: what earlier exports of the same account have become. All are values.
namespace passerelle::plan {

/// A file on the server, as the job that brought it left it.
struct StandingFile {
    std::string path;
    std::string etag;
    std::uint64_t size = 0;
    std::string sha256;
};

/// What has become of one path of the source.
struct Brought {
    std::string source_path;
    ItemKind kind = ItemKind::file;
    std::uint64_t size = 0; ///< of the source
    std::optional<std::uint32_t> crc32;
    std::optional<Timestamp> modified;
    std::string folder;                   ///< of a folder: where it stands
    std::optional<StandingFile> main;     ///< of a file: what takes its place
    std::optional<StandingFile> original; ///< beside a converted document
    bool converted = false;               ///< the main one is in OpenDocument
};

/// At most one of a source path.
struct Earlier {
    std::vector<Brought> brought;
};

} // namespace passerelle::plan
