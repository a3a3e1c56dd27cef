// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/stream_window.hpp"

#include <algorithm>

namespace passerelle::convert {

std::string_view StreamWindow::at(std::uint64_t offset, std::size_t length) {
    constexpr std::size_t kWindow = std::size_t{64} << 10;
    if (offset < begin_ || offset + length > begin_ + bytes_.size()) {
        bytes_ = file_.read(stream_, offset, std::max(length, kWindow));
        begin_ = offset;
    }
    return std::string_view(bytes_).substr(static_cast<std::size_t>(offset - begin_), length);
}

} // namespace passerelle::convert
