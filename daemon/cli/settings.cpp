// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/settings.hpp"

#include "daemon/config/config.hpp"

#include <string_view>

namespace passerelle::cli {
namespace {

constexpr const char* kWorkerName = "passerelle-convert";

std::optional<std::filesystem::path> given(const std::filesystem::path& path) {
    if (path.empty()) return std::nullopt;
    return path;
}

Language language_of_environment() {
    const auto environment = config::process_environment();
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const auto value = environment(name))
            return value->starts_with("en") ? Language::english : Language::french;
    return Language::french;
}

} // namespace

Result<Settings> resolve_settings(const Arguments& arguments) {
    auto settings = config::load(given(arguments.config_file), config::process_environment());
    if (!settings) return settings;
    if (!arguments.state_folder.empty())
        config::move_state(*settings, std::filesystem::absolute(arguments.state_folder));
    if (arguments.connections) settings->connections = static_cast<std::int64_t>(*arguments.connections);
    if (arguments.workers) settings->workers = static_cast<std::int64_t>(*arguments.workers);
    return settings;
}

Language resolve_language(const Arguments& arguments, const Settings& settings) {
    if (arguments.asked_language) return *arguments.asked_language;
    return from_string<Language>(settings.language).value_or(language_of_environment());
}

std::filesystem::path convert_worker() {
    std::error_code unknown;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", unknown).parent_path();
    const auto beside = folder / kWorkerName;
    if (std::filesystem::exists(beside, unknown)) return beside;
    return folder.parent_path() / "libexec" / "passerelle" / kWorkerName;
}

} // namespace passerelle::cli
