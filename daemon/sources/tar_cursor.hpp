// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/content.hpp"
#include "daemon/sources/archive.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

namespace passerelle::sources {

/// Walks a tar, gzip-compressed or not, from front to back. Confined to a thread at a time.
class TarCursor final {
  public:
    /// Error: `export.unreadable` (job).
    [[nodiscard]] static Result<std::unique_ptr<TarCursor>> open(const std::filesystem::path& file);
    ~TarCursor();
    TarCursor(const TarCursor&) = delete;
    TarCursor& operator=(const TarCursor&) = delete;

    /// The next entry, numbered from 0; nothing at the end. Error: `export.part_damaged` (item).
    [[nodiscard]] Result<std::optional<Entry>> next();

    /// The number that next() will give out.
    [[nodiscard]] std::int64_t position() const { return position_; }

    /// Bytes of the entry that next() gave last; 0 at its end. Error: `source.damaged` (item).
    [[nodiscard]] Result<std::size_t> read(std::span<std::byte> buffer);

    /// Bytes of the file that were taken in so far.
    [[nodiscard]] std::uint64_t packed_bytes() const;

  private:
    struct Handle;
    explicit TarCursor(std::unique_ptr<Handle> handle);

    std::unique_ptr<Handle> handle_;
    std::int64_t position_ = 0;
};

} // namespace passerelle::sources
