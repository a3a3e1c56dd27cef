// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

/// Archives that are damaged, odd or meant to do harm. Each function writes one of them as `file`: unless it says
/// otherwise two good files, `<root>avant.txt` and `<root>après.txt`, with the odd thing between them. Whoever reads
/// the archive must still give the good files and must say something about the odd thing.
namespace passerelle::exports::hostile {

namespace fs = std::filesystem;

inline constexpr std::string_view kRoot = "Takeout/Drive/";
inline constexpr std::string_view kFirstGood = "avant.txt";
inline constexpr std::string_view kLastGood = "après.txt";
inline constexpr std::string_view kGoodText = "Ce fichier est bon.\n";
/// What the odd entries hold, where they hold anything.
inline constexpr std::string_view kOddText = "Ce fichier est étrange.\n";

// Names
void parent_path(const fs::path& file, std::string_view root = kRoot);   ///< "<root>../../../évasion.txt"
void absolute_path(const fs::path& file, std::string_view root = kRoot); ///< "/tmp/évasion.txt"
void drive_letter(const fs::path& file, std::string_view root = kRoot);  ///< "C:\évasion.txt" and "C:/évasion.txt"
void backslashes(const fs::path& file,
                 std::string_view root = kRoot); ///< "<root>Dossier\fichier.txt" and "..\..\évasion.txt"
void dot_segments(const fs::path& file, std::string_view root = kRoot); ///< "<root>./a//point.txt"
void control_characters(const fs::path& file,
                        std::string_view root = kRoot); ///< a line break, an escape and a NUL in names
void empty_name(const fs::path& file, std::string_view root = kRoot);
void slash_entry(const fs::path& file, std::string_view root = kRoot);       ///< "/", as Dropbox writes it
void long_name(const fs::path& file, std::string_view root = kRoot);         ///< a part of 5,000 bytes
void deep_path(const fs::path& file, std::string_view root = kRoot);         ///< 1,000 folders in each other
void latin1_names(const fs::path& file, std::string_view root = kRoot);      ///< no bit 11, bytes that are Latin-1
void broken_utf8_names(const fs::path& file, std::string_view root = kRoot); ///< bit 11, bytes that are no UTF-8
void cp437_names(const fs::path& file, std::string_view root = kRoot); ///< no bit 11, "réunion.txt" in code page 437
void names_differ(const fs::path& file,
                  std::string_view root = kRoot); ///< the local header says "local.txt", the directory "central.txt"

// Entries that are no files, or several in one place
void symlink(const fs::path& file, std::string_view root = kRoot); ///< to /etc/passwd, by the Unix mode
void device(const fs::path& file, std::string_view root = kRoot);
void fifo(const fs::path& file, std::string_view root = kRoot);
void duplicates(const fs::path& file, std::string_view root = kRoot);           ///< "double.txt" twice, the same bytes
void differing_duplicates(const fs::path& file, std::string_view root = kRoot); ///< "double.txt" twice, other bytes
void case_twins(const fs::path& file, std::string_view root = kRoot);           ///< "Jumeau.txt" and "jumeau.TXT"
void normal_form_twins(const fs::path& file, std::string_view root = kRoot);    ///< "été.txt" composed and decomposed
void file_and_directory(const fs::path& file, std::string_view root = kRoot);   ///< "chose" and "chose/dedans.txt"

// Lies and damage
void size_too_small(const fs::path& file, std::string_view root = kRoot); ///< "menteur.txt" holds more than is stated
void size_too_large(const fs::path& file, std::string_view root = kRoot); ///< "menteur.txt" holds less than is stated
void compressed_beyond_end(const fs::path& file,
                           std::string_view root = kRoot);                ///< compressed size larger than the archive
void bomb(const fs::path& file, std::string_view root = kRoot);           ///< "bombe.bin": 64 MiB of zeros from 64 KiB
void overlapping(const fs::path& file, std::string_view root = kRoot);    ///< 200 names for the same 8 MiB of zeros
void broken_crc(const fs::path& file, std::string_view root = kRoot);     ///< "abîmé.txt"
void broken_deflate(const fs::path& file, std::string_view root = kRoot); ///< "abîmé.txt": says deflated and is not
void encrypted(const fs::path& file, std::string_view root = kRoot);      ///< "secret.txt": bit 0
void unknown_method(const fs::path& file, std::string_view root = kRoot); ///< "inconnu.txt": compressed by method 97

// The whole archive; the good files cannot always be read
void truncated_in_data(const fs::path& file, std::string_view root = kRoot); ///< no central directory at all
void truncated_in_directory(const fs::path& file, std::string_view root = kRoot);
void truncated_end_record(const fs::path& file, std::string_view root = kRoot); ///< the last 10 bytes are missing
void wrong_count(const fs::path& file, std::string_view root = kRoot); ///< the end record promises 60,000 entries
void directory_beyond_end(const fs::path& file,
                          std::string_view root = kRoot); ///< the directory's offset lies behind the file
void empty_archive(const fs::path& file, std::string_view root = kRoot); ///< a valid zip without entries
void no_archive(const fs::path& file, std::string_view root = kRoot);    ///< random bytes
void empty_file(const fs::path& file, std::string_view root = kRoot);
void web_page(const fs::path& file, std::string_view root = kRoot); ///< a login page saved under the archive's name

// tgz
void tar_parent_path(const fs::path& file, std::string_view root = kRoot);
void tar_absolute_path(const fs::path& file, std::string_view root = kRoot);
void tar_symlink(const fs::path& file, std::string_view root = kRoot);
void tar_through_symlink(const fs::path& file, std::string_view root = kRoot); ///< a link to /tmp, then a file under it
void tar_hardlink(const fs::path& file, std::string_view root = kRoot);        ///< to /etc/passwd
void tar_device(const fs::path& file, std::string_view root = kRoot);
void tar_fifo(const fs::path& file, std::string_view root = kRoot);
void tar_duplicates(const fs::path& file, std::string_view root = kRoot);
void tar_latin1_names(const fs::path& file, std::string_view root = kRoot);
void tar_bomb(const fs::path& file, std::string_view root = kRoot);      ///< "bombe.bin": 64 MiB of zeros
void tar_truncated(const fs::path& file, std::string_view root = kRoot); ///< ends in the middle of "gros.bin"
void tar_broken(const fs::path& file, std::string_view root = kRoot);    ///< a byte of the compressed stream is wrong

/// One of the above, for tests that go through all.
struct Case {
    std::string_view name;
    std::string_view extension; ///< "zip" or "tgz"
    void (*write)(const fs::path& file, std::string_view root);
    bool good_files_readable; ///< both good files must be given
};
[[nodiscard]] std::span<const Case> all_cases();

/// A valid zip of `count` small stored files in folders of 100 below `root`, for measuring: "Dossier 0012/Fichier
/// 001234.txt".
void many_entries(const fs::path& file, std::uint64_t count, std::string_view root = kRoot);

} // namespace passerelle::exports::hostile
