// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/tar_cursor.hpp"

#include "core/reason_codes.hpp"
#include "daemon/sources/names.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <clocale>
#include <locale.h>
#include <memory>
#include <string>

namespace passerelle::sources {
namespace {

constexpr std::size_t kBlock = 128 * kKiB;

/// libarchive turns names into the locale's encoding; a daemon runs in "C", where that loses every accent.
class Utf8Locale {
  public:
    Utf8Locale() : before_(::uselocale(utf8())) {}
    ~Utf8Locale() { ::uselocale(before_); }
    Utf8Locale(const Utf8Locale&) = delete;
    Utf8Locale& operator=(const Utf8Locale&) = delete;

  private:
    static locale_t utf8() {
        static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
        return locale; // never freed: threads may still use it at the end
    }
    locale_t before_;
};

std::string message_of(archive* handle) {
    const char* text = archive_error_string(handle);
    return text != nullptr ? printable(text) : "unreadable";
}

std::string raw_name(archive_entry* header) {
    if (const char* name = archive_entry_pathname(header)) return name;
    if (const char* name = archive_entry_pathname_utf8(header)) return name;
    return {};
}

EntryType type_of(archive_entry* header) {
    if (archive_entry_hardlink(header) != nullptr) return EntryType::link;
    switch (archive_entry_filetype(header)) {
    case AE_IFREG:
        return EntryType::file;
    case AE_IFDIR:
        return EntryType::folder;
    case AE_IFLNK:
        return EntryType::link;
    default:
        return EntryType::special;
    }
}

std::string target_of(archive_entry* header) {
    const char* target = archive_entry_hardlink(header);
    if (target == nullptr) target = archive_entry_symlink(header);
    return target != nullptr ? printable(target) : std::string();
}

Entry describe(archive_entry* header, std::int64_t index) {
    Entry entry;
    entry.index = index;
    entry.type = type_of(header);
    if (entry.type == EntryType::file)
        entry.size = static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_entry_size(header)));
    if (archive_entry_mtime_is_set(header) != 0) entry.modified = from_epoch(archive_entry_mtime(header));
    place_entry(entry, readable_name(raw_name(header), from_windows_1252, entry.reasons));
    if (entry.outside) return entry;
    if (entry.type == EntryType::link) entry.reject(Reason(codes::source_link, {{"target", target_of(header)}}));
    if (entry.type == EntryType::special) entry.reject(Reason(codes::source_special_file));
    return entry;
}

} // namespace

struct TarCursor::Handle {
    archive* reader = archive_read_new();
    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { archive_read_free(reader); }
};

TarCursor::TarCursor(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
TarCursor::~TarCursor() = default;

Result<std::unique_ptr<TarCursor>> TarCursor::open(const std::filesystem::path& file) {
    const Utf8Locale locale;
    auto handle = std::make_unique<Handle>();
    archive_read_support_filter_gzip(handle->reader);
    archive_read_support_format_tar(handle->reader);
    if (archive_read_open_filename(handle->reader, file.c_str(), kBlock) != ARCHIVE_OK)
        return Error(ErrorKind::job, codes::export_unreadable, message_of(handle->reader), {{"path", file.string()}});
    return std::unique_ptr<TarCursor>(new TarCursor(std::move(handle)));
}

Result<std::optional<Entry>> TarCursor::next() {
    const Utf8Locale locale;
    archive_entry* header = nullptr;
    const int state = archive_read_next_header(handle_->reader, &header);
    if (state == ARCHIVE_EOF) return std::optional<Entry>();
    if (state < ARCHIVE_WARN) {
        const auto detail = message_of(handle_->reader);
        return Error(ErrorKind::item, codes::export_part_damaged, detail, {{"detail", detail}});
    }
    return std::optional(describe(header, position_++));
}

Result<std::size_t> TarCursor::read(std::span<std::byte> buffer) {
    const Utf8Locale locale;
    while (true) {
        const auto count = archive_read_data(handle_->reader, buffer.data(), buffer.size());
        if (count >= 0) return static_cast<std::size_t>(count);
        if (count == ARCHIVE_RETRY) continue;
        const auto detail = message_of(handle_->reader);
        return Error(ErrorKind::item, codes::source_damaged, detail, {{"detail", detail}});
    }
}

std::uint64_t TarCursor::packed_bytes() const {
    return static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_filter_bytes(handle_->reader, -1)));
}

} // namespace passerelle::sources
