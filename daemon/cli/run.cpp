// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/commands.hpp"

#include "core/units.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/config/config.hpp"
#include "daemon/log/log.hpp"

#include <fmt/format.h>

namespace passerelle::cli {
namespace {

Result<void> set_up_log(const Arguments& arguments, const Settings& settings) {
    auto options = log_options(arguments, settings);
    if (!options) return failure(options);
    return log::set_up(*options);
}

} // namespace

Result<log::Options> log_options(const Arguments& arguments, const Settings& settings) {
    auto rooms = log::parse_rooms(settings.log_rooms);
    if (!rooms) return failure(rooms);
    return log::Options{.level = log::level_from(settings.log_level).value_or(log::Level::info),
                        .rooms = std::move(*rooms),
                        .on_stderr = arguments.command == Command::serve,
                        .stderr_format = settings.log_format == "json" ? log::Format::json : log::Format::text,
                        .file = settings.log_file,
                        .file_bytes = static_cast<std::uint64_t>(settings.log_file_mib) * kMiB,
                        .kept_files = static_cast<std::size_t>(settings.log_kept_files)};
}

Result<Ending> run(Arguments& arguments) {
    arguments.language =
        resolve_language(arguments, config::default_settings()); // in which errors of the settings are said
    auto settings = resolve_settings(arguments);
    if (!settings) return failure(settings);
    arguments.language = resolve_language(arguments, *settings);
    arguments.choices.language = arguments.language;
    if (auto log = set_up_log(arguments, *settings); !log) return failure(log);
    switch (arguments.command) {
    case Command::scan:
        return scan(arguments, *settings);
    case Command::plan:
        return show_plan(arguments, *settings);
    case Command::migrate:
    case Command::sync:
        return migrate(arguments, *settings);
    case Command::resume:
        return resume(arguments, *settings);
    case Command::retry:
        return retry(arguments, *settings);
    case Command::undo:
        return undo(arguments, *settings);
    case Command::backup:
        return back_up(arguments, *settings);
    case Command::forget:
        return forget(arguments, *settings);
    case Command::convert:
        return convert_files(arguments, *settings);
    case Command::jobs:
        return list_jobs(arguments, *settings);
    case Command::status:
        return status(arguments, *settings);
    case Command::report:
        return write_report(arguments, *settings);
    case Command::people:
        return people(arguments, *settings);
    case Command::shares:
        return shares(arguments, *settings);
    case Command::log:
        return show_log(arguments, *settings);
    case Command::serve:
        return serve(arguments, *settings);
    case Command::pair:
        return pair(arguments, *settings);
    case Command::login:
        return login(arguments, *settings);
    case Command::check_config:
        if (arguments.example) {
            fmt::print("{}", config::example_file());
            return Ending::complete;
        }
        say(Sentence{"Le fichier de réglages est en ordre.", "The settings file is in order."}.in(arguments.language));
        return Ending::complete;
    }
    return Ending::complete;
}

} // namespace passerelle::cli
