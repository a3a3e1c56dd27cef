// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/log/old_lines.hpp"

#include "daemon/log/files.hpp"
#include "daemon/log/lines.hpp"

#include <fstream>

namespace passerelle::log {
namespace {

/// When the file's first line was written; nothing where it has none.
std::optional<std::string> beginning_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    for (std::string text; std::getline(in, text);)
        if (const auto line = from_json(text)) return line->time;
    return std::nullopt;
}

/// Times of the log's lines are compared as texts.
bool begins_before(const std::filesystem::path& file, std::chrono::system_clock::time_point moment) {
    const auto beginning = beginning_of(file);
    return beginning && *beginning < time_text(moment);
}

} // namespace

void forget_old_lines(const Options& options, std::chrono::days kept, std::chrono::system_clock::time_point now) {
    const auto share = std::chrono::duration_cast<std::chrono::hours>(kept) / (options.kept_files + 1);
    if (begins_before(options.file, now - share)) {
        if (auto begun = begin_new_file(); !begun) logger("log").error("{}", begun.error().message);
    }
    for (std::size_t number = options.kept_files; number > 0; --number) {
        const auto file = put_aside(options.file, number);
        std::error_code ignored; // it is tried again tomorrow
        if (begins_before(file, now - kept)) std::filesystem::remove(file, ignored);
    }
}

} // namespace passerelle::log
