// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/slices.hpp"

#include "core/reason_codes.hpp"
#include "core/units.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <mutex>
#include <utility>
#include <vector>

namespace passerelle::dav {

/// Holds at most one reader between two slices, and where it stands.
class Slices::Parking {
  public:
    explicit Parking(std::shared_ptr<const Content> whole) : whole_(std::move(whole)) {}

    void park(std::unique_ptr<ByteReader> reader, std::uint64_t position) {
        const std::lock_guard lock(mutex_);
        reader_ = std::move(reader);
        position_ = position;
    }

    Result<std::unique_ptr<ByteReader>> reader_at(std::uint64_t offset) {
        {
            const std::lock_guard lock(mutex_);
            if (reader_ && position_ == offset) return std::move(reader_);
        }
        auto reader = whole_->open();
        if (!reader) return failure(reader);
        if (auto skipped = skip(**reader, offset); !skipped) return failure(skipped);
        return reader;
    }

  private:
    static Result<void> skip(ByteReader& reader, std::uint64_t bytes) {
        std::vector<std::byte> scratch(static_cast<std::size_t>(std::min(bytes, 256 * kKiB)));
        while (bytes > 0) {
            const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, scratch.size()));
            auto count = reader.read(std::span(scratch).first(wanted));
            if (!count) return failure(count);
            if (*count == 0) return Error(ErrorKind::item, codes::file_changed, fmt::format("{} bytes missing", bytes));
            bytes -= *count;
        }
        return {};
    }

    std::shared_ptr<const Content> whole_;
    std::mutex mutex_;
    std::unique_ptr<ByteReader> reader_;
    std::uint64_t position_ = 0;
};

namespace {

class SliceReader final : public ByteReader {
  public:
    SliceReader(std::shared_ptr<Slices::Parking> parking, std::unique_ptr<ByteReader> reader, std::uint64_t offset,
                std::uint64_t length)
        : parking_(std::move(parking)), reader_(std::move(reader)), at_(offset), rest_(length) {}

    Result<std::size_t> read(std::span<std::byte> buffer) override {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), rest_));
        if (wanted == 0) return std::size_t{0};
        auto count = reader_->read(buffer.first(wanted));
        if (!count) return count;
        if (*count == 0) return Error(ErrorKind::item, codes::file_changed, fmt::format("{} bytes missing", rest_));
        at_ += *count;
        rest_ -= *count;
        if (rest_ == 0) parking_->park(std::move(reader_), at_);
        return count;
    }

  private:
    std::shared_ptr<Slices::Parking> parking_;
    std::unique_ptr<ByteReader> reader_;
    std::uint64_t at_;
    std::uint64_t rest_;
};

class Slice final : public Content {
  public:
    Slice(std::shared_ptr<Slices::Parking> parking, std::uint64_t offset, std::uint64_t length)
        : parking_(std::move(parking)), offset_(offset), length_(length) {}

    std::uint64_t size() const override { return length_; }

    Result<std::unique_ptr<ByteReader>> open() const override {
        auto reader = parking_->reader_at(offset_);
        if (!reader) return reader;
        return std::make_unique<SliceReader>(parking_, std::move(*reader), offset_, length_);
    }

  private:
    std::shared_ptr<Slices::Parking> parking_;
    std::uint64_t offset_;
    std::uint64_t length_;
};

} // namespace

Slices::Slices(std::shared_ptr<const Content> whole) : parking_(std::make_shared<Parking>(std::move(whole))) {}

std::shared_ptr<const Content> Slices::slice(std::uint64_t offset, std::uint64_t length) const {
    return std::make_shared<Slice>(parking_, offset, length);
}

} // namespace passerelle::dav
