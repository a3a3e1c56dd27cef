// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/console.hpp"
#include "daemon/cli/sharing_view.hpp"
#include "daemon/report/safe_text.hpp"
#include "daemon/sharing/words.hpp"

#include <fmt/format.h>

namespace passerelle::cli {
namespace {

using journal::ShareState;
using report::visible;

constexpr Sentence kWouldSee{"Qui verra quoi :", "Who would see what:"};
constexpr Sentence kSees{"Qui voit quoi :", "Who sees what:"};
constexpr Sentence kNothing{"Aucun partage à faire.", "No share to make."};
constexpr Sentence kProposed{"Proposé, mais pas partagé :", "Proposed, but not shared:"};
constexpr Sentence kRemarks{"À savoir :", "Worth knowing:"};
constexpr Sentence kNotFound{"À décider (passerelle people {} --csv FICHIER) :",
                             "To decide (passerelle people {} --csv FILE):"};
constexpr Sentence kNotFoundYet{"À décider (--people FICHIER) :", "To decide (--people FILE):"};
constexpr Sentence kStays{"Plus prévu, mais toujours partagé :", "No longer planned, but still shared:"};

std::string said(const Sentence& sentence, Language language) {
    return std::string(sentence.in(language));
}

std::string recipient_text(const sharing::Recipient& recipient, Language language) {
    const auto id = visible(recipient.id);
    switch (recipient.kind) {
    case sharing::RecipientKind::group:
    case sharing::RecipientKind::new_group:
        return said({"groupe ", "group "}, language) + id;
    case sharing::RecipientKind::team:
    case sharing::RecipientKind::new_team:
        return said({"équipe ", "team "}, language) + id;
    case sharing::RecipientKind::guest:
        return said({"invité ", "guest "}, language) + id;
    case sharing::RecipientKind::domain:
        return said({"tout le domaine ", "the whole domain "}, language) + id;
    case sharing::RecipientKind::public_:
        return said({"tout le monde", "everybody"}, language);
    case sharing::RecipientKind::user:
    case sharing::RecipientKind::email:
    case sharing::RecipientKind::undecided:
        return id;
    }
    return id;
}

std::string state_text(ShareState state, Language language) {
    switch (state) {
    case ShareState::planned:
        return said({"prévu", "planned"}, language);
    case ShareState::made:
        return said({"partagé", "shared"}, language);
    case ShareState::changed:
        return said({"corrigé", "corrected"}, language);
    case ShareState::left:
        return said({"existait déjà", "stood already"}, language);
    case ShareState::refused:
        return said({"refusé", "refused"}, language);
    case ShareState::gone:
        return said({"retiré depuis", "removed since"}, language);
    case ShareState::undone:
        return said({"annulé", "undone"}, language);
    }
    return {};
}

std::string share_text(const sharing::Share& share, Language language) {
    auto text =
        fmt::format("{} : {}", recipient_text(share.recipient, language), sharing::right_word(share.right, language));
    if (language == Language::english) text.replace(text.find(" : "), 3, ": ");
    if (!share.may_download) text += said({", sans téléchargement", ", without download"}, language);
    if (share.expires) text += said({", jusqu'au ", ", until "}, language) + sharing::day_text(*share.expires);
    return text;
}

std::string reasons_text(const std::vector<Reason>& reasons, Language language) {
    std::string text;
    for (const auto& reason : reasons)
        text += "      " + explain(reason, language) + "\n";
    return text;
}

/// The shares by place, each with what became of it.
std::string planned_text(const SharesView& view, Language language) {
    const auto& shares = view.plan.shares;
    if (shares.empty()) return std::string(kNothing.in(language)) + "\n";
    std::string text = std::string((view.applied ? kSees : kWouldSee).in(language)) + "\n";
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (i == 0 || shares[i].path != shares[i - 1].path)
            text += "  /" + visible(shares[i].path) + (shares[i].is_folder ? "/" : "") + "\n";
        text += "    " + share_text(shares[i], language);
        if (view.applied) text += "  [" + state_text(view.applied->lines[i].state, language) + "]";
        text += "\n";
        if (view.applied) text += reasons_text(view.applied->lines[i].reasons, language);
    }
    return text;
}

std::string section(const Sentence& title, const std::vector<const Reason*>& reasons, Language language) {
    if (reasons.empty()) return {};
    std::string text = "\n" + std::string(title.in(language)) + "\n";
    for (const auto* reason : reasons)
        text += "  " + explain(*reason, language) + "\n";
    return text;
}

/// Whom nothing is shared with because nobody has confirmed who they are.
std::string undecided_text(std::optional<JobId> job, const std::vector<sharing::Person>& people, Language language) {
    std::string text;
    for (const auto& person : people) {
        const bool open = person.decision.kind == sharing::DecisionKind::undecided &&
                          person.match.state != sharing::MatchState::found;
        if (open) text += "  " + explain(person.match.reason, language) + "\n";
    }
    if (text.empty()) return text;
    const auto title =
        job ? fmt::format(fmt::runtime(kNotFound.in(language)), job->value) : std::string(kNotFoundYet.in(language));
    return "\n" + title + "\n" + text;
}

template <class List> std::vector<const Reason*> reasons_of(const List& list) {
    std::vector<const Reason*> reasons;
    for (const auto& entry : list)
        reasons.push_back(&entry.reason);
    return reasons;
}

} // namespace

std::string people_text(const PeopleView& view, Language language) {
    std::string text;
    for (const auto& person : view.people) {
        const auto recipient = sharing::recipient_of(person);
        if (recipient && recipient->kind >= sharing::RecipientKind::undecided) continue;
        text += fmt::format("{} → {}\n", visible(sharing::shown(person.match.principal)),
                            recipient ? recipient_text(*recipient, language) : said({"personne", "nobody"}, language));
    }
    text += undecided_text(view.job, view.people, language);
    return text;
}

std::string shares_text(const SharesView& view, Language language) {
    auto text = teams_text(view, language);
    if (text.empty() || !view.plan.shares.empty()) text += planned_text(view, language);
    text += section(kProposed, reasons_of(view.plan.proposals), language);
    text += section(kRemarks, reasons_of(view.plan.remarks), language);
    text += undecided_text(view.job, view.people, language);
    if (view.applied) {
        std::vector<const Reason*> reasons;
        for (const auto& line : view.applied->no_longer_wanted)
            for (const auto& reason : line.reasons)
                reasons.push_back(&reason);
        text += section(kStays, reasons, language);
    }
    return text;
}

} // namespace passerelle::cli
