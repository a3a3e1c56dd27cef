// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/zip_directory.hpp"

#include "core/reason_codes.hpp"
#include "daemon/sources/file_window.hpp"
#include "daemon/sources/little_endian.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>

namespace passerelle::sources {
namespace {

constexpr std::size_t kEndSize = 22;
constexpr std::size_t kMaxComment = 0xFFFF;
constexpr std::size_t kEnd64LocatorSize = 20;
constexpr std::size_t kEnd64Size = 56;
constexpr std::size_t kRecordSize = 46;
constexpr std::size_t kLocalSize = 30;
constexpr std::string_view kEndMark = "PK\x05\x06";
constexpr std::string_view kEnd64LocatorMark = "PK\x06\x07";
constexpr std::string_view kEnd64Mark = "PK\x06\x06";
constexpr std::string_view kRecordMark = "PK\x01\x02";
constexpr std::string_view kLocalMark = "PK\x03\x04";
constexpr std::uint64_t kMaxEntries = 2'000'000; ///< some hundred bytes of memory each
constexpr std::uint16_t kZip64Extra = 0x0001;
constexpr std::uint16_t kTimestampExtra = 0x5455;

struct Directory {
    std::uint64_t entries = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;
    std::uint64_t shift = 0; ///< bytes in front of the zip that its offsets do not count
};

Error damaged(std::string detail) {
    return {ErrorKind::item, codes::export_part_damaged, detail, {{"detail", detail}}};
}

/// The end record is the last one whose comment reaches exactly to the file's end; failing that, simply the last one.
std::optional<std::uint64_t> find_end(FileWindow& window, std::uint64_t file_size) {
    const auto tail_size = static_cast<std::size_t>(std::min<std::uint64_t>(file_size, kEndSize + kMaxComment));
    const auto tail_start = file_size - tail_size;
    const auto tail = window.at(tail_start, tail_size);
    std::optional<std::uint64_t> last;
    for (auto at = tail.rfind(kEndMark); at != std::string_view::npos;
         at = at == 0 ? tail.npos : tail.rfind(kEndMark, at - 1)) {
        if (at + kEndSize > tail.size()) continue;
        if (at + kEndSize + u16(tail, at + 20) == tail.size()) return tail_start + at;
        if (!last) last = tail_start + at;
    }
    return last;
}

/// Replaces what the end record cannot express by the zip64 end record, if there is one; answers where the records end.
std::uint64_t read_end64(FileWindow& window, std::uint64_t end, Directory& directory) {
    if (end < kEnd64LocatorSize) return end;
    const auto locator = window.at(end - kEnd64LocatorSize, kEnd64LocatorSize);
    if (!locator.starts_with(kEnd64LocatorMark)) return end;
    auto at = u64(locator, 8);
    auto record = window.at(at, kEnd64Size);
    if (!record.starts_with(kEnd64Mark) && end >= kEnd64LocatorSize + kEnd64Size) {
        at = end - kEnd64LocatorSize - kEnd64Size; // bytes in front of the zip move everything
        record = window.at(at, kEnd64Size);
    }
    if (!record.starts_with(kEnd64Mark)) return end;
    directory.entries = u64(record, 32);
    directory.size = u64(record, 40);
    directory.offset = u64(record, 48);
    return at;
}

Result<Directory> find_directory(FileWindow& window, std::uint64_t file_size) {
    const auto end = find_end(window, file_size);
    if (!end) return damaged("no central directory: the download was cut off");
    const auto record = window.at(*end, kEndSize);
    if (record.empty()) return damaged("unreadable");
    if (u16(record, 4) != 0 && u16(record, 4) != 0xFFFF) return damaged("one volume of a split archive");
    Directory directory{u16(record, 10), u32(record, 12), u32(record, 16), 0};
    const auto records_end = read_end64(window, *end, directory);
    if (directory.size > records_end) return damaged("the central directory lies outside the file");
    const auto stated = directory.offset;
    const auto measured = records_end - directory.size;
    if (directory.entries > 0 && !window.at(stated, kRecordSize).starts_with(kRecordMark) &&
        window.at(measured, kRecordSize).starts_with(kRecordMark)) {
        directory.offset = measured;
        if (measured > stated) directory.shift = measured - stated;
    }
    return directory;
}

/// Sizes and offset that do not fit 32 bits stand in the extra field, in this order, each only if it is missing.
bool apply_zip64(ZipHeader& header) {
    constexpr std::uint64_t missing = 0xFFFFFFFF;
    if (header.size != missing && header.packed_size != missing && header.offset != missing) return true;
    const auto extra = find_extra(header.extra, kZip64Extra);
    if (!extra) return true; // exactly 4 GiB - 1 is possible
    std::size_t at = 0;
    for (auto* field : {&header.size, &header.packed_size, &header.offset}) {
        if (*field != missing) continue;
        if (at + 8 > extra->size()) return false;
        *field = u64(*extra, at);
        at += 8;
    }
    return true;
}

ZipHeader parse_record(std::string_view head) {
    ZipHeader header;
    header.made_on = static_cast<std::uint8_t>(head[5]);
    header.flags = u16(head, 8);
    header.method = u16(head, 10);
    header.dos_time = u16(head, 12);
    header.dos_date = u16(head, 14);
    header.crc32 = u32(head, 16);
    header.packed_size = u32(head, 20);
    header.size = u32(head, 24);
    header.external_attributes = u32(head, 38);
    header.offset = u32(head, 42);
    return header;
}

std::optional<Timestamp> dos_moment(std::uint16_t date, std::uint16_t time) {
    const std::chrono::year_month_day day{std::chrono::year(1980 + (date >> 9U)),
                                          std::chrono::month((date >> 5U) & 0xFU), std::chrono::day(date & 0x1FU)};
    if (!day.ok()) return std::nullopt;
    return std::chrono::sys_days(day) + std::chrono::hours(time >> 11U) + std::chrono::minutes((time >> 5U) & 0x3FU) +
           std::chrono::seconds(2 * (time & 0x1FU));
}

} // namespace

Result<void> read_zip_directory(int fd, std::uint64_t file_size, const std::function<void(const ZipHeader&)>& record,
                                const std::stop_token& stop) {
    FileWindow window(fd, file_size);
    auto directory = find_directory(window, file_size);
    if (!directory) return failure(directory);
    std::uint64_t at = directory->offset;
    std::uint64_t count = 0;
    for (; window.at(at, kRecordSize).starts_with(kRecordMark); ++count) {
        if (stop.stop_requested()) return Error(ErrorKind::job, codes::job_stopped, "stopped");
        if (count == kMaxEntries) return damaged(fmt::format("more than {} entries", kMaxEntries));
        const auto head = window.at(at, kRecordSize);
        const std::size_t name_size = u16(head, 28);
        const std::size_t extra_size = u16(head, 30);
        const std::size_t comment_size = u16(head, 32);
        const auto whole = window.at(at, kRecordSize + name_size + extra_size + comment_size);
        if (whole.empty()) return damaged("the central directory is cut off");
        auto header = parse_record(whole);
        header.name = whole.substr(kRecordSize, name_size);
        header.extra = whole.substr(kRecordSize + name_size, extra_size);
        if (!apply_zip64(header)) return damaged("a zip64 field is cut off");
        header.offset += directory->shift;
        record(header);
        at += whole.size();
    }
    // The plain end record counts modulo 65,536: some writers go on without zip64.
    if (count != directory->entries && (count & 0xFFFFU) != directory->entries)
        return damaged(fmt::format("{} of {} entries found", count, directory->entries));
    return {};
}

Result<std::uint64_t> find_zip_data(int fd, std::uint64_t local_header) {
    FileWindow window(fd, local_header + kLocalSize);
    const auto head = window.at(local_header, kLocalSize);
    if (!head.starts_with(kLocalMark))
        return Error(ErrorKind::item, codes::source_damaged, "no local header", {{"detail", "no local header"}});
    return local_header + kLocalSize + u16(head, 26) + u16(head, 28);
}

std::optional<std::string_view> find_extra(std::string_view extra, std::uint16_t id) {
    while (extra.size() >= 4) {
        const std::size_t size = u16(extra, 2);
        if (4 + size > extra.size()) return std::nullopt;
        if (u16(extra, 0) == id) return extra.substr(4, size);
        extra.remove_prefix(4 + size);
    }
    return std::nullopt;
}

std::optional<Timestamp> modified_of(const ZipHeader& header) {
    constexpr Timestamp unknown = std::chrono::sys_days(std::chrono::year(1980) / 1 / 2);
    if (const auto extra = find_extra(header.extra, kTimestampExtra);
        extra && extra->size() >= 5 && ((*extra)[0] & 1) != 0) {
        const auto moment = from_epoch(static_cast<std::int32_t>(u32(*extra, 1)));
        if (moment >= unknown) return moment;
    }
    const auto moment = dos_moment(header.dos_date, header.dos_time);
    return moment && *moment >= unknown ? moment : std::nullopt;
}

} // namespace passerelle::sources
