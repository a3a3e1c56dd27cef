// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace passerelle {

/// A stream of bytes, read once from front to back. Confined to a thread.
class ByteReader {
  public:
    virtual ~ByteReader() = default;
    /// Fills the front of `buffer` and answers how many bytes that are; 0 only at the end (or for an empty buffer).
    [[nodiscard]] virtual Result<std::size_t> read(std::span<std::byte> buffer) = 0;
};

/// Bytes that can be read again from the start: what a request's body, an item of an export or a converted file is.
/// A value object shared read-only: open() may be called from several threads.
class Content {
  public:
    virtual ~Content() = default;
    /// In bytes. A reader that yields another count is an error of the reader, reported by it.
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    [[nodiscard]] virtual Result<std::unique_ptr<ByteReader>> open() const = 0;
};

/// Bytes in memory.
class MemoryContent final : public Content {
  public:
    explicit MemoryContent(std::string bytes) : bytes_(std::move(bytes)) {}
    [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
    [[nodiscard]] Result<std::unique_ptr<ByteReader>> open() const override;
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

  private:
    std::string bytes_;
};

/// `length` bytes of a local file from `offset`. Errors: `file.unreadable`; `file.changed` when the file ends early.
class FileContent final : public Content {
  public:
    FileContent(std::filesystem::path file, std::uint64_t length, std::uint64_t offset = 0)
        : file_(std::move(file)), length_(length), offset_(offset) {}
    [[nodiscard]] std::uint64_t size() const override { return length_; }
    [[nodiscard]] Result<std::unique_ptr<ByteReader>> open() const override;

  private:
    std::filesystem::path file_;
    std::uint64_t length_;
    std::uint64_t offset_;
};

/// Reads everything into memory. Error: `file.too_large` above `limit_bytes`, and whatever the reader reports.
[[nodiscard]] Result<std::string> read_all(const Content& content, std::uint64_t limit_bytes);

} // namespace passerelle
