// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/cli/connection.hpp"
#include "daemon/jobs/migration.hpp"

#include <memory>

namespace passerelle::cli {

/// Everything that a migrating command works with, opened in the order in which mistakes show soonest: the export, the
/// journal, the server. Owns it all; lives as long as the command.
class Engine {
  public:
    [[nodiscard]] static Result<std::unique_ptr<Engine>> open(const std::vector<std::filesystem::path>& exports,
                                                              const TargetArguments& target, const Settings& settings,
                                                              const std::stop_token& stop);

    [[nodiscard]] const sources::Source& source() const { return *source_; }
    [[nodiscard]] journal::Journal& journal() { return *journal_; }
    [[nodiscard]] nextcloud::Nextcloud& server() { return *server_; }
    [[nodiscard]] jobs::ProgressBoard& progress() { return progress_; }
    [[nodiscard]] jobs::Tools tools();

  private:
    explicit Engine(const Settings& settings) : settings_(settings) {}

    const Settings settings_;
    jobs::ProgressBoard progress_;
    std::unique_ptr<sources::Source> source_;
    std::unique_ptr<journal::Journal> journal_;
    std::unique_ptr<nextcloud::Nextcloud> server_;
    std::unique_ptr<convert::Converter> converter_;
};

/// The journal alone, for commands that only look.
[[nodiscard]] Result<std::unique_ptr<journal::Journal>> open_journal(const Settings& settings);
/// The job that the arguments name. Error: `job.unknown` (job).
[[nodiscard]] Result<journal::Job> find_job(journal::Journal& journal, const Arguments& arguments);

/// The pool of converters as the settings want it.
[[nodiscard]] std::unique_ptr<convert::Converter> make_converter(const Settings& settings);

} // namespace passerelle::cli
