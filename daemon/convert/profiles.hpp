// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "core/unique_fd.hpp"

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

namespace passerelle::convert {

/// LibreOffice's settings for a worker: no macros, no links followed, no wizard, no lock files beside documents, no
/// Java, no OpenCL, nothing saved or recovered by itself. `language` ("fr-FR") rules what a document leaves open.
[[nodiscard]] std::string settings_xml(const std::string& language);

/// A folder of the workers, removed at the end with all that is in it. Movable.
class PrivateFolder {
  public:
    explicit PrivateFolder(std::filesystem::path path) : path_(std::move(path)) {}
    PrivateFolder(PrivateFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    PrivateFolder& operator=(PrivateFolder&& other) noexcept {
        std::swap(path_, other.path_);
        return *this;
    }
    ~PrivateFolder();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// The folder of the workers' profiles, which begin with our settings and nothing else. Internally locked.
class Profiles {
  public:
    /// Takes the folder for this process, and removes what a process that was killed has left in it. Errors:
    /// `convert.unavailable`, also where another process uses the folder.
    [[nodiscard]] static Result<std::unique_ptr<Profiles>> open(std::filesystem::path scratch, std::string language);
    /// Removes a folder that open() had taken for a process that was killed; nothing where that process still runs.
    static void remove_abandoned(const std::filesystem::path& scratch);
    /// Removes what this class has made, and the folder unless something else stands in it.
    ~Profiles();

    /// A new profile for one worker. Error: `convert.unavailable`.
    [[nodiscard]] Result<PrivateFolder> make();
    /// A new folder for one document's result, and for what LibreOffice puts beside it. Error: `convert.unavailable`.
    [[nodiscard]] Result<PrivateFolder> make_for_result();
    /// Where a completed installation may be made (installation.hpp). Nothing stands there yet; it is removed with the
    /// profiles.
    [[nodiscard]] std::filesystem::path installation() const;
    /// A folder for what must not outlive the profiles; not made yet.
    [[nodiscard]] std::filesystem::path results() const;

  private:
    Profiles(std::filesystem::path scratch, std::string language, UniqueFd lock);

    const std::filesystem::path scratch_;
    const std::string language_;
    UniqueFd lock_;
    std::atomic<std::size_t> made_{0};
};

} // namespace passerelle::convert
