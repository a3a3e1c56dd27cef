// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/exports/bytes.hpp"
#include "tests/exports/names.hpp"
#include "tests/exports/pack.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace passerelle::exports {

/// Makes what the Drive page downloads: a folder as "<Folder>-20250821T104544Z-1-001.zip" with that folder inside, or
/// several things as "drive-download-<ts>Z-1-001.zip" with the files at the root. Paths are UTF-8 under the folder. A
/// value.
class DriveDownloadBuilder {
  public:
    /// `folder` empty: several things were selected.
    explicit DriveDownloadBuilder(std::string folder = {}) : folder_(std::move(folder)) {}

    DriveDownloadBuilder& made_at(Timestamp moment);
    /// "-001" instead of "-1-001", as it was some years ago.
    DriveDownloadBuilder& old_naming();
    DriveDownloadBuilder& style(ZipStyle style);
    /// A path that ends in '/' is an empty folder.
    DriveDownloadBuilder& file(std::string path, Bytes content, std::optional<Timestamp> modified = std::nullopt);
    /// Where the thing described last lies; part 1 unless said.
    DriveDownloadBuilder& part(int part);

    /// Writes the parts, the same bytes each time, and answers their paths in order.
    std::vector<std::filesystem::path> write(const std::filesystem::path& directory) const;

  private:
    std::string folder_;
    Timestamp made_at_ = kExportTime;
    bool old_naming_ = false;
    ZipStyle style_;
    std::vector<std::pair<int, Packed>> things_;
};

/// Makes the zip that dropbox.com gives for a folder: a spurious "/" entry, no folder around the contents, directory
/// entries after their files, flags 0x808, Unix modes without a file type. A value.
class DropboxBuilder {
  public:
    explicit DropboxBuilder(std::string folder) : folder_(std::move(folder)) {}

    /// Names are written decomposed, as a Mac had uploaded them.
    DropboxBuilder& decomposed_names();
    DropboxBuilder& file(const std::string& path, Bytes content, Timestamp modified = kExportTime);
    DropboxBuilder& folder(const std::string& path);

    /// Writes "<folder>.zip", the same bytes each time.
    std::filesystem::path write(const std::filesystem::path& directory) const;

  private:
    std::string folder_;
    bool decomposed_ = false;
    std::vector<Packed> files_;
    std::vector<std::string> folders_;
};

/// Makes a plain folder, such as Drive for desktop or Dropbox's program keep. Paths are raw bytes under it. A value.
class FolderBuilder {
  public:
    FolderBuilder& file(std::string path, Bytes content, Timestamp modified = kExportTime);
    FolderBuilder& folder(std::string path);
    FolderBuilder& symlink(std::string path, std::string target);
    /// A .gdoc, .gsheet … of Drive for desktop, which holds a link and no content; `old_form` is that of older
    /// versions.
    FolderBuilder& google_stub(std::string path, bool old_form = false);
    /// desktop.ini, Thumbs.db, .DS_Store, "Icon\r", .dropbox and .dropbox.cache/: what is nobody's document.
    FolderBuilder& system_files(const std::string& folder = {});

    /// Writes the tree into `directory`.
    void write(const std::filesystem::path& directory) const;

  private:
    struct Thing {
        std::string path;
        Bytes content;
        Timestamp modified;
    };
    std::vector<Thing> files_;
    std::vector<std::string> folders_;
    std::map<std::string, std::string> symlinks_;
};

} // namespace passerelle::exports
