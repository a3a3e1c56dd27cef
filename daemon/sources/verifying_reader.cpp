// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/verifying_reader.hpp"

#include "core/hash.hpp"
#include "core/reason_codes.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::sources {
namespace {

Error differs(std::string detail) {
    return {ErrorKind::item, codes::source_bytes_differ, std::move(detail)};
}

} // namespace

Result<std::size_t> VerifyingReader::read(std::span<std::byte> buffer) {
    if (ended_ || buffer.empty()) return std::size_t{0};
    std::size_t count = 0;
    if (rest_ > 0) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), rest_));
        auto got = bytes_->read(buffer.first(wanted));
        if (!got) return got;
        count = *got;
        if (count == 0) return differs(fmt::format("{} bytes missing at the end", rest_));
        if (expected_crc_) crc_ = crc32_update(crc_, buffer.first(count));
        rest_ -= count;
    }
    if (rest_ == 0) {
        if (auto good = check_end(); !good) return failure(good);
    }
    return count;
}

Result<void> VerifyingReader::check_end() {
    std::byte one_more{};
    auto count = bytes_->read(std::span(&one_more, 1));
    if (!count) return failure(count);
    if (*count != 0) return differs("more bytes than announced");
    if (expected_crc_ && crc_ != *expected_crc_)
        return differs(fmt::format("CRC {:08x} instead of {:08x}", crc_, *expected_crc_));
    ended_ = true;
    return {};
}

} // namespace passerelle::sources
