// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/hostile.hpp"

#include <array>

namespace passerelle::exports::hostile {
namespace {

constexpr auto kCases = std::to_array<Case>({
    {"parent_path", "zip", parent_path, true},
    {"absolute_path", "zip", absolute_path, true},
    {"drive_letter", "zip", drive_letter, true},
    {"backslashes", "zip", backslashes, true},
    {"dot_segments", "zip", dot_segments, true},
    {"control_characters", "zip", control_characters, true},
    {"empty_name", "zip", empty_name, true},
    {"slash_entry", "zip", slash_entry, true},
    {"long_name", "zip", long_name, true},
    {"deep_path", "zip", deep_path, true},
    {"latin1_names", "zip", latin1_names, true},
    {"broken_utf8_names", "zip", broken_utf8_names, true},
    {"cp437_names", "zip", cp437_names, true},
    {"names_differ", "zip", names_differ, true},
    {"symlink", "zip", symlink, true},
    {"device", "zip", device, true},
    {"fifo", "zip", fifo, true},
    {"duplicates", "zip", duplicates, true},
    {"differing_duplicates", "zip", differing_duplicates, true},
    {"case_twins", "zip", case_twins, true},
    {"normal_form_twins", "zip", normal_form_twins, true},
    {"file_and_directory", "zip", file_and_directory, true},
    {"size_too_small", "zip", size_too_small, true},
    {"size_too_large", "zip", size_too_large, true},
    {"compressed_beyond_end", "zip", compressed_beyond_end, true},
    {"bomb", "zip", bomb, true},
    {"overlapping", "zip", overlapping, true},
    {"broken_crc", "zip", broken_crc, true},
    {"broken_deflate", "zip", broken_deflate, true},
    {"encrypted", "zip", encrypted, true},
    {"unknown_method", "zip", unknown_method, true},
    {"truncated_in_data", "zip", truncated_in_data, false},
    {"truncated_in_directory", "zip", truncated_in_directory, false},
    {"truncated_end_record", "zip", truncated_end_record, false},
    {"wrong_count", "zip", wrong_count, false},
    {"directory_beyond_end", "zip", directory_beyond_end, false},
    {"empty_archive", "zip", empty_archive, false},
    {"no_archive", "zip", no_archive, false},
    {"empty_file", "zip", empty_file, false},
    {"web_page", "zip", web_page, false},
    {"tar_parent_path", "tgz", tar_parent_path, true},
    {"tar_absolute_path", "tgz", tar_absolute_path, true},
    {"tar_symlink", "tgz", tar_symlink, true},
    {"tar_through_symlink", "tgz", tar_through_symlink, true},
    {"tar_hardlink", "tgz", tar_hardlink, true},
    {"tar_device", "tgz", tar_device, true},
    {"tar_fifo", "tgz", tar_fifo, true},
    {"tar_duplicates", "tgz", tar_duplicates, true},
    {"tar_latin1_names", "tgz", tar_latin1_names, true},
    {"tar_bomb", "tgz", tar_bomb, true},
    {"tar_truncated", "tgz", tar_truncated, false},
    {"tar_broken", "tgz", tar_broken, false},
});

} // namespace

std::span<const Case> all_cases() {
    return kCases;
}

} // namespace passerelle::exports::hostile
