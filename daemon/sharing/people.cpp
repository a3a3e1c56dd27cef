// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/people.hpp"

#include "core/reason_codes.hpp"
#include "daemon/sharing/text.hpp"

#include <algorithm>
#include <unordered_map>

namespace passerelle::sharing {
namespace {

Recipient undecided(const Principal& principal) {
    if (principal.kind == PrincipalKind::domain) return {RecipientKind::domain, principal.name};
    return {RecipientKind::undecided, shown(principal)};
}

/// The ids that a text may stand for: an id before an address before a name.
std::vector<std::string> accounts_named(std::string_view text, const Directory& directory) {
    const auto matching = [&](const auto& matches) {
        std::vector<std::string> ids;
        for (const auto& account : directory.accounts)
            if (matches(account) && std::ranges::find(ids, account.id) == ids.end()) ids.push_back(account.id);
        return ids;
    };
    auto ids = matching([&](const Account& account) { return account.id == text; });
    if (ids.empty())
        ids = matching([&](const Account& account) {
            return !account.email.empty() && lower_ascii(account.email) == lower_ascii(text);
        });
    if (ids.empty()) ids = matching([&](const Account& account) { return folded(account.name) == folded(text); });
    return ids;
}

std::vector<std::string> groups_named(std::string_view text, const std::vector<KnownGroup>& groups) {
    std::vector<std::string> ids;
    for (const auto& known : groups) {
        if (known.id == text) return {known.id};
        if (folded(known.name) == folded(text)) ids.push_back(known.id);
    }
    return ids;
}

/// The decision with its target as the server needs it; nothing where that is not clear.
std::optional<Decision> completed(const Match& match, Decision decision, const Directory& directory) {
    const auto& principal = match.principal;
    auto& target = decision.target;
    switch (decision.kind) {
    case DecisionKind::undecided:
    case DecisionKind::nobody:
        target.clear();
        return decision;
    case DecisionKind::email:
    case DecisionKind::guest:
        if (target.empty()) target = principal.email;
        return is_email(target) ? std::optional(decision) : std::nullopt;
    case DecisionKind::new_group:
    case DecisionKind::new_team:
        if (target.empty()) target = principal.name;
        return target.empty() ? std::nullopt : std::optional(decision);
    case DecisionKind::account:
    case DecisionKind::group:
        break;
    case DecisionKind::team: {
        if (target.empty()) target = principal.name;
        const auto ids = groups_named(target, directory.teams);
        if (target.empty() || ids.size() != 1) return std::nullopt;
        target = ids.front();
        return decision;
    }
    }
    const bool account = decision.kind == DecisionKind::account;
    const auto wanted = account ? RecipientKind::user : RecipientKind::group;
    if (target.empty() && match.candidates.size() == 1 && match.candidates.front().kind == wanted)
        target = match.candidates.front().id;
    const auto ids = account ? accounts_named(target, directory) : groups_named(target, directory.groups);
    if (target.empty() || ids.size() != 1) return std::nullopt;
    target = ids.front();
    return decision;
}

} // namespace

std::optional<Recipient> recipient_of(const Person& person) {
    switch (person.decision.kind) {
    case DecisionKind::undecided:
        if (person.match.state == MatchState::found && person.match.candidates.size() == 1)
            return person.match.candidates.front();
        return undecided(person.match.principal);
    case DecisionKind::account:
        return Recipient{RecipientKind::user, person.decision.target};
    case DecisionKind::group:
        return Recipient{RecipientKind::group, person.decision.target};
    case DecisionKind::new_group:
        return Recipient{RecipientKind::new_group, person.decision.target};
    case DecisionKind::email:
        return Recipient{RecipientKind::email, person.decision.target};
    case DecisionKind::guest:
        return Recipient{RecipientKind::guest, person.decision.target};
    case DecisionKind::team:
        return Recipient{RecipientKind::team, person.decision.target};
    case DecisionKind::new_team:
        return Recipient{RecipientKind::new_team, person.decision.target};
    case DecisionKind::nobody:
        return std::nullopt;
    }
    return undecided(person.match.principal);
}

std::vector<Reason> decide(std::vector<Person>& people, const std::vector<PersonDecision>& decisions,
                           const Directory& directory) {
    std::unordered_map<std::string, Person*> known;
    for (auto& person : people)
        known.emplace(identity_of(person.match.principal), &person);
    std::vector<Reason> problems;
    for (const auto& wanted : decisions) {
        const auto at = known.find(identity_of(wanted.principal));
        if (at == known.end()) continue;
        auto& person = *at->second;
        const auto decision = completed(person.match, wanted.decision, directory);
        person.decision = decision.value_or(Decision{});
        if (!decision)
            problems.emplace_back(codes::people_target_unknown,
                                  std::vector<Reason::Parameter>{{"who", shown(person.match.principal)},
                                                                 {"target", cleaned(wanted.decision.target, 200)}});
    }
    return problems;
}

} // namespace passerelle::sharing
