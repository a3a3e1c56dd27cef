// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// Readers that are not ours: what libzip and libarchive say of an archive.
namespace passerelle::exports {

struct ReadZip {
    std::vector<std::string> names;           ///< raw bytes, in the directory's order
    std::map<std::string, std::string> files; ///< bytes of those that could be read
    bool sound = false;                       ///< consistent, and every entry could be read with a right CRC
};
[[nodiscard]] ReadZip read_zip(const std::filesystem::path& file);

/// Names and bytes in the archive's order; what is no file has no bytes.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> read_tgz(const std::filesystem::path& file);

[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// A new directory that goes with the object.
class TemporaryDirectory {
  public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

} // namespace passerelle::exports
