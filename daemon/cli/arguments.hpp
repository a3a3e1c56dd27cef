// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/words.hpp"
#include "daemon/plan/plan.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace passerelle::cli {

enum class Command {
    scan,
    plan,
    migrate,
    sync,
    resume,
    retry,
    undo,
    backup,
    forget,
    convert,
    jobs,
    status,
    report,
    people,
    shares,
    log,
    login,
    check_config,
    serve,
    pair
};

/// How the server is reached, as the person gave it; empty fields are taken from what `login` stored.
struct TargetArguments {
    std::string url;
    std::string user;
    std::filesystem::path password_file;
    std::filesystem::path ca_file;
    bool insecure_http = false;
};

enum class Output { text, json, csv };

/// The command line, checked for form. A value.
struct Arguments {
    Command command = Command::scan;
    std::optional<Language> asked_language; ///< --language
    Language language = Language::french;   ///< settled by run(): see resolve_language()
    std::filesystem::path config_file;
    std::filesystem::path state_folder; ///< empty: as the settings say
    Output output = Output::text;

    std::vector<std::filesystem::path> exports; ///< scan, plan, migrate, sync; the files of convert
    TargetArguments target;
    plan::Choices choices;
    std::optional<std::size_t> connections;
    std::optional<std::size_t> workers;
    std::filesystem::path report_file; ///< migrate, sync --report; the extension chooses the form
    std::filesystem::path places_file; ///< plan, migrate --places
    bool create_team_folders = false;  ///< migrate --create-team-folders

    std::optional<std::int64_t> job;     ///< resume, retry, undo, status, report, people, shares, log
    std::string report_format;           ///< report --format
    bool all_failures = false;           ///< retry --all
    std::vector<std::int64_t> items;     ///< retry: the lines that are meant; none: all
    std::filesystem::path backup_file;   ///< backup
    std::string forget_user;             ///< forget --user
    bool certain = false;                ///< undo --yes
    std::filesystem::path table_file;    ///< people, shares --csv
    std::filesystem::path accesses_file; ///< people --accesses
    std::vector<std::pair<std::string, std::filesystem::path>> members; ///< people, shares --members FOLDER=FILE
    std::string shares = "none";       ///< plan, migrate, sync --shares: none, source, or a table's file
    std::filesystem::path people_file; ///< plan, migrate, sync, shares --people
    bool apply = false;                ///< shares --apply
    bool notify = false;               ///< shares --notify
    bool again = false;                ///< shares --again
    bool create_groups = false;        ///< shares --create-groups
    bool example = false;              ///< check-config --example
    bool follow = false;               ///< log --follow
    bool anew = false;                 ///< pair --anew
    std::filesystem::path out_folder;  ///< convert --outdir
};

/// What parsing came to: arguments, or an exit code after help or a usage error was printed.
struct Parsed {
    std::optional<Arguments> arguments;
    int exit_code = 0;
};

[[nodiscard]] Parsed parse(int argc, const char* const* argv);

} // namespace passerelle::cli
