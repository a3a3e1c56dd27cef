// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/nextcloud_double.hpp"
#include "tests/program/program.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace passerelle::program {

using Words = std::vector<std::string>;

/// A folder of its own, gone with the object.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] std::filesystem::path path() const { return path_; }
    /// A file in it that holds the text; parents are made.
    std::filesystem::path write(const std::string& name, const std::string& text) const;

  private:
    std::filesystem::path path_;
};

/// What a report says of a file on the server.
struct ArrivedFile {
    std::uint64_t bytes = 0;
    std::string sha256;
};

/// What the ledger of a job says, as `report` prints it.
struct Ledger {
    struct Sum {
        std::uint64_t items = 0;
        std::uint64_t bytes = 0;
    };
    Sum seen, done, skipped, failed, pending;
    std::map<std::string, ArrivedFile> arrived;      ///< by path on the server
    std::map<std::string, std::string> states;       ///< by path in the export
    std::multimap<std::string, std::string> reasons; ///< codes by path in the export
};

/// A server, somebody's home, and the program between them.
class Scene {
  public:
    explicit Scene(fakes::DoubleOptions options = {});

    fakes::NextcloudDouble server;

    [[nodiscard]] const Folder& folder() const { return folder_; }
    [[nodiscard]] std::filesystem::path state() const { return folder_.path() / "state"; }
    /// The words that begin a command and name the export and the account.
    [[nodiscard]] Words migrate(const std::vector<std::filesystem::path>& exports, const Words& more = {}) const;
    /// The options that name the account.
    [[nodiscard]] Words target() const;

    /// Starts a command; it speaks English unless the words say otherwise.
    [[nodiscard]] Program start(Words words) const;
    [[nodiscard]] Outcome run(Words words) const { return start(std::move(words)).wait(); }

    /// `more`: options that name another journal.
    [[nodiscard]] Ledger ledger(int job = 1, const Words& more = {}) const;
    /// The number of the migration that was begun last.
    [[nodiscard]] int newest_job(const Words& more = {}) const;

    /// The report of a finished job is true: it adds up, nothing is left to do, and the files that it says have
    /// arrived are exactly those on the server.
    void expect_true_report(int job = 1) const;
    /// What a finished job leaves behind is the journal, the log and nothing else.
    void expect_tidy() const;

  private:
    Folder folder_;
    std::filesystem::path password_;
    std::filesystem::path settings_;
};

/// The requests that change something on the server.
[[nodiscard]] std::vector<fakes::SeenRequest> changes(const fakes::NextcloudDouble& server);

} // namespace passerelle::program
