// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/content.hpp"

#include <cstdint>
#include <memory>
#include <optional>

namespace passerelle::sources {

/// Passes bytes on and holds them against what the archive's directory announced. The chunk that completes the
/// announced size is only given out after the check, so that a reader who stops there has seen the error too
/// (`source.bytes_differ`, kind item); more bytes than announced are never given out. Confined to a thread.
class VerifyingReader final : public ByteReader {
  public:
    VerifyingReader(std::unique_ptr<ByteReader> bytes, std::uint64_t size, std::optional<std::uint32_t> crc32)
        : bytes_(std::move(bytes)), rest_(size), expected_crc_(crc32) {}

    [[nodiscard]] Result<std::size_t> read(std::span<std::byte> buffer) override;

  private:
    [[nodiscard]] Result<void> check_end();

    std::unique_ptr<ByteReader> bytes_;
    std::uint64_t rest_;
    std::optional<std::uint32_t> expected_crc_;
    std::uint32_t crc_ = 0;
    bool ended_ = false;
};

} // namespace passerelle::sources
