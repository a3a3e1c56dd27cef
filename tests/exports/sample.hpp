// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/exports/bytes.hpp"
#include "tests/exports/names.hpp"
#include "tests/exports/sidecar.hpp"
#include "tests/exports/takeout.hpp"

#include <filesystem>
#include <string>
#include <vector>

/// The sample: what "Les Jardins de la Passerelle" keep in the cloud, an association that does not exist. scripts/demo
/// migrates it. Everything is the same each time, byte by byte.
namespace passerelle::exports {

/// A file of the association's drive. A value.
struct SampleFile {
    std::string path; ///< under the drive's root, as an export spells it
    Bytes content;
    Sidecar sidecar; ///< its true title, dates, star and permissions
};

/// All files, those of a folder together. French or English.
[[nodiscard]] std::vector<SampleFile> sample_files(Locale locale);

/// What write_sample_takeout() writes, before it is written.
[[nodiscard]] TakeoutBuilder sample_takeout(Locale locale);

// Each writes the sample into `directory` and answers what it wrote:
/// Two parts, one large film beside them, Contacts, Agenda, Keep, Tasks and Photos.
std::vector<std::filesystem::path> write_sample_takeout(const std::filesystem::path& directory, Locale locale);
/// One folder downloaded from the Drive page.
std::vector<std::filesystem::path> write_sample_drive_download(const std::filesystem::path& directory, Locale locale);
/// One zip, names decomposed.
std::vector<std::filesystem::path> write_sample_dropbox(const std::filesystem::path& directory, Locale locale);
/// A folder such as Drive for desktop keeps it: with stubs.
std::vector<std::filesystem::path> write_sample_folder(const std::filesystem::path& directory, Locale locale);

} // namespace passerelle::exports
