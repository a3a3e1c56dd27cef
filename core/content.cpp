// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/content.hpp"

#include "core/reason_codes.hpp"
#include "core/unique_fd.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <string_view>

namespace passerelle {
namespace {

class MemoryReader final : public ByteReader {
  public:
    explicit MemoryReader(std::string_view bytes) : rest_(bytes) {}

    Result<std::size_t> read(std::span<std::byte> buffer) override {
        const std::size_t count = std::min(buffer.size(), rest_.size());
        std::memcpy(buffer.data(), rest_.data(), count);
        rest_.remove_prefix(count);
        return count;
    }

  private:
    std::string_view rest_;
};

class FileReader final : public ByteReader {
  public:
    FileReader(UniqueFd fd, std::uint64_t offset, std::uint64_t length)
        : fd_(std::move(fd)), at_(offset), rest_(length) {}

    Result<std::size_t> read(std::span<std::byte> buffer) override {
        const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), rest_));
        if (wanted == 0) return std::size_t{0};
        ssize_t count = 0;
        do {
            count = ::pread(fd_.get(), buffer.data(), wanted, static_cast<off_t>(at_));
        } while (count < 0 && errno == EINTR);
        if (count < 0) return Error(ErrorKind::item, codes::file_unreadable, std::strerror(errno));
        if (count == 0)
            return Error(ErrorKind::item, codes::file_changed, fmt::format("{} bytes missing at the end", rest_));
        at_ += static_cast<std::uint64_t>(count);
        rest_ -= static_cast<std::uint64_t>(count);
        return static_cast<std::size_t>(count);
    }

  private:
    UniqueFd fd_;
    std::uint64_t at_;
    std::uint64_t rest_;
};

} // namespace

Result<std::unique_ptr<ByteReader>> MemoryContent::open() const {
    return std::make_unique<MemoryReader>(bytes_);
}

Result<std::unique_ptr<ByteReader>> FileContent::open() const {
    UniqueFd fd(::open(file_.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) return Error(ErrorKind::item, codes::file_unreadable, std::strerror(errno));
    return std::make_unique<FileReader>(std::move(fd), offset_, length_);
}

Result<std::string> read_all(const Content& content, std::uint64_t limit_bytes) {
    const auto too_large = [&] {
        return Error(ErrorKind::item, codes::file_too_large, fmt::format("more than {} bytes", limit_bytes));
    };
    if (content.size() > limit_bytes) return too_large();
    auto reader = content.open();
    if (!reader) return failure(reader);
    std::string bytes;
    bytes.resize(content.size() + 1); // one more, to see a reader that gives more than it announced
    std::size_t filled = 0;
    while (true) {
        if (filled == bytes.size()) bytes.resize(2 * bytes.size());
        auto count = (*reader)->read(std::as_writable_bytes(std::span(bytes)).subspan(filled));
        if (!count) return failure(count);
        if (*count == 0) break;
        filled += *count;
        if (filled > limit_bytes) return too_large();
    }
    bytes.resize(filled);
    return bytes;
}

} // namespace passerelle
