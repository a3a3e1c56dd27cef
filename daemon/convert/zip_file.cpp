// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/zip_file.hpp"

#include <algorithm>
#include <array>
#include <zip.h>

namespace passerelle::convert {
namespace {

constexpr zip_int64_t kMaxParts = 50'000;

struct CloseFile {
    void operator()(zip_file_t* file) const { ::zip_fclose(file); }
};

} // namespace

struct ZipFile::Archive {
    explicit Archive(zip_t* opened) : handle(opened) {}
    ~Archive() { ::zip_discard(handle); }
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;
    zip_t* const handle;
};

ZipFile::ZipFile(std::unique_ptr<Archive> archive) : archive_(std::move(archive)) {}
ZipFile::ZipFile(ZipFile&&) noexcept = default;
ZipFile::~ZipFile() = default;

std::optional<ZipFile> ZipFile::open(const std::filesystem::path& file) {
    int error = 0;
    zip_t* handle = ::zip_open(file.c_str(), ZIP_RDONLY, &error);
    if (!handle) return std::nullopt;
    ZipFile zip(std::make_unique<Archive>(handle));
    const zip_int64_t count = ::zip_get_num_entries(handle, 0);
    if (count < 0 || count > kMaxParts) return std::nullopt;
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t stat;
        if (::zip_stat_index(handle, static_cast<zip_uint64_t>(i), 0, &stat) != 0 || !(stat.valid & ZIP_STAT_NAME))
            continue;
        zip.parts_.push_back({stat.name, (stat.valid & ZIP_STAT_COMP_METHOD) && stat.comp_method == ZIP_CM_STORE});
    }
    return zip;
}

bool ZipFile::has(std::string_view name) const {
    return std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) { return part.name == name; });
}

bool ZipFile::read(const std::string& name, std::uint64_t limit_bytes,
                   const std::function<bool(std::string_view)>& take) const {
    const std::unique_ptr<zip_file_t, CloseFile> part(::zip_fopen(archive_->handle, name.c_str(), 0));
    if (!part) return false;
    std::array<char, 32 * 1024> buffer{};
    std::uint64_t total = 0;
    for (;;) {
        const zip_int64_t count = ::zip_fread(part.get(), buffer.data(), buffer.size());
        if (count < 0) return false;
        if (count == 0) return true;
        total += static_cast<std::uint64_t>(count);
        if (total > limit_bytes) return false;
        if (!take({buffer.data(), static_cast<std::size_t>(count)})) return false;
    }
}

std::optional<std::string> ZipFile::read(const std::string& name, std::uint64_t limit_bytes) const {
    std::string bytes;
    const bool whole = read(name, limit_bytes, [&](std::string_view piece) {
        bytes += piece;
        return true;
    });
    if (!whole) return std::nullopt;
    return bytes;
}

} // namespace passerelle::convert
