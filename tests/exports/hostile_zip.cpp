// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/hostile.hpp"

#include "tests/exports/names.hpp"
#include "tests/exports/pack.hpp"
#include "tests/exports/zip_bytes.hpp"

#include <fmt/format.h>
#include <fstream>
#include <vector>

namespace passerelle::exports::hostile {
namespace {

std::string under(std::string_view root, std::string_view name) {
    return std::string(root).append(name);
}

ZipEntry entry(std::string name, Bytes content = kOddText) {
    ZipEntry made{.name = std::move(name), .content = std::move(content)};
    made.modified = kExportTime;
    made.mode = made.name.ends_with('/') ? 040755 : 0100644;
    return made;
}

/// The odd entries between the two good ones.
std::vector<ZipEntry> framed(std::string_view root, std::vector<ZipEntry> odd) {
    odd.insert(odd.begin(), entry(under(root, kFirstGood), kGoodText));
    odd.push_back(entry(under(root, kLastGood), kGoodText));
    return odd;
}

void write(const fs::path& file, const Bytes& bytes) {
    write_file(file, bytes, kExportTime);
}

void write_zip_with(const fs::path& file, std::string_view root, std::vector<ZipEntry> odd) {
    write(file, zip_bytes(framed(root, std::move(odd))));
}

/// A valid archive to be damaged.
std::string good_zip(std::string_view root) {
    return zip_bytes(framed(root, {entry(under(root, "gros.bin"), Bytes::random(100'000, 1))}));
}

/// Where the end record begins: it is the last 22 bytes of an archive without a comment.
constexpr std::size_t kEndRecord = 22;

void overwrite(std::string& bytes, std::size_t at, std::string_view with) {
    bytes.replace(at, with.size(), with);
}

ZipEntry special(std::string name, std::uint32_t type, Bytes content) {
    ZipEntry made = entry(std::move(name), std::move(content));
    made.mode = type | 0644;
    return made;
}

} // namespace

void parent_path(const fs::path& file, std::string_view root) {
    write_zip_with(file, root, {entry(under(root, "../../../évasion.txt"))});
}

void absolute_path(const fs::path& file, std::string_view root) {
    write_zip_with(file, root, {entry("/tmp/évasion.txt")});
}

void drive_letter(const fs::path& file, std::string_view root) {
    write_zip_with(file, root, {entry("C:\\évasion.txt"), entry("C:/évasion.txt")});
}

void backslashes(const fs::path& file, std::string_view root) {
    write_zip_with(file, root, {entry(under(root, "Dossier\\fichier.txt")), entry(under(root, "..\\..\\évasion.txt"))});
}

void dot_segments(const fs::path& file, std::string_view root) {
    write_zip_with(file, root, {entry(under(root, "./a//point.txt"))});
}

void control_characters(const fs::path& file, std::string_view root) {
    write_zip_with(file, root,
                   {entry(under(root, "deux\nlignes.txt")), entry(under(root, "rouge\x1b[31m.txt")),
                    entry(under(root, std::string_view("coupé\0.txt", 11)))});
}

void empty_name(const fs::path& file, std::string_view root) {
    write_zip_with(file, root, {entry("")});
}

void slash_entry(const fs::path& file, std::string_view root) {
    write_zip_with(file, root, {entry("/", "")});
}

void long_name(const fs::path& file, std::string_view root) {
    write_zip_with(file, root, {entry(under(root, std::string(5000, 'n')) + ".txt")});
}

void deep_path(const fs::path& file, std::string_view root) {
    std::string path(root);
    for (int depth = 0; depth < 1000; ++depth)
        path += "d/";
    write_zip_with(file, root, {entry(path + "profond.txt")});
}

void latin1_names(const fs::path& file, std::string_view root) {
    ZipEntry odd = entry(under(root, "r\xe9union.txt"));
    odd.flags = 0;
    write_zip_with(file, root, {odd});
}

void broken_utf8_names(const fs::path& file, std::string_view root) {
    write_zip_with(file, root,
                   {entry(under(root, "r\xe9union.txt")), entry(under(root, "trop long \xc0\xaf.txt")),
                    entry(under(root, "substitut \xed\xa0\x80.txt")), entry(under(root, "fin \xe2\x82"))});
}

void cp437_names(const fs::path& file, std::string_view root) {
    ZipEntry odd = entry(cp437(under(root, "réunion.txt")));
    odd.flags = 0;
    odd.made_on = 0;
    write_zip_with(file, root, {odd});
}

void names_differ(const fs::path& file, std::string_view root) {
    ZipEntry odd = entry(under(root, "central.txt"));
    odd.local_name = under(root, "local.txt");
    write_zip_with(file, root, {odd});
}

void symlink(const fs::path& file, std::string_view root) {
    write_zip_with(file, root, {special(under(root, "lien"), 0120000, "/etc/passwd")});
}

void device(const fs::path& file, std::string_view root) {
    write_zip_with(file, root, {special(under(root, "appareil"), 0020000, "")});
}

void fifo(const fs::path& file, std::string_view root) {
    write_zip_with(file, root, {special(under(root, "tube"), 0010000, "")});
}

void duplicates(const fs::path& file, std::string_view root) {
    write_zip_with(file, root, {entry(under(root, "double.txt")), entry(under(root, "double.txt"))});
}

void differing_duplicates(const fs::path& file, std::string_view root) {
    write_zip_with(file, root, {entry(under(root, "double.txt")), entry(under(root, "double.txt"), "Autre chose.\n")});
}

void case_twins(const fs::path& file, std::string_view root) {
    write_zip_with(file, root, {entry(under(root, "Jumeau.txt")), entry(under(root, "jumeau.TXT"), "Autre chose.\n")});
}

void normal_form_twins(const fs::path& file, std::string_view root) {
    write_zip_with(file, root, {entry(under(root, "été.txt")), entry(under(root, nfd("été.txt")), "Autre chose.\n")});
}

void file_and_directory(const fs::path& file, std::string_view root) {
    write_zip_with(
        file, root,
        {entry(under(root, "chose")), entry(under(root, "chose/"), ""), entry(under(root, "chose/dedans.txt"))});
}

void size_too_small(const fs::path& file, std::string_view root) {
    ZipEntry odd = entry(under(root, "menteur.txt"), Bytes::prose(50'000, 1));
    odd.stated_size = 10;
    write_zip_with(file, root, {odd});
}

void size_too_large(const fs::path& file, std::string_view root) {
    ZipEntry odd = entry(under(root, "menteur.txt"), Bytes::prose(50'000, 1));
    odd.stated_size = 5'000'000;
    write_zip_with(file, root, {odd});
}

void compressed_beyond_end(const fs::path& file, std::string_view root) {
    ZipEntry odd = entry(under(root, "menteur.txt"), Bytes::prose(50'000, 1));
    odd.stated_compressed = 500'000'000;
    write_zip_with(file, root, {odd});
}

void bomb(const fs::path& file, std::string_view root) {
    write_zip_with(file, root, {entry(under(root, "bombe.bin"), Bytes::repeated('\0', 64 * kMiB))});
}

void overlapping(const fs::path& file, std::string_view root) {
    fs::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    ZipWriter writer(out);
    writer.add(entry(under(root, kFirstGood), kGoodText));
    writer.add(entry(under(root, "bombe 000.bin"), Bytes::repeated('\0', 8 * kMiB)));
    for (int copy = 1; copy < 200; ++copy)
        writer.add_alias(under(root, fmt::format("bombe {:03}.bin", copy)));
    writer.add(entry(under(root, kLastGood), kGoodText));
    writer.finish();
}

void broken_crc(const fs::path& file, std::string_view root) {
    ZipEntry odd = entry(under(root, "abîmé.txt"));
    odd.stated_crc = 0x12345678;
    write_zip_with(file, root, {odd});
}

void broken_deflate(const fs::path& file, std::string_view root) {
    std::string bytes = zip_bytes(framed(root, {entry(under(root, "abîmé.txt"), Bytes::prose(50'000, 1))}));
    // The entry's data follow its name; deflate knows no block of type 3.
    const std::size_t data = bytes.find("abîmé.txt") + std::string_view("abîmé.txt").size();
    overwrite(bytes, data, "\xff\xff\xff\xff\xff\xff\xff\xff");
    write(file, bytes);
}

void encrypted(const fs::path& file, std::string_view root) {
    // ZipCrypto puts twelve bytes in front of the data, all of which look random.
    ZipEntry odd = entry(under(root, "secret.txt"), Bytes::random(12 + kOddText.size(), 1));
    odd.method = kZipStored;
    odd.flags |= kZipEncrypted;
    odd.stated_size = kOddText.size();
    write_zip_with(file, root, {odd});
}

void unknown_method(const fs::path& file, std::string_view root) {
    ZipEntry odd = entry(under(root, "inconnu.txt"));
    odd.method = 97;
    write_zip_with(file, root, {odd});
}

void truncated_in_data(const fs::path& file, std::string_view root) {
    std::string bytes = good_zip(root);
    bytes.resize(bytes.size() / 2);
    write(file, bytes);
}

void truncated_in_directory(const fs::path& file, std::string_view root) {
    std::string bytes = good_zip(root);
    bytes.resize(bytes.size() - kEndRecord - 60);
    write(file, bytes);
}

void truncated_end_record(const fs::path& file, std::string_view root) {
    std::string bytes = good_zip(root);
    bytes.resize(bytes.size() - 10);
    write(file, bytes);
}

void wrong_count(const fs::path& file, std::string_view root) {
    std::string bytes = good_zip(root);
    overwrite(bytes, bytes.size() - kEndRecord + 8, "\x60\xea\x60\xea");
    write(file, bytes);
}

void directory_beyond_end(const fs::path& file, std::string_view root) {
    std::string bytes = good_zip(root);
    overwrite(bytes, bytes.size() - kEndRecord + 16, "\xf0\xff\xff\x7f");
    write(file, bytes);
}

void empty_archive(const fs::path& file, std::string_view) {
    write(file, zip_bytes({}));
}
void no_archive(const fs::path& file, std::string_view) {
    write(file, Bytes::random(20'000, 1));
}
void empty_file(const fs::path& file, std::string_view) {
    write(file, "");
}
void web_page(const fs::path& file, std::string_view) {
    write(file, "<!DOCTYPE html><html><body><h1>Connexion</h1><form>Votre adresse</form></body></html>\n");
}

void many_entries(const fs::path& file, std::uint64_t count, std::string_view root) {
    fs::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    ZipWriter writer(out);
    for (std::uint64_t index = 0; index < count; ++index) {
        ZipEntry made = entry(under(root, fmt::format("Dossier {:04}/Fichier {:06}.txt", index / 100, index)),
                              fmt::format("Fichier numéro {}\n", index));
        made.method = kZipStored;
        writer.add(made);
    }
    writer.finish();
}

} // namespace passerelle::exports::hostile
