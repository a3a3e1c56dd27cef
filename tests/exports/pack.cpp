// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/pack.hpp"

#include "tests/exports/names.hpp"
#include "tests/exports/tgz_bytes.hpp"
#include "tests/exports/zip_bytes.hpp"

#include <chrono>
#include <fstream>
#include <stdexcept>

namespace passerelle::exports {
namespace fs = std::filesystem;

void write_zip(const fs::path& file, const std::vector<Packed>& entries, const ZipStyle& style) {
    fs::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    ZipWriter writer(out);
    for (const Packed& packed : entries) {
        const bool directory = packed.path.ends_with('/');
        ZipEntry entry{.name = style.cp437_names ? cp437(packed.path) : packed.path, .content = packed.content};
        entry.method = directory ? kZipStored : kZipDeflated;
        entry.flags = style.cp437_names ? 0 : kZipUtf8;
        if (style.data_descriptors && !directory) entry.flags |= kZipDataDescriptor;
        entry.zip64 = style.zip64;
        entry.modified = packed.modified;
        entry.mode = directory ? 040755 : packed.mode;
        writer.add(entry);
    }
    writer.finish(style.zip64);
}

void write_tgz(const fs::path& file, const std::vector<Packed>& entries) {
    fs::create_directories(file.parent_path());
    TgzWriter writer(file);
    for (const Packed& packed : entries) {
        TarEntry entry{.name = packed.path, .content = packed.content, .modified = packed.modified};
        if (packed.path.ends_with('/')) entry.type = TarType::directory;
        writer.add(entry);
    }
    writer.finish();
}

void write_file(const fs::path& file, const Bytes& content, Timestamp modified) {
    fs::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    content.pour([&](std::string_view piece) { out.write(piece.data(), static_cast<std::streamsize>(piece.size())); });
    out.close();
    if (!out) throw std::runtime_error("cannot write " + file.string());
    fs::last_write_time(file, std::chrono::file_clock::from_sys(modified));
}

} // namespace passerelle::exports
