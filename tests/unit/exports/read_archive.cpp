// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/exports/read_archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <zip.h>

namespace passerelle::exports {
namespace fs = std::filesystem;

ReadZip read_zip(const fs::path& file) {
    ReadZip read;
    const auto close = [](zip_t* archive) { zip_discard(archive); };
    const std::unique_ptr<zip_t, decltype(close)> archive(zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, nullptr),
                                                          close);
    if (!archive) return read;
    read.sound = true;
    const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(archive.get(), 0));
    for (zip_uint64_t index = 0; index < count; ++index) {
        read.names.emplace_back(zip_get_name(archive.get(), index, ZIP_FL_ENC_RAW));
        zip_file_t* entry = zip_fopen_index(archive.get(), index, 0);
        if (entry == nullptr) {
            read.sound = false;
            continue;
        }
        std::array<char, 65536> buffer{};
        std::string bytes;
        zip_int64_t length = 0;
        while ((length = zip_fread(entry, buffer.data(), buffer.size())) > 0)
            bytes.append(buffer.data(), std::size_t(length));
        zip_stat_t stated{};
        zip_stat_index(archive.get(), index, 0, &stated);
        if (zip_fclose(entry) != 0 || length < 0 || stated.size != bytes.size())
            read.sound = false;
        else
            read.files[read.names.back()] = bytes;
    }
    return read;
}

std::vector<std::pair<std::string, std::string>> read_tgz(const fs::path& file) {
    std::vector<std::pair<std::string, std::string>> read;
    const auto close = [](archive* handle) { archive_read_free(handle); };
    const std::unique_ptr<archive, decltype(close)> handle(archive_read_new(), close);
    archive_read_support_filter_gzip(handle.get());
    archive_read_support_format_tar(handle.get());
    if (archive_read_open_filename(handle.get(), file.c_str(), 65536) != ARCHIVE_OK) return read;
    archive_entry* entry = nullptr;
    const auto next = [&] {
        const int result = archive_read_next_header(handle.get(), &entry);
        return result == ARCHIVE_OK || result == ARCHIVE_WARN;
    };
    while (next()) {
        // The first is for names in extended headers, which the locale cannot spell; the second for raw bytes.
        const char* name = archive_entry_pathname_utf8(entry);
        if (name == nullptr) name = archive_entry_pathname(entry);
        read.emplace_back(name == nullptr ? "" : name, "");
        std::array<char, 65536> buffer{};
        la_ssize_t length = 0;
        while ((length = archive_read_data(handle.get(), buffer.data(), buffer.size())) > 0)
            read.back().second.append(buffer.data(), std::size_t(length));
    }
    return read;
}

std::string read_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

TemporaryDirectory::TemporaryDirectory() {
    std::string pattern = (fs::temp_directory_path() / "exports-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

} // namespace passerelle::exports
