// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/summary.hpp"

#include "daemon/report/catalogue.hpp"
#include "daemon/report/headline.hpp"
#include "daemon/report/safe_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::report {
namespace {

constexpr std::size_t kReasonsShown = 3;

/// In characters, as the terminal counts its columns.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }));
}

std::string padded_left(const std::string& text, std::size_t width) {
    return std::string(width - std::min(width, width_of(text)), ' ') + text;
}

std::string padded_right(std::string_view text, std::size_t width) {
    return std::string(text) + std::string(width - std::min(width, width_of(text)), ' ');
}

bool asks_for_attention(const journal::ReasonCount& reason) {
    return Catalogue::instance().severity(reason.code) >= Severity::warning;
}

Totals totals_of(const journal::Job& job, const journal::Statement& statement,
                 const std::vector<journal::ReasonCount>& reasons) {
    const bool remarks = std::ranges::any_of(reasons, asks_for_attention);
    return {.phase = job.phase,
            .arrived = kItemsArrived,
            .done = statement.done.items,
            .skipped = statement.skipped.items,
            .failed = statement.failed.items,
            .pending = statement.pending.items,
            .attention = remarks ? 1u : statement.failed.items,
            .export_incomplete = tells_of_a_gap(job.problems),
            .attention_counted = false};
}

/// "  arrivés            412   46,2 Mo", one line for each part that is not empty, the total last.
void add_sum(std::string& text, const journal::Statement& statement, Language language) {
    struct Line {
        Phrase name;
        const journal::Statement::Sum& sum;
        bool always;
    };
    const Line lines[] = {{{"arrivés", "arrived"}, statement.done, true},
                          {{"laissés de côté", "left out"}, statement.skipped, false},
                          {{"pas envoyés", "not sent"}, statement.failed, false},
                          {{"restent à faire", "still to do"}, statement.pending, false},
                          {{"= vus dans l'export", "= seen in the export"}, statement.seen, true}};
    for (const auto& [name, sum, always] : lines) {
        if (!always && sum.items == 0) continue;
        text += fmt::format("  {}{}  {}\n", padded_right(name.in(language), 20),
                            padded_left(grouped(sum.items, language), 10),
                            padded_left(human_bytes(sum.bytes, language), 12));
    }
}

void add_reasons(std::string& text, const std::vector<journal::ReasonCount>& reasons, Language language) {
    std::size_t shown = 0;
    std::size_t more = 0;
    for (const auto& reason : reasons) {
        if (!asks_for_attention(reason)) continue;
        if (++shown > kReasonsShown) {
            ++more;
            continue;
        }
        if (shown == 1) text += fmt::format("{}\n", Phrase{"À regarder :", "Worth a look:"}.in(language));
        text += fmt::format("  {} × {}\n", grouped(reason.items, language),
                            visible(Catalogue::instance().general_text(reason.code, language)));
    }
    constexpr CountedPhrase kMore{{"  et {} autre raison, dans le rapport", "  and {} more reason, in the report"},
                                  {"  et {} autres raisons, dans le rapport", "  and {} more reasons, in the report"}};
    if (more > 0) text += counted(more, kMore, language) + "\n";
}

void add_problems(std::string& text, const journal::Job& job, Language language) {
    for (const auto& problem : job.problems)
        if (tells_of_a_gap({problem})) text += visible(Catalogue::instance().text(problem, language)) + "\n";
}

void add_why_stopped(std::string& text, const journal::Job& job, Language language) {
    if (!job.stopped_by) return;
    const auto& catalogue = Catalogue::instance();
    text += visible(catalogue.text(*job.stopped_by, language)) + "\n";
    if (const auto advice = catalogue.advice(*job.stopped_by, language); !advice.empty())
        text += visible(advice) + "\n";
}

void add_next_steps(std::string& text, const journal::Job& job, const journal::Statement& statement,
                    Language language) {
    const auto step = [&](const Phrase& what, std::string_view command) {
        text += fmt::format("{} passerelle {}\n", what.in(language), fmt::format(fmt::runtime(command), job.id.value));
    };
    if (job.phase == JobPhase::stopped) step({"Pour reprendre :", "To go on:"}, "resume {}");
    if (job.phase == JobPhase::finished && statement.retryable > 0)
        step({"Pour réessayer ce qui n'est pas passé :", "To retry what was not sent:"}, "retry {}");
    step({"Le rapport complet :", "The full report:"}, "report {} --format html");
}

} // namespace

std::string summary(const journal::Job& job, const journal::Statement& statement,
                    const std::vector<journal::ReasonCount>& reasons, Language language) {
    const auto totals = totals_of(job, statement, reasons);
    std::string text = headline(totals, language) + "\n";
    if (const auto more = subline(totals, language); !more.empty()) text += more + "\n";
    add_why_stopped(text, job, language);
    add_problems(text, job, language);
    add_sum(text, statement, language);
    constexpr CountedPhrase kConverted{
        {"{} document est maintenant au format OpenDocument.", "{} document is now in OpenDocument format."},
        {"{} documents sont maintenant au format OpenDocument.", "{} documents are now in OpenDocument format."}};
    if (statement.converted > 0) text += counted(statement.converted, kConverted, language) + "\n";
    add_reasons(text, reasons, language);
    add_next_steps(text, job, statement, language);
    return text;
}

} // namespace passerelle::report
