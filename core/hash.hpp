// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/content.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

namespace passerelle {

enum class HashAlgorithm { sha256, md5 };

/// A running digest. Confined to a thread.
class Hasher {
  public:
    explicit Hasher(HashAlgorithm algorithm);
    ~Hasher();
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;

    void update(std::span<const std::byte> bytes);
    void update(std::string_view bytes) { update(std::as_bytes(std::span(bytes.data(), bytes.size()))); }
    /// The digest as lower-case hexadecimal; the hasher takes no more bytes afterwards.
    [[nodiscard]] std::string finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// The SHA-256 of content that is read to its end; each block goes to `sink` on the way. This is where a damaged
/// archive entry shows. Errors: the reader's, the sink's, `job.stopped`.
[[nodiscard]] Result<std::string> sha256_of(const Content& content, const std::stop_token& stop,
                                            const std::function<Result<void>(std::span<const std::byte>)>& sink = {});

/// CRC-32 as in zip (ISO 3309); start with 0 and pass the last result on.
[[nodiscard]] std::uint32_t crc32_update(std::uint32_t crc, std::span<const std::byte> bytes);

} // namespace passerelle
