// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/config/config.hpp"

#include "core/content.hpp"
#include "core/reason_codes.hpp"
#include "core/units.hpp"

#include <array>
#include <cstdlib>
#include <string>

namespace passerelle::config {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxFileBytes = kMiB;

/// A directory of the XDG Base Directory Specification: a relative one is to be ignored.
std::optional<fs::path> xdg_directory(const Environment& environment, const char* variable, const char* under_home) {
    if (const auto named = environment(variable); named && fs::path(*named).is_absolute()) return fs::path(*named);
    if (const auto home = environment("HOME")) return fs::path(*home) / under_home;
    return std::nullopt;
}

fs::path default_state_dir(const Environment& environment) {
    // systemd separates several directories by colons; the first one is ours.
    if (const auto given = environment("STATE_DIRECTORY")) return given->substr(0, given->find(':'));
    if (const auto state = xdg_directory(environment, "XDG_STATE_HOME", ".local/state")) return *state / "passerelle";
    return "/var/lib/passerelle";
}

Result<Settings> read(const fs::path& file) {
    std::error_code status;
    const auto bytes = fs::file_size(file, status);
    if (status == std::errc::no_such_file_or_directory)
        return Error(ErrorKind::permanent, codes::config_not_found, "", {{"file", file.string()}});
    auto text = status ? Result<std::string>(Error(ErrorKind::permanent, codes::config_unreadable, status.message()))
                       : read_all(FileContent(file, bytes), kMaxFileBytes);
    if (text) return parse(*text, file);
    return Error(ErrorKind::permanent, codes::config_unreadable, text.error().message, {{"file", file.string()}});
}

} // namespace

Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        if (!value || !*value) return std::nullopt;
        return value;
    };
}

std::optional<fs::path> find_file(const std::optional<fs::path>& asked, const Environment& environment) {
    if (asked) return asked;
    if (const auto named = environment("PASSERELLE_CONFIG")) return fs::path(*named);
    std::error_code ignored; // a place that cannot be looked into holds no configuration for us
    if (const auto own = xdg_directory(environment, "XDG_CONFIG_HOME", ".config");
        own && fs::exists(*own / "passerelle/passerelle.toml", ignored))
        return *own / "passerelle/passerelle.toml";
    const fs::path system = "/etc/passerelle/passerelle.toml";
    if (fs::exists(system, ignored)) return system;
    return std::nullopt;
}

void move_state(Settings& settings, const fs::path& state_dir) {
    const auto lies_there_by_default = [&](const std::string& path, const char* name) {
        return path.empty() || path == fs::path(settings.state_dir) / name;
    };
    if (lies_there_by_default(settings.scratch_dir, "scratch")) settings.scratch_dir = state_dir / "scratch";
    if (lies_there_by_default(settings.log_file, "log/passerelle.jsonl"))
        settings.log_file = state_dir / "log/passerelle.jsonl";
    const auto place = [&](std::string& path, const char* name) {
        if (lies_there_by_default(path, name)) path = state_dir / name;
    };
    place(settings.service_inboxes, "inbox");
    place(settings.service_pairing_file, "pairing.secret");
    place(settings.service_key_file, "passerelle.key");
    settings.state_dir = state_dir;
}

Result<Settings> load(const std::optional<fs::path>& asked, const Environment& environment) {
    const auto file = find_file(asked, environment);
    auto settings = file ? read(*file) : Result<Settings>(default_settings());
    if (!settings) return settings;
    const auto named = environment("PASSERELLE_STATE_DIR");
    if (named)
        move_state(*settings, *named);
    else if (!settings->state_dir.empty())
        move_state(*settings, settings->state_dir);
    else
        move_state(*settings, default_state_dir(environment));
    return settings;
}

} // namespace passerelle::config
