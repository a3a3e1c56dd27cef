// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/console.hpp"

#include <cstdio>
#include <exception>
#include <fmt/format.h>
#include <string_view>

namespace {

using passerelle::Error;
using passerelle::cli::Ending;
namespace codes = passerelle::codes;

// The contract that scripts rely on.
enum ExitCode {
    kComplete = 0,
    kUsage = 1, ///< usage or configuration
    kExportUnreadable = 2,
    kSomeFailed = 3,    ///< finished, some items failed
    kServerRefused = 4, ///< 401, 507, unreachable, stopped: the job can be resumed
    kInternal = 5,
};

/// The only map from errors to exit codes: by the room that a code begins with.
ExitCode exit_code_of(const Error& error) {
    const auto room = std::string_view(error.code).substr(0, error.code.find('.'));
    const bool what_was_asked_for =
        error.code == codes::job_unknown || error.code == codes::server_insecure_http ||
        error.code == codes::target_destination_is_file || error.code == codes::target_destination_name ||
        error.code == codes::team_folder_unknown_place || error.code == codes::team_folder_places_unreadable ||
        error.code == codes::file_unreadable || error.code == codes::file_unwritable ||
        error.code == codes::convert_unavailable || error.code == codes::log_rooms;
    if (room == "usage" || room == "config" || what_was_asked_for) return kUsage;
    if (room == "export" || room == "source") return kExportUnreadable;
    if (room == "server" || room == "target" || room == "upload" || room == "job" || room == "disk" ||
        room == "journal" || room == "login" || room == "share" || room == "team_folder" || room == "service" ||
        room == "api")
        return kServerRefused;
    return kInternal;
}

ExitCode exit_code_of(Ending ending) {
    switch (ending) {
    case Ending::complete:
        return kComplete;
    case Ending::some_failed:
        return kSomeFailed;
    case Ending::stopped:
        return kServerRefused;
    }
    return kInternal;
}

} // namespace

int main(int argc, char** argv) {
    auto parsed = passerelle::cli::parse(argc, argv);
    if (!parsed.arguments) return parsed.exit_code;
    try {
        const auto ending = passerelle::cli::run(*parsed.arguments);
        if (ending) return exit_code_of(*ending);
        passerelle::cli::say_error(ending.error(), parsed.arguments->language);
        return exit_code_of(ending.error());
    } catch (const std::exception& exception) {
        fmt::print(stderr, "passerelle: internal error: {}\n", exception.what());
        return kInternal;
    }
}
