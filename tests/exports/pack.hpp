// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/units.hpp"
#include "tests/exports/bytes.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::exports {

enum class PackFormat { zip, tgz };

/// How a zip is written; all of these occur. A value.
struct ZipStyle {
    bool data_descriptors = true; ///< sizes after the content, as every service that streams its zips writes them
    bool zip64 = false;           ///< zip64 records although nothing is large
    bool cp437_names = false;     ///< without bit 11, in code page 437
};

/// A file or directory as it is to lie in an archive. A value.
struct Packed {
    std::string path; ///< UTF-8; a directory ends in '/'
    Bytes content{""};
    Timestamp modified{};
    std::uint32_t mode = 0100644; ///< of a file, in a zip
};

/// Writes an archive; throws std::runtime_error where it cannot be written.
void write_zip(const std::filesystem::path& file, const std::vector<Packed>& entries, const ZipStyle& style = {});
void write_tgz(const std::filesystem::path& file, const std::vector<Packed>& entries);

/// Writes one plain file, its folders too; throws std::runtime_error where it cannot be written.
void write_file(const std::filesystem::path& file, const Bytes& content, Timestamp modified);

} // namespace passerelle::exports
