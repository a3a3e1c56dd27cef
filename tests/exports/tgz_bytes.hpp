// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/units.hpp"
#include "tests/exports/bytes.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace passerelle::exports {

/// What an entry is; the values are those of the header's type field (POSIX.1-2001, "ustar").
enum class TarType : char { file = '0', hardlink = '1', symlink = '2', device = '3', directory = '5', fifo = '6' };

enum class TarFormat {
    pax, ///< names that are long or beyond ASCII stand in an extended header, as UTF-8
    gnu, ///< names are the bytes they are; long ones in an entry of type 'L'
};

/// One entry of a tar archive. A value.
struct TarEntry {
    std::string name;  ///< raw bytes
    Bytes content{""}; ///< at most 8 GiB
    TarType type = TarType::file;
    std::string target{}; ///< of a symlink or a hardlink, at most 100 bytes
    Timestamp modified{};
};

/// Writes a gzipped tar archive, entry by entry, the same bytes each time. It is not libarchive that writes: that one
/// takes names through the locale and refuses those that are no text. Confined to a thread; throws std::runtime_error
/// where the file cannot be written.
class TgzWriter {
  public:
    explicit TgzWriter(const std::filesystem::path& file, TarFormat format = TarFormat::pax);
    ~TgzWriter();
    TgzWriter(const TgzWriter&) = delete;
    TgzWriter& operator=(const TgzWriter&) = delete;

    void add(const TarEntry& entry);
    /// Nothing can be added afterwards.
    void finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace passerelle::exports
