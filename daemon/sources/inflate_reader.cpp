// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/inflate_reader.hpp"

#include "core/reason_codes.hpp"
#include "core/units.hpp"

#include <array>
#include <new>
#include <zlib.h>

namespace passerelle::sources {
namespace {

class InflateReader final : public ByteReader {
  public:
    explicit InflateReader(std::unique_ptr<ByteReader> packed) : packed_(std::move(packed)) {
        if (inflateInit2(&stream_, -MAX_WBITS) != Z_OK) throw std::bad_alloc();
    }
    ~InflateReader() override { inflateEnd(&stream_); }
    InflateReader(const InflateReader&) = delete;
    InflateReader& operator=(const InflateReader&) = delete;

    Result<std::size_t> read(std::span<std::byte> buffer) override {
        stream_.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(buffer.size(), kGiB));
        const auto room = stream_.avail_out;
        while (!ended_ && stream_.avail_out == room && room > 0) {
            if (stream_.avail_in == 0) {
                auto count = packed_->read(std::as_writable_bytes(std::span(input_)));
                if (!count) return failure(count);
                stream_.next_in = input_.data();
                stream_.avail_in = static_cast<uInt>(*count);
            }
            const int state = ::inflate(&stream_, Z_NO_FLUSH);
            if (state == Z_STREAM_END)
                ended_ = true;
            else if (state != Z_OK) // Z_BUF_ERROR here: the packed bytes end before the stream does
                return Error(ErrorKind::item, codes::source_damaged, "deflate stream",
                             {{"detail", stream_.msg != nullptr ? stream_.msg : "deflate stream cut off"}});
        }
        return static_cast<std::size_t>(room - stream_.avail_out);
    }

  private:
    std::unique_ptr<ByteReader> packed_;
    z_stream stream_{};
    std::array<Bytef, 32 * kKiB> input_{};
    bool ended_ = false;
};

} // namespace

std::unique_ptr<ByteReader> inflate(std::unique_ptr<ByteReader> packed) {
    return std::make_unique<InflateReader>(std::move(packed));
}

} // namespace passerelle::sources
