// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/biff_records.hpp"

#include "daemon/convert/legacy_text.hpp"
#include "daemon/convert/little_endian.hpp"

#include <algorithm>

namespace passerelle::convert {
namespace {

constexpr std::size_t kHeaderBytes = 4;

} // namespace

std::optional<BiffRecord> BiffRecords::next() {
    const std::string_view header = stream_.at(at_, kHeaderBytes);
    if (header.size() < kHeaderBytes) return std::nullopt;
    const auto type = static_cast<Biff>(u16_at(header, 0));
    const std::size_t length = u16_at(header, 2);
    const std::string_view body = stream_.at(at_ + kHeaderBytes, length);
    bytes_read_ += kHeaderBytes + length;
    if (body.size() < length || bytes_read_ > stream_.size()) return std::nullopt;
    at_ += kHeaderBytes + length;
    return BiffRecord{type, std::string(body)};
}

std::optional<Biff> BiffRecords::next_type() {
    const std::string_view header = stream_.at(at_, kHeaderBytes);
    if (header.size() < kHeaderBytes) return std::nullopt;
    return static_cast<Biff>(u16_at(header, 0));
}

bool ContinuedBytes::fill() {
    while (!failed_ && at_ >= body_.size()) {
        std::optional<BiffRecord> more;
        if (records_.next_type() == Biff::continuation) more = records_.next();
        failed_ = !more;
        body_ = more ? std::move(more->body) : std::string();
        at_ = 0;
    }
    return !failed_;
}

std::uint32_t ContinuedBytes::number(std::size_t bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
        if (!fill()) return 0;
        value |= static_cast<std::uint32_t>(static_cast<unsigned char>(body_[at_++])) << 8 * i;
    }
    return value;
}

void ContinuedBytes::skip(std::uint64_t bytes) {
    while (bytes > 0 && fill()) {
        const auto here = std::min<std::uint64_t>(bytes, body_.size() - at_);
        at_ += static_cast<std::size_t>(here);
        bytes -= here;
    }
}

std::string ContinuedBytes::characters(std::size_t count, bool wide) {
    std::string utf16; // widened as it comes, for a surrogate pair may stand on both sides of a border
    while (count > 0) {
        if (at_ >= body_.size()) wide = (number(1) & 1) != 0;
        if (failed_) break;
        const std::size_t width = wide ? 2 : 1;
        const std::size_t here = std::min(count, (body_.size() - at_) / width);
        for (std::size_t i = 0; i < here; ++i) {
            utf16.push_back(body_[at_ + i * width]);
            utf16.push_back(wide ? body_[at_ + i * width + 1] : '\0');
        }
        count -= here;
        at_ += here * width;
        if (here == 0) at_ = body_.size(); // half a character
    }
    return utf8_from_utf16(utf16);
}

std::string read_biff_string(ContinuedBytes& bytes, std::size_t count_bytes) {
    const std::size_t count = bytes.number(count_bytes);
    const std::uint32_t flags = bytes.number(1);
    const std::uint32_t runs = (flags & 0x08) != 0 ? bytes.number(2) : 0;
    const std::uint32_t phonetic_bytes = (flags & 0x04) != 0 ? bytes.number(4) : 0;
    std::string text = bytes.characters(count, (flags & 0x01) != 0);
    bytes.skip(std::uint64_t{runs} * 4 + phonetic_bytes);
    return text;
}

} // namespace passerelle::convert
