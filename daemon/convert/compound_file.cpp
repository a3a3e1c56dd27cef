// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/compound_file.hpp"

#include "daemon/convert/little_endian.hpp"

#include <algorithm>

namespace passerelle::convert {
namespace {

constexpr std::string_view kSignature("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
constexpr std::size_t kHeaderBytes = 512;
constexpr std::size_t kEntryBytes = 128;
constexpr std::size_t kTypeOffset = 66; // within an entry
constexpr std::uint32_t kNoEntry = 0xFFFFFFFF;
constexpr std::uint32_t kMiniSectorBytes = 64;
constexpr std::uint32_t kLastSectorNumber = 0xFFFFFFFA; // above it: end of chain, free, table sectors
constexpr std::size_t kMaxEntries = 65'536;
constexpr std::size_t kMaxTableSectors = 65'536;
constexpr std::size_t kHeaderTableSectors = 109;

constexpr unsigned char kStorage = 1;
constexpr unsigned char kStream = 2;
constexpr unsigned char kRoot = 5;

} // namespace

std::optional<CompoundFile> CompoundFile::open(const std::filesystem::path& file) {
    CompoundFile compound(std::ifstream(file, std::ios::binary));
    if (!compound.file_ || !compound.read_header()) return std::nullopt;
    return compound;
}

bool CompoundFile::read_header() {
    const std::string header = file_bytes(0, kHeaderBytes);
    if (header.size() != kHeaderBytes || !header.starts_with(kSignature)) return false;
    const std::uint16_t shift = u16_at(header, 30);
    if (shift != 9 && shift != 12) return false;
    sector_bytes_ = 1u << shift;
    mini_limit_ = u32_at(header, 56);

    // The table's own sectors are listed in the header, and from there on in a chain of list sectors.
    std::vector<std::uint32_t> table_sectors;
    for (std::size_t i = 0; i < kHeaderTableSectors; ++i)
        table_sectors.push_back(u32_at(header, 76 + 4 * i));
    std::uint32_t list = u32_at(header, 68);
    while (list <= kLastSectorNumber && table_sectors.size() < kMaxTableSectors) {
        const std::string bytes = sector(list);
        if (bytes.size() != sector_bytes_) break;
        for (std::size_t at = 0; at + 4 < bytes.size(); at += 4)
            table_sectors.push_back(u32_at(bytes, at));
        list = u32_at(bytes, bytes.size() - 4);
    }
    // Each entry stands for a sector of the file: a table that lists more repeats itself.
    file_.seekg(0, std::ios::end);
    const auto file_sectors = static_cast<std::size_t>(file_.tellg()) / sector_bytes_ + 1;
    for (const std::uint32_t number : table_sectors) {
        if (number <= kLastSectorNumber && table_.size() < file_sectors) append_table(table_, sector(number));
    }
    for (const std::uint32_t number : follow(table_, u32_at(header, 60)))
        append_table(mini_table_, sector(number));
    return read_directory(u32_at(header, 48));
}

CompoundFile::Entry CompoundFile::read_entry(std::string_view bytes) {
    const bool is_storage = static_cast<unsigned char>(bytes[kTypeOffset]) == kStorage;
    Entry entry{{}, is_storage, u32_at(bytes, 120), u32_at(bytes, 116)};
    const std::size_t name_bytes = std::min<std::size_t>(u16_at(bytes, 64), 64);
    for (std::size_t i = 0; i + 2 < name_bytes; i += 2) {
        const std::uint16_t character = u16_at(bytes, i);
        entry.name.push_back(character < 0x80 ? static_cast<char>(character) : '?');
    }
    return entry;
}

bool CompoundFile::read_directory(std::uint32_t first_sector) {
    std::vector<Links> links;
    for (const std::uint32_t number : follow(table_, first_sector)) {
        const std::string all = sector(number);
        for (std::size_t at = 0; at + kEntryBytes <= all.size() && links.size() < kMaxEntries; at += kEntryBytes) {
            const std::string_view bytes = std::string_view(all).substr(at, kEntryBytes);
            links.push_back({u32_at(bytes, 68), u32_at(bytes, 72), u32_at(bytes, 76), std::nullopt});
            const auto type = static_cast<unsigned char>(bytes[kTypeOffset]);
            if (type == kRoot) mini_stream_ = follow(table_, u32_at(bytes, 116));
            if (type != kStorage && type != kStream) continue;
            links.back().entry = entries_.size();
            entries_.push_back(read_entry(bytes));
        }
    }
    find_root_entries(links);
    return !entries_.empty();
}

/// [MS-CFB] 2.6.4: what a storage holds is a binary tree, whose top is the storage's child. The root is entry 0.
void CompoundFile::find_root_entries(const std::vector<Links>& links) {
    if (links.empty() || links[0].child == kNoEntry) return;
    std::vector<bool> seen(links.size());
    std::vector<std::uint32_t> next{links[0].child};
    while (!next.empty()) {
        const std::uint32_t number = next.back();
        next.pop_back();
        if (number == kNoEntry) continue;
        if (number >= links.size() || seen[number] || !links[number].entry) return;
        seen[number] = true;
        root_entries_.push_back(*links[number].entry);
        next.push_back(links[number].left);
        next.push_back(links[number].right);
    }
    has_tree_ = true;
}

const CompoundFile::Entry* CompoundFile::find(std::string_view name) const {
    if (!has_tree_) return find_anywhere(name);
    const auto found = std::find_if(root_entries_.begin(), root_entries_.end(),
                                    [&](std::size_t index) { return entries_[index].name == name; });
    return found == root_entries_.end() ? nullptr : &entries_[*found];
}

const CompoundFile::Entry* CompoundFile::find_anywhere(std::string_view name) const {
    const auto found =
        std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.name == name; });
    return found == entries_.end() ? nullptr : &*found;
}

std::string CompoundFile::read(const Entry& stream, std::uint64_t offset, std::size_t length) {
    if (stream.is_storage || offset >= stream.size) return {};
    length = static_cast<std::size_t>(std::min<std::uint64_t>(length, stream.size - offset));
    if (stream.size >= mini_limit_) return read_chain(follow(table_, stream.first_sector), offset, length);

    const Chain chain = follow(mini_table_, stream.first_sector);
    std::string bytes;
    while (bytes.size() < length) {
        const std::uint64_t at = offset + bytes.size();
        if (at / kMiniSectorBytes >= chain.size()) break;
        const std::uint64_t within = at % kMiniSectorBytes;
        const std::string piece =
            read_chain(mini_stream_, std::uint64_t{chain[at / kMiniSectorBytes]} * kMiniSectorBytes + within,
                       std::min<std::size_t>(kMiniSectorBytes - within, length - bytes.size()));
        if (piece.empty()) break;
        bytes += piece;
    }
    return bytes;
}

std::string CompoundFile::read_chain(const Chain& chain, std::uint64_t offset, std::size_t length) {
    std::string bytes;
    while (bytes.size() < length) {
        const std::uint64_t at = offset + bytes.size();
        if (at / sector_bytes_ >= chain.size()) break;
        const std::uint64_t within = at % sector_bytes_;
        const std::string piece = file_bytes((std::uint64_t{chain[at / sector_bytes_]} + 1) * sector_bytes_ + within,
                                             std::min<std::size_t>(sector_bytes_ - within, length - bytes.size()));
        if (piece.empty()) break;
        bytes += piece;
    }
    return bytes;
}

CompoundFile::Chain CompoundFile::follow(const std::vector<std::uint32_t>& table, std::uint32_t first) {
    Chain chain;
    // A chain that is longer than its table goes in a circle.
    while (first < table.size() && chain.size() < table.size()) {
        chain.push_back(first);
        first = table[first];
    }
    return chain;
}

std::string CompoundFile::sector(std::uint32_t number) {
    return file_bytes((std::uint64_t{number} + 1) * sector_bytes_, sector_bytes_);
}

std::string CompoundFile::file_bytes(std::uint64_t offset, std::size_t length) {
    std::string bytes(length, '\0');
    file_.clear();
    file_.seekg(static_cast<std::streamoff>(offset));
    file_.read(bytes.data(), static_cast<std::streamsize>(length));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(file_.gcount(), 0)));
    return bytes;
}

void CompoundFile::append_table(std::vector<std::uint32_t>& table, const std::string& bytes) {
    for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4)
        table.push_back(u32_at(bytes, at));
}

} // namespace passerelle::convert
