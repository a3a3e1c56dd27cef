// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/sharing_session.hpp"

#include "core/reason_codes.hpp"
#include "daemon/cli/connection.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/engine.hpp"

#include <condition_variable>
#include <fmt/format.h>
#include <fstream>
#include <mutex>
#include <sstream>
#include <system_error>
#include <unistd.h>

namespace passerelle::cli {
namespace {

constexpr std::chrono::minutes kLineEvery{1}; // where no terminal shows every second
constexpr Sentence kWaits{"Nextcloud n'accepte plus de nouveau partage pour l'instant ; la suite dans {}.",
                          "Nextcloud takes no more new shares for now; goes on in {}."};

} // namespace

Result<SharingSession> open_sharing(const Arguments& arguments, const Settings& settings, std::stop_token stop) {
    SharingSession session;
    auto journal = open_journal(settings);
    if (!journal) return failure(journal);
    session.journal = std::move(*journal);
    auto job = find_job(*session.journal, arguments);
    if (!job) return failure(job);
    session.job = std::move(*job);
    const auto target = merge(arguments.target, access_from_text(session.job.access));
    auto server = connect(
        target, settings, [](const nextcloud::Waiting&) {}, std::move(stop));
    if (!server) return failure(server);
    session.server = std::move(*server);
    return session;
}

Result<std::optional<std::string>> read_table(const std::filesystem::path& file) {
    std::error_code unknown;
    if (!std::filesystem::exists(file, unknown)) return std::optional<std::string>{};
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream || !text) return Error(ErrorKind::job, codes::file_unreadable, "", {{"file", file.string()}});
    return std::optional(text.str());
}

Result<sharing::DecisionList> read_decisions(const std::filesystem::path& file) {
    if (file.empty()) return sharing::DecisionList();
    auto table = read_table(file);
    if (!table) return failure(table);
    return *table ? sharing::read_people_csv(**table) : sharing::DecisionList();
}

Result<void> write_table(const std::filesystem::path& file, const std::string& text) {
    auto draft = file;
    draft += ".part";
    std::ofstream stream(draft, std::ios::binary | std::ios::trunc);
    stream << text;
    stream.close();
    std::error_code failed;
    if (stream) std::filesystem::rename(draft, file, failed);
    if (stream && !failed) return {};
    std::error_code ignored;
    std::filesystem::remove(draft, ignored);
    return Error(ErrorKind::job, codes::file_unwritable, failed.message(), {{"file", file.string()}});
}

bool wait_for_limit(std::chrono::seconds left, const std::stop_token& stop, Language language) {
    const bool terminal = ::isatty(STDERR_FILENO) == 1;
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    for (auto since = std::chrono::seconds(0); left > std::chrono::seconds(0) && !stop.stop_requested(); ++since) {
        const auto line = fmt::format(fmt::runtime(kWaits.in(language)), human_duration(left));
        if (terminal)
            fmt::print(stderr, "\r\x1b[K{}", line);
        else if (since % kLineEvery == std::chrono::seconds(0))
            say(line);
        never.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
        --left;
    }
    if (terminal) fmt::print(stderr, "\r\x1b[K");
    return !stop.stop_requested();
}

} // namespace passerelle::cli
