// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "daemon/cli/arguments.hpp"
#include "daemon/cli/settings.hpp"

namespace passerelle::cli {

/// How a command ended that did not end in an Error.
enum class Ending {
    complete,    ///< everything done or skipped as planned
    some_failed, ///< finished, some items failed
    stopped      ///< as somebody asked for; it was told already
};

// One function a command, in a file of its name (people and shares in sharing.cpp). Data goes to stdout, messages to
// stderr. Errors are for main, which knows the exit codes.
Result<Ending> scan(const Arguments& arguments, const Settings& settings);
Result<Ending> show_plan(const Arguments& arguments, const Settings& settings);
Result<Ending> migrate(const Arguments& arguments, const Settings& settings);
Result<Ending> resume(const Arguments& arguments, const Settings& settings);
Result<Ending> retry(const Arguments& arguments, const Settings& settings);
Result<Ending> undo(const Arguments& arguments, const Settings& settings);
Result<Ending> back_up(const Arguments& arguments, const Settings& settings);
Result<Ending> forget(const Arguments& arguments, const Settings& settings);
Result<Ending> convert_files(const Arguments& arguments, const Settings& settings);
Result<Ending> list_jobs(const Arguments& arguments, const Settings& settings);
Result<Ending> status(const Arguments& arguments, const Settings& settings);
Result<Ending> write_report(const Arguments& arguments, const Settings& settings);
Result<Ending> people(const Arguments& arguments, const Settings& settings);
Result<Ending> shares(const Arguments& arguments, const Settings& settings);
Result<Ending> show_log(const Arguments& arguments, const Settings& settings);
Result<Ending> serve(const Arguments& arguments, const Settings& settings);
Result<Ending> pair(const Arguments& arguments, const Settings& settings);
Result<Ending> login(const Arguments& arguments, const Settings& settings);

/// The command that the arguments name; settles their language first.
Result<Ending> run(Arguments& arguments);

} // namespace passerelle::cli
