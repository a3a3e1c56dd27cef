// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "daemon/config/settings.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle::config {

/// Looks an environment variable up; nothing where it is unset or empty.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// That of this process.
[[nodiscard]] Environment process_environment();

/// Every field's fallback, as written in the table: paths may be empty.
[[nodiscard]] Settings default_settings();

/// The defaults with what the TOML text says instead. `file` is named in errors. Errors, all permanent, with the
/// parameters file, line, key and allowed as far as they apply: `config.syntax`, `config.unknown_key`,
/// `config.wrong_type`, `config.out_of_bounds`.
[[nodiscard]] Result<Settings> parse(std::string_view toml, const std::filesystem::path& file);

/// The file that load() reads, by this order: `asked` (--config), PASSERELLE_CONFIG, then the first that exists of
/// $XDG_CONFIG_HOME/passerelle/passerelle.toml (~/.config/…) and /etc/passerelle/passerelle.toml; nothing where all are
/// absent.
[[nodiscard]] std::optional<std::filesystem::path> find_file(const std::optional<std::filesystem::path>& asked,
                                                             const Environment& environment);

/// The settings in force: parse() of find_file(), with all paths filled in. state_dir is PASSERELLE_STATE_DIR, else the
/// setting, else the first of systemd's STATE_DIRECTORY, else $XDG_STATE_HOME/passerelle, else
/// ~/.local/state/passerelle, else /var/lib/passerelle; scratch_dir and log_file lie in it by default. Nothing is
/// created. Errors: those of parse(), `config.not_found`, `config.unreadable`.
[[nodiscard]] Result<Settings> load(const std::optional<std::filesystem::path>& asked, const Environment& environment);

/// Puts the state directory in its place, with what lies in it by default: what --state-dir asks for.
void move_state(Settings& settings, const std::filesystem::path& state_dir);

/// config/passerelle.example.toml: every field with its help, its bounds and its fallback.
[[nodiscard]] std::string example_file();

} // namespace passerelle::config
