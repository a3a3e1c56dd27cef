// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "core/units.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string_view>

namespace passerelle::sources {

/// One record of a zip's central directory (PKWARE's APPNOTE.TXT 4.3.12). The views last for the call that hands it
/// over.
struct ZipHeader {
    std::string_view name;  ///< raw bytes
    std::string_view extra; ///< extra fields, raw
    std::uint64_t size = 0;
    std::uint64_t packed_size = 0;
    std::uint64_t offset = 0; ///< of the local header, from the start of the file
    std::uint32_t crc32 = 0;
    std::uint32_t external_attributes = 0;
    std::uint16_t method = 0;
    std::uint16_t flags = 0;
    std::uint16_t dos_time = 0;
    std::uint16_t dos_date = 0;
    std::uint8_t made_on = 0; ///< host system: 0 is FAT, 3 Unix, 19 macOS
};

/// Reads the central directory, zip64 included, in pieces: memory does not grow with what the file declares. Every
/// whole record is handed over, also in front of damage. Errors: `export.part_damaged` (item) with `detail`;
/// `job.stopped`.
[[nodiscard]] Result<void> read_zip_directory(int fd, std::uint64_t file_size,
                                              const std::function<void(const ZipHeader&)>& record,
                                              const std::stop_token& stop);

/// Where an entry's packed bytes begin. The local header is only trusted for the length of its own fields.
/// Error: `source.damaged` (item).
[[nodiscard]] Result<std::uint64_t> find_zip_data(int fd, std::uint64_t local_header);

/// The extra field of this id, without its head; nothing if it is not there.
[[nodiscard]] std::optional<std::string_view> find_extra(std::string_view extra, std::uint16_t id);

/// 0x5455's UTC seconds if there are any, else the DOS time, taken as UTC as the services write it; nothing before
/// 1980-01-02, which is what writers put in when they know no time.
[[nodiscard]] std::optional<Timestamp> modified_of(const ZipHeader& header);

} // namespace passerelle::sources
