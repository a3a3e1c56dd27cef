// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/units.hpp"
#include "tests/exports/bytes.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace passerelle::exports {

/// Bits of the general purpose flag (APPNOTE.TXT 4.4.4).
inline constexpr std::uint16_t kZipEncrypted = 1U << 0;
inline constexpr std::uint16_t kZipDataDescriptor = 1U << 3;
inline constexpr std::uint16_t kZipUtf8 = 1U << 11;

inline constexpr std::uint16_t kZipStored = 0;
inline constexpr std::uint16_t kZipDeflated = 8;

/// One entry as it is to stand in the archive, every lie that one wishes included. A value.
struct ZipEntry {
    std::string name; ///< raw bytes; a directory ends in '/'
    Bytes content{""};
    std::uint16_t method = kZipDeflated; ///< any but kZipDeflated writes the content as it is
    std::uint16_t flags =
        kZipUtf8;             ///< with kZipDataDescriptor the local header's sizes and CRC are 0 and follow the content
    bool zip64 = false;       ///< sizes in the extra field although they are small; large ones go there anyway
    Timestamp modified{};     ///< written without a zone, as UTC
    std::uint8_t made_on = 3; ///< host system: 0 is FAT, 3 is Unix
    std::uint32_t mode = 0;   ///< Unix mode with the file's type, upper half of the external attributes
    std::string central_extra{}; ///< further extra fields of the central directory, as bytes

    std::optional<std::string> local_name{};          ///< the local header says another name
    std::optional<std::uint64_t> stated_size{};       ///< instead of the true ones, in all headers:
    std::optional<std::uint64_t> stated_compressed{}; ///<
    std::optional<std::uint32_t> stated_crc{};        ///<
};

/// Writes a zip archive, entry by entry, to a stream that can seek. Large contents are never held in memory.
/// Confined to a thread; throws std::runtime_error where the stream fails.
class ZipWriter {
  public:
    explicit ZipWriter(std::ostream& out);
    ~ZipWriter();
    ZipWriter(const ZipWriter&) = delete;
    ZipWriter& operator=(const ZipWriter&) = delete;

    void add(const ZipEntry& entry);
    /// The central directory leads a further name to the bytes of the entry before, as overlapping bombs do.
    void add_alias(const std::string& name);
    /// Writes the central directory and the end records; nothing can be added afterwards. `force_zip64` writes the
    /// zip64 end record also where the archive is small.
    void finish(bool force_zip64 = false);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// A whole archive in memory.
[[nodiscard]] std::string zip_bytes(const std::vector<ZipEntry>& entries);

} // namespace passerelle::exports
