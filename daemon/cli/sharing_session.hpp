// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "core/result.hpp"
#include "daemon/cli/arguments.hpp"
#include "daemon/cli/settings.hpp"
#include "daemon/jobs/sharing.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace passerelle::cli {

/// A job that is about to be shared, with its journal and its server. The export is not needed any more.
struct SharingSession {
    std::unique_ptr<journal::Journal> journal;
    journal::Job job;
    std::unique_ptr<nextcloud::Nextcloud> server;

    [[nodiscard]] jobs::SharingTools tools() { return {*journal, server->sharing()}; }
};

/// Opens the job that the arguments name. Errors: those of the journal and of connect().
[[nodiscard]] Result<SharingSession> open_sharing(const Arguments& arguments, const Settings& settings,
                                                  std::stop_token stop);

/// The table's text; nothing where there is no such file. Error: `file.unreadable` (job).
[[nodiscard]] Result<std::optional<std::string>> read_table(const std::filesystem::path& file);
/// The decisions of a table of people; none where there is no such file. Error: `file.unreadable` (job).
[[nodiscard]] Result<sharing::DecisionList> read_decisions(const std::filesystem::path& file);
/// Puts a table in the file's place, whole or not at all. Error: `file.unwritable` (job).
[[nodiscard]] Result<void> write_table(const std::filesystem::path& file, const std::string& text);

/// Waits on stderr, with the time that is left; answers false where a stop was asked for first.
[[nodiscard]] bool wait_for_limit(std::chrono::seconds left, const std::stop_token& stop, Language language);

} // namespace passerelle::cli
