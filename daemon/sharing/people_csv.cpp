// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/sharing/csv_table.hpp"
#include "daemon/sharing/people.hpp"
#include "daemon/sharing/text.hpp"
#include "daemon/sharing/words.hpp"

#include <algorithm>
#include <array>

namespace passerelle::sharing {
namespace {

std::string state_word(MatchState state, bool french) {
    switch (state) {
    case MatchState::found:
        return french ? "trouvé" : "found";
    case MatchState::suggested:
        return french ? "à confirmer" : "suggested";
    case MatchState::ambiguous:
        return french ? "plusieurs possibles" : "ambiguous";
    case MatchState::unknown:
        return french ? "inconnu" : "unknown";
    case MatchState::outsider:
        return french ? "extérieur" : "outsider";
    }
    return {};
}

std::string decision_word(DecisionKind kind, bool french) {
    switch (kind) {
    case DecisionKind::undecided:
        return {};
    case DecisionKind::account:
        return french ? "compte" : "account";
    case DecisionKind::group:
        return french ? "groupe" : "group";
    case DecisionKind::new_group:
        return french ? "créer le groupe" : "create the group";
    case DecisionKind::email:
        return "e-mail";
    case DecisionKind::guest:
        return french ? "invité" : "guest";
    case DecisionKind::team:
        return french ? "équipe" : "team";
    case DecisionKind::new_team:
        return french ? "créer l'équipe" : "create the team";
    case DecisionKind::nobody:
        return french ? "personne" : "nobody";
    }
    return {};
}

struct Word {
    std::string_view text; ///< as folded() gives it
    DecisionKind kind;
};
constexpr Word kWords[] = {{"", DecisionKind::undecided},
                           {"compte", DecisionKind::account},
                           {"ce compte", DecisionKind::account},
                           {"account", DecisionKind::account},
                           {"this account", DecisionKind::account},
                           {"groupe", DecisionKind::group},
                           {"ce groupe", DecisionKind::group},
                           {"group", DecisionKind::group},
                           {"this group", DecisionKind::group},
                           {"creer le groupe", DecisionKind::new_group},
                           {"creer", DecisionKind::new_group},
                           {"nouveau groupe", DecisionKind::new_group},
                           {"create the group", DecisionKind::new_group},
                           {"create group", DecisionKind::new_group},
                           {"new group", DecisionKind::new_group},
                           {"e mail", DecisionKind::email},
                           {"email", DecisionKind::email},
                           {"mail", DecisionKind::email},
                           {"courriel", DecisionKind::email},
                           {"invite", DecisionKind::guest},
                           {"invitee", DecisionKind::guest},
                           {"guest", DecisionKind::guest},
                           {"equipe", DecisionKind::team},
                           {"cette equipe", DecisionKind::team},
                           {"team", DecisionKind::team},
                           {"this team", DecisionKind::team},
                           {"creer l equipe", DecisionKind::new_team},
                           {"nouvelle equipe", DecisionKind::new_team},
                           {"create the team", DecisionKind::new_team},
                           {"create team", DecisionKind::new_team},
                           {"new team", DecisionKind::new_team},
                           {"personne", DecisionKind::nobody},
                           {"nobody", DecisionKind::nobody},
                           {"aucun", DecisionKind::nobody},
                           {"none", DecisionKind::nobody}};

std::optional<DecisionKind> decision_from(std::string_view text) {
    if (text.size() > 100) return std::nullopt;
    const auto words = folded(text);
    const auto* at = std::ranges::find(kWords, words, &Word::text);
    return at == std::end(kWords) ? std::nullopt : std::optional(at->kind);
}

std::string names_of(const std::vector<Recipient>& candidates) {
    std::string names;
    for (const auto& candidate : candidates)
        names += (names.empty() ? "" : ", ") + candidate.id;
    return names;
}

/// Who, decision and target by their titles; without any, the first, fourth and fifth column.
struct Layout {
    std::size_t who = 0, decision = 3, target = 4;
    bool has_header = false;
};

Layout layout_of(const CsvRow& header) {
    Layout layout;
    bool who = false, decision = false;
    for (std::size_t column = 0; column < header.cells.size(); ++column) {
        const auto title = folded(std::string_view(header.cells[column]).substr(0, 100));
        if (title == "qui" || title == "who") {
            layout.who = column;
            who = true;
        } else if (title == "decision") {
            layout.decision = column;
            decision = true;
        } else if (title == "vers" || title == "target" || title == "cible") {
            layout.target = column;
        }
    }
    layout.has_header = who && decision;
    return layout.has_header ? layout : Layout{};
}

} // namespace

std::string people_csv(const std::vector<Person>& people, Language language) {
    const bool french = language == Language::french;
    const char separator = french ? ';' : ',';
    std::string table(kByteOrderMark);
    table += french ? csv_line({"qui", "état", "propositions", "décision", "vers"}, separator)
                    : csv_line({"who", "state", "suggestions", "decision", "target"}, separator);
    for (const auto& person : people)
        table += csv_line({principal_text(person.match.principal, language), state_word(person.match.state, french),
                           names_of(person.match.candidates), decision_word(person.decision.kind, french),
                           person.decision.target},
                          separator);
    return table;
}

DecisionList read_people_csv(std::string_view text) {
    DecisionList list;
    auto table = parse_csv(text);
    list.problems = std::move(table.problems);
    if (table.rows.empty()) return list;
    const auto layout = layout_of(table.rows.front());
    const auto problem = [&](const CsvRow& row, std::string_view code, std::string_view value) {
        list.problems.emplace_back(
            code, std::vector<Reason::Parameter>{{"line", std::to_string(row.line)}, {"value", cleaned(value, 200)}});
    };
    for (auto row = table.rows.begin() + (layout.has_header ? 1 : 0); row != table.rows.end(); ++row) {
        const auto& target = row->cell(layout.target);
        auto kind = decision_from(row->cell(layout.decision));
        const auto who = principal_from(row->cell(layout.who));
        if (!who) {
            problem(*row, codes::share_who_unknown, row->cell(layout.who));
            continue;
        }
        if (!kind) {
            problem(*row, codes::people_decision_unknown, row->cell(layout.decision));
            continue;
        }
        if (*kind == DecisionKind::undecided && target.empty()) continue;
        if (*kind == DecisionKind::undecided)
            kind = who->kind == PrincipalKind::user ? DecisionKind::account : DecisionKind::group;
        list.decisions.push_back({*who, {*kind, target}, row->line});
    }
    return list;
}

} // namespace passerelle::sharing
