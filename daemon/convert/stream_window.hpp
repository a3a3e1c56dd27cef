// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/compound_file.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace passerelle::convert {

/// A stream of a compound file, of which only a piece is held at a time. Confined to a thread.
class StreamWindow {
  public:
    /// Both must outlive it.
    StreamWindow(CompoundFile& file, const CompoundFile::Entry& stream) : file_(file), stream_(stream) {}

    [[nodiscard]] std::uint64_t size() const { return stream_.size; }
    /// At most `length` bytes from `offset`, fewer where the stream ends; valid until the next call. Whoever takes
    /// `length` from the file bounds it first.
    [[nodiscard]] std::string_view at(std::uint64_t offset, std::size_t length);

  private:
    CompoundFile& file_;
    const CompoundFile::Entry& stream_;
    std::uint64_t begin_ = 0;
    std::string bytes_;
};

} // namespace passerelle::convert
