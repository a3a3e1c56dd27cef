// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/zip_bytes.hpp"

#include "core/hash.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <sstream>
#include <stdexcept>
#include <zlib.h>

namespace passerelle::exports {
namespace {

constexpr std::uint32_t kFull32 = 0xffffffff;
constexpr std::uint16_t kFull16 = 0xffff;

/// Appends numbers as zip stores them, lowest byte first.
class Record {
  public:
    Record& u16(std::uint64_t number) { return put(number, 2); }
    Record& u32(std::uint64_t number) { return put(number, 4); }
    Record& u64(std::uint64_t number) { return put(number, 8); }
    Record& raw(std::string_view text) {
        bytes_ += text;
        return *this;
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

  private:
    Record& put(std::uint64_t number, int width) {
        for (int byte = 0; byte < width; ++byte)
            bytes_ += static_cast<char>(number >> (8 * byte));
        return *this;
    }
    std::string bytes_;
};

/// Time and date as MS-DOS has them: two seconds' steps, from 1980.
struct DosTime {
    std::uint16_t time = 0;
    std::uint16_t date = (1U << 5) | 1U;
};

DosTime dos_time(Timestamp moment) {
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date(day);
    const int year = static_cast<int>(date.year());
    if (year < 1980 || year > 2107) return {};
    const std::chrono::hh_mm_ss clock(moment - day);
    return {static_cast<std::uint16_t>((clock.hours().count() << 11) | (clock.minutes().count() << 5) |
                                       (clock.seconds().count() / 2)),
            static_cast<std::uint16_t>(((year - 1980) << 9) | (static_cast<unsigned>(date.month()) << 5) |
                                       static_cast<unsigned>(date.day()))};
}

/// What the headers say of an entry's bytes.
struct Measures {
    std::uint64_t size = 0;
    std::uint64_t compressed = 0;
    std::uint32_t crc = 0;
};

/// The fields that local header and central directory have in common, from the version to the length of the name.
Record common_fields(const ZipEntry& entry, const Measures& said, bool zip64, std::size_t name, std::size_t extra) {
    const DosTime when = dos_time(entry.modified);
    Record fields;
    fields.u16(zip64 ? 45 : 20).u16(entry.flags).u16(entry.method).u16(when.time).u16(when.date);
    fields.u32(said.crc).u32(zip64 ? kFull32 : said.compressed).u32(zip64 ? kFull32 : said.size);
    fields.u16(name).u16(extra);
    return fields;
}

std::string local_header(const ZipEntry& entry, const Measures& said, bool zip64) {
    const std::string& name = entry.local_name.value_or(entry.name);
    Record extra;
    if (zip64) extra.u16(1).u16(16).u64(said.size).u64(said.compressed);
    Record header;
    header.u32(0x04034b50).raw(common_fields(entry, said, zip64, name.size(), extra.bytes().size()).bytes());
    return header.raw(name).raw(extra.bytes()).bytes();
}

std::string central_header(const ZipEntry& entry, const Measures& said, bool zip64, std::uint64_t offset) {
    Record extra;
    if (zip64) extra.u16(1).u16(24).u64(said.size).u64(said.compressed).u64(offset);
    extra.raw(entry.central_extra);
    Record header;
    header.u32(0x02014b50).u16((entry.made_on << 8) | 45);
    header.raw(common_fields(entry, said, zip64, entry.name.size(), extra.bytes().size()).bytes());
    header.u16(0).u16(0).u16(0);
    header.u32((static_cast<std::uint64_t>(entry.mode) << 16) | (entry.name.ends_with('/') ? 0x10 : 0));
    header.u32(zip64 ? kFull32 : offset);
    return header.raw(entry.name).raw(extra.bytes()).bytes();
}

} // namespace

struct ZipWriter::State {
    explicit State(std::ostream& stream) : out(stream) {
        // Raw deflate: zip has its own CRC and sizes around the data.
        if (deflateInit2(&deflater, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
            throw std::runtime_error("zlib does not start");
    }
    ~State() { deflateEnd(&deflater); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void write(std::string_view bytes) {
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        if (!out) throw std::runtime_error("the archive cannot be written");
        position += bytes.size();
    }

    /// Answers how many bytes came out.
    std::uint64_t deflate_piece(std::string_view piece, int flush) {
        std::uint64_t written = 0;
        deflater.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
        deflater.avail_in = static_cast<uInt>(piece.size());
        do {
            deflater.next_out = reinterpret_cast<Bytef*>(buffer.data());
            deflater.avail_out = static_cast<uInt>(buffer.size());
            deflate(&deflater, flush);
            const std::size_t length = buffer.size() - deflater.avail_out;
            write({buffer.data(), length});
            written += length;
        } while (deflater.avail_out == 0);
        return written;
    }

    Measures write_content(const ZipEntry& entry) {
        Measures measures;
        const bool deflated = entry.method == kZipDeflated;
        if (deflated) deflateReset(&deflater);
        entry.content.pour([&](std::string_view piece) {
            measures.crc = crc32_update(measures.crc, std::as_bytes(std::span(piece)));
            measures.size += piece.size();
            if (deflated) {
                measures.compressed += deflate_piece(piece, Z_NO_FLUSH);
            } else {
                write(piece);
                measures.compressed += piece.size();
            }
        });
        if (deflated) measures.compressed += deflate_piece({}, Z_FINISH);
        return measures;
    }

    void list_last() {
        directory += central_header(last.entry, last.said, last.zip64, last.offset);
        ++count;
    }

    struct Listed {
        ZipEntry entry;
        Measures said;
        bool zip64 = false;
        std::uint64_t offset = 0;
    };

    std::ostream& out;
    Listed last;
    std::uint64_t position = 0;
    z_stream deflater{};
    std::array<char, 64UL * 1024> buffer{};
    std::string directory;
    std::uint64_t count = 0;
};

ZipWriter::ZipWriter(std::ostream& out) : state_(std::make_unique<State>(out)) {}
ZipWriter::~ZipWriter() = default;

void ZipWriter::add(const ZipEntry& entry) {
    State& state = *state_;
    const std::uint64_t offset = state.position;
    const bool descriptor = (entry.flags & kZipDataDescriptor) != 0;
    // Room for zip64 must be taken before the sizes are known; deflate may make random bytes a little larger.
    const bool zip64 =
        entry.zip64 || entry.content.size() >= kFull32 - kMiB || entry.stated_size.value_or(0) >= kFull32;
    state.write(local_header(entry, {}, zip64));
    const std::uint64_t header_end = state.position;
    Measures said = state.write_content(entry);
    said.size = entry.stated_size.value_or(said.size);
    said.compressed = entry.stated_compressed.value_or(said.compressed);
    said.crc = entry.stated_crc.value_or(said.crc);

    if (descriptor) {
        Record after;
        after.u32(0x08074b50).u32(said.crc);
        if (zip64) after.u64(said.compressed).u64(said.size);
        if (!zip64) after.u32(said.compressed).u32(said.size);
        state.write(after.bytes());
    } else {
        const std::uint64_t end = state.position;
        state.out.seekp(-static_cast<std::streamoff>(end - offset), std::ios::cur);
        state.write(local_header(entry, said, zip64));
        state.out.seekp(static_cast<std::streamoff>(end - header_end), std::ios::cur);
        state.position = end;
    }
    state.last = {entry, said, zip64 || offset >= kFull32, offset};
    state.list_last();
}

void ZipWriter::add_alias(const std::string& name) {
    state_->last.entry.name = name;
    state_->list_last();
}

void ZipWriter::finish(bool force_zip64) {
    State& state = *state_;
    const std::uint64_t start = state.position;
    state.write(state.directory);
    const std::uint64_t size = state.position - start;
    if (force_zip64 || state.count >= kFull16 || start >= kFull32 || size >= kFull32) {
        const std::uint64_t record = state.position;
        Record end;
        end.u32(0x06064b50).u64(44).u16((3U << 8) | 45).u16(45).u32(0).u32(0);
        end.u64(state.count).u64(state.count).u64(size).u64(start);
        end.u32(0x07064b50).u32(0).u64(record).u32(1);
        state.write(end.bytes());
    }
    const auto count = std::min<std::uint64_t>(state.count, kFull16);
    Record end;
    end.u32(0x06054b50).u16(0).u16(0).u16(count).u16(count);
    end.u32(std::min<std::uint64_t>(size, kFull32)).u32(std::min<std::uint64_t>(start, kFull32)).u16(0);
    state.write(end.bytes());
    state.out.flush();
}

std::string zip_bytes(const std::vector<ZipEntry>& entries) {
    std::ostringstream out;
    ZipWriter writer(out);
    for (const ZipEntry& entry : entries)
        writer.add(entry);
    writer.finish();
    return out.str();
}

} // namespace passerelle::exports
