// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "core/words.hpp"
#include "daemon/cli/arguments.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/log/log.hpp"

#include <filesystem>

namespace passerelle::cli {

using config::Settings;

/// The settings in force for these arguments: the file's, and what the command line says instead. Errors: `config.*`
/// (permanent), each with the line.
[[nodiscard]] Result<Settings> resolve_settings(const Arguments& arguments);

/// --language, else the setting, else the environment's (LC_ALL, LC_MESSAGES, LANG; French where it names no language).
[[nodiscard]] Language resolve_language(const Arguments& arguments, const Settings& settings);

/// Where the log goes: its file; of the service standard error too. Error: `log.rooms` (permanent).
[[nodiscard]] Result<log::Options> log_options(const Arguments& arguments, const Settings& settings);

/// The executable passerelle-convert: beside this one, or where an installation has it.
[[nodiscard]] std::filesystem::path convert_worker();

} // namespace passerelle::cli
