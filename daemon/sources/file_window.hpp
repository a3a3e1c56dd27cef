// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace passerelle::sources {

/// Looks at a file through a buffer that moves forward with the reader. Confined to a thread.
class FileWindow {
  public:
    FileWindow(int fd, std::uint64_t file_size) : fd_(fd), file_size_(file_size) {}

    /// The `length` bytes at `offset`, valid until the next call; empty where the file does not hold them all or cannot
    /// be read.
    [[nodiscard]] std::string_view at(std::uint64_t offset, std::size_t length);

  private:
    int fd_;
    std::uint64_t file_size_;
    std::string buffer_;
    std::uint64_t start_ = 0;
};

} // namespace passerelle::sources
