// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/file_window.hpp"

#include "core/units.hpp"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace passerelle::sources {
namespace {

constexpr std::size_t kWindow = 256 * kKiB;

} // namespace

std::string_view FileWindow::at(std::uint64_t offset, std::size_t length) {
    if (length > file_size_ || offset > file_size_ - length) return {};
    if (offset < start_ || offset + length > start_ + buffer_.size()) {
        const auto wanted = std::min<std::uint64_t>(std::max(length, kWindow), file_size_ - offset);
        buffer_.resize(static_cast<std::size_t>(wanted));
        start_ = offset;
        std::size_t filled = 0;
        while (filled < buffer_.size()) {
            const auto count =
                ::pread(fd_, buffer_.data() + filled, buffer_.size() - filled, static_cast<off_t>(offset + filled));
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) break;
            filled += static_cast<std::size_t>(count);
        }
        buffer_.resize(filled);
        if (filled < length) return {};
    }
    return std::string_view(buffer_).substr(static_cast<std::size_t>(offset - start_), length);
}

} // namespace passerelle::sources
