// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/hostile.hpp"
#include "tests/exports/names.hpp"
#include "tests/exports/tgz_bytes.hpp"

#include <fstream>
#include <vector>

namespace passerelle::exports::hostile {
namespace {

std::string under(std::string_view root, std::string_view name) {
    return std::string(root).append(name);
}

TarEntry entry(std::string name, Bytes content = kOddText) {
    return {.name = std::move(name), .content = std::move(content), .modified = kExportTime};
}

TarEntry special(std::string name, TarType type, std::string target = {}) {
    return {.name = std::move(name), .type = type, .target = std::move(target), .modified = kExportTime};
}

void write_tgz_with(const fs::path& file, std::string_view root, const std::vector<TarEntry>& odd,
                    TarFormat format = TarFormat::pax) {
    fs::create_directories(file.parent_path());
    TgzWriter writer(file, format);
    writer.add(entry(under(root, kFirstGood), kGoodText));
    for (const TarEntry& one : odd)
        writer.add(one);
    writer.add(entry(under(root, kLastGood), kGoodText));
    writer.finish();
}

} // namespace

void tar_parent_path(const fs::path& file, std::string_view root) {
    write_tgz_with(file, root, {entry(under(root, "../../../évasion.txt"))});
}

void tar_absolute_path(const fs::path& file, std::string_view root) {
    write_tgz_with(file, root, {entry("/tmp/évasion.txt")});
}

void tar_symlink(const fs::path& file, std::string_view root) {
    write_tgz_with(file, root, {special(under(root, "lien"), TarType::symlink, "/etc/passwd")});
}

void tar_through_symlink(const fs::path& file, std::string_view root) {
    write_tgz_with(file, root,
                   {special(under(root, "lien"), TarType::symlink, "/tmp"), entry(under(root, "lien/évasion.txt"))});
}

void tar_hardlink(const fs::path& file, std::string_view root) {
    write_tgz_with(file, root, {special(under(root, "lien"), TarType::hardlink, "/etc/passwd")});
}

void tar_device(const fs::path& file, std::string_view root) {
    write_tgz_with(file, root, {special(under(root, "appareil"), TarType::device)});
}

void tar_fifo(const fs::path& file, std::string_view root) {
    write_tgz_with(file, root, {special(under(root, "tube"), TarType::fifo)});
}

void tar_duplicates(const fs::path& file, std::string_view root) {
    write_tgz_with(file, root, {entry(under(root, "double.txt")), entry(under(root, "double.txt"), "Autre chose.\n")});
}

void tar_latin1_names(const fs::path& file, std::string_view root) {
    write_tgz_with(file, root, {entry(under(root, "r\xe9union.txt"))}, TarFormat::gnu);
}

void tar_bomb(const fs::path& file, std::string_view root) {
    write_tgz_with(file, root, {entry(under(root, "bombe.bin"), Bytes::repeated('\0', 64 * kMiB))});
}

void tar_truncated(const fs::path& file, std::string_view root) {
    write_tgz_with(file, root, {entry(under(root, "gros.bin"), Bytes::random(200'000, 1))});
    fs::resize_file(file, fs::file_size(file) / 2);
}

void tar_broken(const fs::path& file, std::string_view root) {
    write_tgz_with(file, root, {entry(under(root, "gros.bin"), Bytes::prose(2'000'000, 1))});
    std::fstream archive(file, std::ios::binary | std::ios::in | std::ios::out);
    archive.seekp(static_cast<std::streamoff>(fs::file_size(file) / 2));
    archive.write("\xff\xff\xff\xff\xff\xff\xff\xff", 8);
}

} // namespace passerelle::exports::hostile
