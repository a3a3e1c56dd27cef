// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/headline.hpp"

#include "daemon/report/catalogue.hpp"
#include "daemon/report/view.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::report {
namespace {

constexpr CountedPhrase kNeedAttention{{"{} demande votre attention", "{} needs your attention"},
                                       {"{} demandent votre attention", "{} need your attention"}};
constexpr CountedPhrase kNotSent{{"{} n'a pas pu être envoyé", "{} could not be sent"},
                                 {"{} n'ont pas pu être envoyés", "{} could not be sent"}};
constexpr CountedPhrase kItemsNotSent{{"{} élément n'a pas pu être envoyé", "{} item could not be sent"},
                                      {"{} éléments n'ont pas pu être envoyés", "{} items could not be sent"}};
constexpr CountedPhrase kLeftToSend{{"{} élément reste à envoyer", "{} item is still to be sent"},
                                    {"{} éléments restent à envoyer", "{} items are still to be sent"}};
constexpr CountedPhrase kLeftOut{
    {"{} élément a été laissé de côté, avec la raison.", "{} item was left out, with the reason."},
    {"{} éléments ont été laissés de côté, chacun avec sa raison.", "{} items were left out, each with its reason."}};

std::string finished_headline(const Totals& totals, Language language) {
    const auto arrived = counted(totals.done, totals.arrived, language);
    if (totals.pending > 0) return fmt::format("{}, {}.", arrived, counted(totals.pending, kLeftToSend, language));
    if (totals.attention > 0 && totals.attention_counted)
        return fmt::format("{}, {}.", arrived, counted(totals.attention, kNeedAttention, language));
    if (totals.failed > 0) return fmt::format("{}, {}.", arrived, counted(totals.failed, kNotSent, language));
    if (totals.skipped == 0 && totals.export_incomplete)
        return std::string(
            Phrase{"Tout ce que contient l'export est arrivé.", "Everything that the export holds has arrived."}.in(
                language));
    if (totals.skipped == 0) return std::string(Phrase{"Tout est arrivé.", "Everything has arrived."}.in(language));
    if (totals.done == 0)
        return std::string(
            Phrase{"Il n'y avait rien de nouveau à envoyer.", "There was nothing new to send."}.in(language));
    return std::string(
        Phrase{"Tout ce qui devait arriver est arrivé.", "Everything that was to arrive has arrived."}.in(language));
}

std::string finished_subline(const Totals& totals, Language language) {
    if (totals.failed > 0) {
        const Phrase still_there{"Ce qui n'est pas arrivé est toujours dans votre export : rien n'est perdu.",
                                 "What did not arrive is still in your export: nothing is lost."};
        if (!totals.attention_counted) return std::string(still_there.in(language));
        return fmt::format("{}. {}", counted(totals.failed, kItemsNotSent, language), still_there.in(language));
    }
    if (totals.attention > 0)
        return std::string(Phrase{"Aucun envoi n'a échoué : il s'agit de points à regarder quand vous aurez le temps.",
                                  "Nothing failed to be sent: these are points to look at when you have the time."}
                               .in(language));
    return totals.skipped > 0 ? counted(totals.skipped, kLeftOut, language) : std::string();
}

std::string so_far(const Totals& totals, Language language) {
    return fmt::format("{}, {}.", counted(totals.done, totals.arrived, language),
                       counted(totals.pending, kLeftToSend, language));
}

} // namespace

bool tells_of_a_gap(const std::vector<Reason>& problems) {
    return std::ranges::any_of(problems, [](const Reason& problem) {
        return Catalogue::instance().severity(problem.code) >= Severity::warning;
    });
}

Totals totals_of(const View& view) {
    const auto& digest = view.digest;
    return {.phase = view.job.phase,
            .arrived = kFilesArrived,
            .done = digest.all.of(Outcome::done).files,
            .skipped = digest.all.of(Outcome::skipped).items(),
            .failed = digest.all.of(Outcome::failed).items(),
            .pending = digest.all.of(Outcome::pending).items(),
            .attention = digest.attention,
            .export_incomplete = tells_of_a_gap(view.job.problems)};
}

std::string headline(const Totals& totals, Language language) {
    switch (totals.phase) {
    case JobPhase::planning:
        return std::string(Phrase{"La migration est en préparation.", "The migration is being prepared."}.in(language));
    case JobPhase::running:
    case JobPhase::finishing:
        return std::string(Phrase{"La migration est en cours.", "The migration is running."}.in(language));
    case JobPhase::stopped:
        return std::string(Phrase{"La migration s'est arrêtée avant la fin. Rien n'est perdu.",
                                  "The migration stopped before its end. Nothing is lost."}
                               .in(language));
    case JobPhase::finished:
        return finished_headline(totals, language);
    }
    return {};
}

std::string subline(const Totals& totals, Language language) {
    switch (totals.phase) {
    case JobPhase::planning:
        return std::string(Phrase{"Rien n'a encore été envoyé.", "Nothing has been sent yet."}.in(language));
    case JobPhase::running:
    case JobPhase::finishing:
        return fmt::format("{} {}", Phrase{"À cet instant :", "At this moment:"}.in(language),
                           so_far(totals, language));
    case JobPhase::stopped:
        return fmt::format(
            "{} {}", so_far(totals, language),
            Phrase{"Elle reprendra là où elle en était.", "It will go on where it stopped."}.in(language));
    case JobPhase::finished:
        return finished_subline(totals, language);
    }
    return {};
}

} // namespace passerelle::report
