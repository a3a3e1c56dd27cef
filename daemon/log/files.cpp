// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/log/files.hpp"

#include <fmt/chrono.h>

namespace passerelle::log {

std::filesystem::path put_aside(const std::filesystem::path& file, std::size_t number) {
    auto name = file.stem();
    name += fmt::format(".{}", number);
    name += file.extension();
    return file.parent_path() / name;
}

std::string time_text(std::chrono::system_clock::time_point moment) {
    const auto exact = std::chrono::time_point_cast<std::chrono::milliseconds>(moment);
    const auto milliseconds = exact.time_since_epoch().count() % 1000;
    return fmt::format("{:%FT%T}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(exact)), milliseconds);
}

} // namespace passerelle::log
