// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/zip_archive.hpp"

#include "core/hash.hpp"
#include "core/reason_codes.hpp"
#include "core/unique_fd.hpp"
#include "daemon/sources/inflate_reader.hpp"
#include "daemon/sources/little_endian.hpp"
#include "daemon/sources/names.hpp"
#include "daemon/sources/part_file.hpp"
#include "daemon/sources/verifying_reader.hpp"
#include "daemon/sources/zip_directory.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <numeric>
#include <sys/stat.h>

namespace passerelle::sources {
namespace {

constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint16_t kWinZipAes = 99;
constexpr std::uint16_t kEncryptedFlags = 1U << 0U | 1U << 6U | 1U << 13U; ///< plain, strong, masked directory
constexpr std::uint16_t kUnicodePathExtra = 0x7075;
constexpr std::uint8_t kOnFat = 0;
constexpr std::uint8_t kOnUnix = 3;
constexpr std::uint8_t kOnMac = 19;
constexpr std::size_t kLocalHeaderSize = 30;

/// What reading an entry takes; 100,000 of them must stay cheap.
struct Record {
    std::uint64_t offset;
    std::uint64_t packed_size;
    std::uint16_t method;
};

/// Bit 11 is not asked: names that are UTF-8 are hardly ever anything else, and many writers forget the bit. Info-ZIP's
/// Unicode path (APPNOTE 4.6.9) wins where it belongs to this very name.
std::string name_of(const ZipHeader& header, std::vector<Reason>& reasons) {
    const auto raw = header.name;
    if (const auto extra = find_extra(header.extra, kUnicodePathExtra);
        extra && extra->size() > 5 && (*extra)[0] == 1) {
        const auto crc = crc32_update(0, std::as_bytes(std::span(raw)));
        if (u32(*extra, 1) == crc && is_utf8(extra->substr(5)))
            return readable_name(extra->substr(5), from_cp437, reasons);
    }
    auto name = readable_name(raw, from_cp437, reasons);
    if (header.made_on == kOnFat &&
        name.find('/') == std::string::npos) // old Windows programs write their own separator
        std::replace(name.begin(), name.end(), '\\', '/');
    return name;
}

EntryType type_of(const ZipHeader& header) {
    if (header.made_on != kOnUnix && header.made_on != kOnMac) return EntryType::file;
    switch ((header.external_attributes >> 16U) & S_IFMT) {
    case S_IFLNK:
        return EntryType::link;
    case S_IFCHR:
    case S_IFBLK:
    case S_IFIFO:
    case S_IFSOCK:
        return EntryType::special;
    default: // Dropbox writes no S_IFDIR, or S_IFREG for directories: the trailing slash decides
        return EntryType::file;
    }
}

/// What makes an entry's bytes unreadable, in the order in which a person would want to know.
void judge(Entry& entry, const ZipHeader& header, std::uint64_t archive_size) {
    if (entry.type == EntryType::link) return entry.reject(Reason(codes::source_link, {{"target", ""}}));
    if (entry.type == EntryType::special) return entry.reject(Reason(codes::source_special_file));
    if (entry.type == EntryType::folder && header.size == 0) return;
    const auto damaged = [&](std::string_view detail) {
        entry.reject(Reason(codes::source_damaged, {{"detail", std::string(detail)}}));
    };
    if (entry.type == EntryType::folder) return damaged("a folder with content");
    if ((header.flags & kEncryptedFlags) != 0 || header.method == kWinZipAes)
        return entry.reject(Reason(codes::source_encrypted));
    if (header.method != kStored && header.method != kDeflated)
        return entry.reject(Reason(codes::source_method_unknown, {{"method", fmt::to_string(header.method)}}));
    if (header.packed_size > archive_size || header.offset > archive_size - header.packed_size)
        return damaged("its bytes lie beyond the archive's end");
    if (header.size > kBombSize && header.size / kBombRatio > header.packed_size)
        entry.reject(Reason(codes::source_bomb,
                            {{"size", fmt::to_string(header.size)}, {"packed", fmt::to_string(header.packed_size)}}));
}

class ZipArchive final : public Archive {
  public:
    ZipArchive(std::filesystem::path file, const FileIdentity& identity, UniqueFd fd)
        : part_{std::move(file), identity.size, identity.modified(), {}}, identity_(identity), fd_(std::move(fd)) {}

    const Part& part() const override { return part_; }
    Result<void> list(EntryVisitor& visitor, const std::stop_token& stop) override;
    Result<std::unique_ptr<ByteReader>> open(std::int64_t entry, std::uint64_t size,
                                             std::optional<std::uint32_t> crc32) const override;

  private:
    [[nodiscard]] Entry take(const ZipHeader& header);
    void reject_overlaps(std::vector<Entry>& entries) const;
    [[nodiscard]] std::string content_of(const Entry& entry, std::uint64_t limit) const;

    Part part_;
    FileIdentity identity_;
    UniqueFd fd_; ///< the directory and the local headers are read through it
    std::vector<Record> records_;
};

Entry ZipArchive::take(const ZipHeader& header) {
    Entry entry;
    entry.index = static_cast<std::int64_t>(records_.size());
    records_.push_back({header.offset, header.packed_size, header.method});
    entry.size = header.size;
    entry.crc32 = header.crc32;
    entry.modified = modified_of(header);
    entry.type = type_of(header);
    const auto name = name_of(header, entry.reasons);
    place_entry(entry, name);
    if (!entry.outside) judge(entry, header, identity_.size);
    return entry;
}

/// Entries that lie on top of each other make a small archive unfold into an immense one: only the first of them is
/// good.
void ZipArchive::reject_overlaps(std::vector<Entry>& entries) const {
    std::vector<std::uint32_t> order(records_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return records_[a].offset < records_[b].offset; });
    std::uint64_t end = 0;
    for (const auto index : order) {
        const auto& record = records_[index];
        auto& entry = entries[index];
        if (!entry.usable || entry.type != EntryType::file) continue;
        if (record.offset < end) {
            entry.reject(Reason(codes::source_overlapping));
            continue;
        }
        end = record.offset + kLocalHeaderSize + record.packed_size;
    }
}

Result<void> ZipArchive::list(EntryVisitor& visitor, const std::stop_token& stop) {
    Hasher hasher(HashAlgorithm::sha256);
    std::vector<Entry> entries;
    auto result = read_zip_directory(
        fd_.get(), identity_.size,
        [&](const ZipHeader& header) {
            entries.push_back(take(header));
            hasher.update(header.name);
            hasher.update(fmt::format("\n{} {:08x}\n", header.size, header.crc32));
        },
        stop);
    if (!result && result.error().code == codes::job_stopped) return result;
    part_.fingerprint = hasher.finish();
    reject_overlaps(entries);
    for (auto& entry : entries) {
        if (stop.stop_requested()) return Error(ErrorKind::job, codes::job_stopped, "stopped");
        if (entry.type == EntryType::link && !entry.outside)
            entry.reasons.back().parameters.front().second = printable(content_of(entry, 4 * kKiB));
        const auto limit = entry.usable && entry.type == EntryType::file ? visitor.wants(entry) : 0;
        auto content = limit > 0 ? content_of(entry, limit) : std::string();
        visitor.visit(std::move(entry), std::move(content));
    }
    return result;
}

/// What cannot be read here is met again, and reported, when the entry itself is read.
std::string ZipArchive::content_of(const Entry& entry, std::uint64_t limit) const {
    if (entry.size == 0 || entry.size > limit) return {};
    auto reader = open(entry.index, entry.size, entry.crc32);
    if (!reader) return {};
    std::string content(static_cast<std::size_t>(entry.size), '\0');
    std::size_t filled = 0;
    while (filled < content.size()) {
        const auto count = (*reader)->read(std::as_writable_bytes(std::span(content)).subspan(filled));
        if (!count || *count == 0) return {};
        filled += *count;
    }
    return content;
}

Result<std::unique_ptr<ByteReader>> ZipArchive::open(std::int64_t entry, std::uint64_t size,
                                                     std::optional<std::uint32_t> crc32) const {
    if (auto same = check_unchanged(part_.file, identity_); !same) return failure(same);
    const auto& record = records_.at(static_cast<std::size_t>(entry));
    auto data = find_zip_data(fd_.get(), record.offset);
    if (!data) return failure(data);
    auto packed = FileContent(part_.file, record.packed_size, *data).open();
    if (!packed) return failure(packed);
    auto bytes = record.method == kDeflated ? inflate(std::move(*packed)) : std::move(*packed);
    return std::make_unique<VerifyingReader>(std::move(bytes), size, crc32);
}

} // namespace

Result<std::unique_ptr<Archive>> open_zip(const std::filesystem::path& file) {
    auto identity = identify(file);
    if (!identity) return failure(identity);
    UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) return Error(ErrorKind::job, codes::export_unreadable, std::strerror(errno), {{"path", file.string()}});
    return std::make_unique<ZipArchive>(file, *identity, std::move(fd));
}

} // namespace passerelle::sources
