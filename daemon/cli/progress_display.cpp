// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/progress_display.hpp"

#include "daemon/cli/console.hpp"
#include "daemon/report/safe_text.hpp"
#include "daemon/report/wording.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <fmt/format.h>
#include <mutex>
#include <sys/ioctl.h>
#include <unistd.h>

namespace passerelle::cli {
namespace {

constexpr std::chrono::milliseconds kRedrawEvery{200};
constexpr std::chrono::seconds kLineEvery{10};
constexpr int kBarCells = 20;
constexpr std::chrono::seconds kBeforeGuessing{5}; // the first batches say little about the rest

Sentence activity_name(jobs::Activity activity) {
    switch (activity) {
    case jobs::Activity::reading:
        return {"lecture", "reading"};
    case jobs::Activity::converting:
        return {"conversion", "converting"};
    case jobs::Activity::uploading:
        return {"envoi", "uploading"};
    case jobs::Activity::finishing:
        return {"dates et favoris", "dates and favourites"};
    case jobs::Activity::waiting:
        return {"en attente", "waiting"};
    }
    return {};
}

/// Sleeps until `pause` is over; answers false when the display is to end.
bool sleep_for(std::chrono::milliseconds pause, const std::stop_token& over) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, over, pause, [] { return false; });
    return !over.stop_requested();
}

std::size_t terminal_columns() {
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/// The first `columns` characters; a character is taken for one column.
std::string cut(const std::string& text, std::size_t columns) {
    std::size_t shown = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool starts_character = (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
        if (starts_character && shown++ == columns) return text.substr(0, i);
    }
    return text;
}

} // namespace

std::string progress_line(const jobs::Progress& progress, std::chrono::seconds elapsed, Language language) {
    const auto& statement = progress.statement;
    const auto settled_items = statement.seen.items - statement.pending.items;
    const auto settled_bytes = statement.seen.bytes - statement.pending.bytes;
    const auto seconds = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(elapsed.count()));
    const auto rate = progress.sent_bytes / seconds;
    std::string line =
        fmt::format("{}/{} {}  {}/{}  {}/s", settled_items, statement.seen.items,
                    Sentence{"fichiers et dossiers", "files and folders"}.in(language),
                    report::human_bytes(settled_bytes, language), report::human_bytes(statement.seen.bytes, language),
                    report::human_bytes(rate, language));
    if (rate > 0 && statement.pending.items > 0 && elapsed >= kBeforeGuessing)
        line += fmt::format("  {} {}", Sentence{"reste", "left"}.in(language),
                            human_duration(std::chrono::seconds(statement.pending.bytes / rate)));
    if (statement.failed.items > 0)
        line += fmt::format("  {} {}", statement.failed.items, Sentence{"en échec", "failed"}.in(language));
    const auto what = progress.activity == jobs::Activity::waiting ? explain(Reason(progress.waiting_for), language)
                                                                   : progress.current;
    return line + fmt::format("  {}: {}", activity_name(progress.activity).in(language), report::visible(what));
}

ProgressDisplay::ProgressDisplay(const jobs::ProgressBoard& board, Language language)
    : board_(board), language_(language) {
    const bool terminal = ::isatty(STDERR_FILENO) != 0 && ::isatty(STDOUT_FILENO) != 0;
    thread_ =
        std::jthread([this, terminal](const std::stop_token& over) { terminal ? draw_bar(over) : print_lines(over); });
}

void ProgressDisplay::draw_bar(const std::stop_token& over) const {
    do {
        const auto progress = board_.snapshot();
        const auto& statement = progress.statement;
        const auto settled = statement.seen.items - statement.pending.items;
        const auto cells = statement.seen.items == 0 ? 0 : settled * kBarCells / statement.seen.items;
        std::string bar;
        for (std::uint64_t i = 0; i < kBarCells; ++i)
            bar += i < cells ? "█" : "░";
        const auto line = cut(bar + " " + progress_line(progress, elapsed(), language_), terminal_columns() - 1);
        fmt::print(stderr, "\r\033[K{}", line);
        std::fflush(stderr);
    } while (sleep_for(kRedrawEvery, over));
    fmt::print(stderr, "\r\033[K");
    std::fflush(stderr);
}

void ProgressDisplay::print_lines(const std::stop_token& over) const {
    while (sleep_for(kLineEvery, over))
        say(progress_line(board_.snapshot(), elapsed(), language_));
}

std::chrono::seconds ProgressDisplay::elapsed() const {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - started_);
}

} // namespace passerelle::cli
