// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/ppt_records.hpp"

#include "daemon/convert/little_endian.hpp"

#include <algorithm>

namespace passerelle::convert {
namespace {

constexpr std::size_t kHeaderBytes = 8;
constexpr std::uint64_t kMaxText = std::uint64_t{32} << 20;

} // namespace

std::optional<PptRecord> PptStream::at(std::uint64_t offset, std::uint64_t end) {
    const std::string_view header = window_.at(offset, kHeaderBytes);
    PptRecord record;
    record.type = static_cast<Ppt>(u16_at(header, 2));
    record.instance = static_cast<std::uint16_t>(u16_at(header, 0) >> 4);
    record.is_container = (u16_at(header, 0) & 0xF) == 0xF;
    record.begin = offset + kHeaderBytes;
    record.end = record.begin + u32_at(header, 4);
    // A sound file has a record in eight bytes at most, and each is looked at a few times.
    if (failed_ || header.size() < kHeaderBytes || record.end > end || ++records_read_ > window_.size()) {
        failed_ = true;
        return std::nullopt;
    }
    return record;
}

std::optional<PptRecord> PptStream::child(const PptRecord& parent, Ppt type) {
    std::optional<PptRecord> found;
    each(parent, [&](const PptRecord& record) {
        if (!found && record.type == type) found = record;
    });
    return found;
}

std::string PptStream::bytes(const PptRecord& record, std::size_t length) {
    constexpr std::uint64_t kTimesOver = 16; // more than any sound file is read
    length = static_cast<std::size_t>(std::min<std::uint64_t>(length, record.end - record.begin));
    bytes_read_ += length;
    if (bytes_read_ / kTimesOver > window_.size()) give_up();
    return failed_ ? std::string() : std::string(window_.at(record.begin, length));
}

std::string PptStream::text(const PptRecord& record) {
    spend_text(record.end - record.begin);
    return bytes(record, kMaxText);
}

void PptStream::spend_text(std::uint64_t bytes) {
    text_read_ += bytes;
    if (text_read_ > kMaxText) give_up();
}

std::optional<LivePresentation> find_live_presentation(CompoundFile& file, PptStream& stream) {
    constexpr int kMaxEdits = 4096;
    constexpr std::size_t kMaxDirectory = std::size_t{4} << 20;
    const auto* user = file.find("Current User");
    if (!user) return std::nullopt;
    // [MS-PPT] 2.3.2 CurrentUserAtom: the offset of the newest edit.
    std::uint32_t edit_offset = u32_at(file.read(*user, 0, 20), 16);

    LivePresentation live;
    std::optional<std::uint32_t> document;
    std::uint64_t directories = 0; ///< their bytes
    for (int edit = 0; edit < kMaxEdits && (edit == 0 || edit_offset != 0); ++edit) {
        const auto user_edit = stream.at(edit_offset);
        if (!user_edit || user_edit->type != Ppt::user_edit) return std::nullopt;
        const std::string fields = stream.bytes(*user_edit, 28); // [MS-PPT] 2.3.3 UserEditAtom
        if (!document) document = u32_at(fields, 16);
        const auto directory = stream.at(u32_at(fields, 12));
        if (!directory || directory->type != Ppt::persist_directory) return std::nullopt;
        // [MS-PPT] 2.3.4: runs of numbers that follow each other, the first of each with their count.
        const std::string entries = stream.bytes(*directory, kMaxDirectory);
        directories += entries.size();
        if (directories > stream.size()) return std::nullopt; // one directory for several edits
        for (std::size_t at = 0; at + 4 <= entries.size();) {
            const std::uint32_t first = u32_at(entries, at) & 0xFFFFF;
            const std::uint32_t count = u32_at(entries, at) >> 20;
            at += 4;
            for (std::uint32_t i = 0; i < count && at + 4 <= entries.size(); ++i, at += 4)
                live.objects.emplace(first + i, u32_at(entries, at));
        }
        const std::uint32_t older = u32_at(fields, 8);
        if (older >= edit_offset) break; // each edit is written after those before it
        edit_offset = older;
    }
    if (!document || !live.objects.contains(*document)) return std::nullopt;
    const auto container = stream.at(live.objects[*document]);
    if (!container || container->type != Ppt::document) return std::nullopt;
    live.document = *container;
    return live;
}

} // namespace passerelle::convert
