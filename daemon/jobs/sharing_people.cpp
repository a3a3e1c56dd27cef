// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/export_groups.hpp"
#include "daemon/jobs/sharing.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

namespace passerelle::jobs {
namespace {

using sharing::DecisionKind;
using sharing::PrincipalKind;

struct DecisionWord {
    DecisionKind kind;
    std::string_view text;
};
constexpr DecisionWord kDecisionWords[] = {
    {DecisionKind::undecided, ""},  {DecisionKind::account, "account"},     {DecisionKind::group, "group"},
    {DecisionKind::email, "email"}, {DecisionKind::new_group, "new_group"}, {DecisionKind::guest, "guest"},
    {DecisionKind::team, "team"},   {DecisionKind::new_team, "new_team"},   {DecisionKind::nobody, "nobody"}};

std::string word_of(DecisionKind kind) {
    return std::string(std::ranges::find(kDecisionWords, kind, &DecisionWord::kind)->text);
}

DecisionKind decision_of(std::string_view text) {
    const auto* at = std::ranges::find(kDecisionWords, text, &DecisionWord::text);
    return at == std::end(kDecisionWords) ? DecisionKind::undecided : at->kind;
}

/// Gathers what the server knows, each question asked once.
class Inquiry {
  public:
    Inquiry(nextcloud::Sharing& server, std::stop_token stop) : server_(server), stop_(std::move(stop)) {}

    Result<void> ask_for(const sharing::Principal& principal) {
        switch (principal.kind) {
        case PrincipalKind::user:
            return ask_for_user(principal);
        case PrincipalKind::group: {
            if (auto named = ask_for_group(principal.name); !named) return named;
            return principal.name.empty() ? ask_for_group(principal.email.substr(0, principal.email.find('@')))
                                          : Result<void>();
        }
        case PrincipalKind::domain:
            return ask_for_group(principal.name);
        case PrincipalKind::anyone:
        case PrincipalKind::anyone_with_link:
            return {};
        }
        return {};
    }

    Result<void> ask_for(const sharing::PersonDecision& decided) {
        const auto& decision = decided.decision;
        if (decision.kind == DecisionKind::team)
            return ask_for_team(decision.target.empty() ? decided.principal.name : decision.target);
        if (decision.kind == DecisionKind::account) {
            auto exact = ask_for_account(decision.target);
            return exact ? Result<void>() : Result<void>(failure(exact));
        }
        return decision.kind == DecisionKind::group ? ask_for_group(decision.target) : Result<void>();
    }

    /// Asks for the accounts with these addresses together.
    Result<void> ask_ahead(const std::vector<sharing::Principal>& principals) {
        std::set<std::string> addresses;
        for (const auto& principal : principals)
            if (principal.kind == PrincipalKind::user && !principal.email.empty()) addresses.insert(principal.email);
        const std::vector<std::string> emails(addresses.begin(), addresses.end());
        auto found = server_.find_all_people(emails, stop_);
        if (!found) return failure(found);
        for (std::size_t i = 0; i < emails.size(); ++i)
            known_people_.emplace(emails[i], std::move((*found)[i]));
        return {};
    }

    [[nodiscard]] const sharing::Directory& directory() const { return directory_; }

  private:
    Result<void> ask_for_user(const sharing::Principal& principal) {
        auto exact = ask_for_account(principal.email);
        if (!exact) return failure(exact);
        if (*exact) return {};
        auto named = ask_for_account(principal.name);
        if (!named) return failure(named);
        // A table may name a group without saying that it is one.
        return principal.email.empty() ? ask_for_group(principal.name) : Result<void>();
    }

    /// Answers whether an account has this very address.
    Result<bool> ask_for_account(const std::string& text) {
        if (text.empty() || !asked_people_.insert(text).second) return false;
        const auto known = known_people_.find(text);
        auto found = known != known_people_.end() ? known->second : server_.find_people(text, stop_);
        if (!found) return failure(found);
        for (const auto& person : found->exact)
            directory_.accounts.push_back(
                {person.id, sharing::is_email(text) ? text : person.email, person.display_name});
        for (const auto& person : found->suggested)
            directory_.accounts.push_back({person.id, person.email, person.display_name});
        return !found->exact.empty();
    }

    Result<void> ask_for_group(const std::string& name) {
        if (name.empty() || !asked_groups_.insert(name).second) return {};
        auto found = server_.find_groups(name, stop_);
        if (!found) return failure(found);
        for (const auto* groups : {&found->exact, &found->suggested})
            for (const auto& group : *groups)
                directory_.groups.push_back({group.id, group.display_name});
        return {};
    }

    Result<void> ask_for_team(const std::string& name) {
        if (name.empty()) return {};
        auto found = server_.find_teams(name, stop_);
        if (!found) return failure(found);
        for (const auto* teams : {&found->exact, &found->suggested})
            for (const auto& team : *teams)
                directory_.teams.push_back({team.id, team.display_name});
        return {};
    }

    nextcloud::Sharing& server_;
    std::stop_token stop_;
    sharing::Directory directory_;
    std::map<std::string, Result<nextcloud::FoundPeople>> known_people_; ///< by address
    std::unordered_set<std::string> asked_people_;
    std::unordered_set<std::string> asked_groups_;
};

/// What the installation keeps about these people, with the fresh decisions after it.
Result<std::vector<sharing::PersonDecision>> all_decisions(const journal::Job& job,
                                                           const std::vector<sharing::Principal>& principals,
                                                           const std::vector<sharing::PersonDecision>& fresh,
                                                           journal::Journal& journal) {
    auto kept = journal.decisions(job.key.server_url);
    if (!kept) return failure(kept);
    std::map<std::string, const journal::KeptDecision*> known;
    for (const auto& decision : *kept)
        known.emplace(decision.principal, &decision);
    std::unordered_set<std::string> anew;
    for (const auto& decision : fresh)
        anew.insert(sharing::identity_of(decision.principal));
    std::vector<sharing::PersonDecision> all;
    for (const auto& principal : principals) {
        const auto identity = sharing::identity_of(principal);
        const auto at = known.find(identity);
        if (at == known.end() || anew.contains(identity)) continue;
        all.push_back({principal, {decision_of(at->second->decision), at->second->target}});
    }
    all.insert(all.end(), fresh.begin(), fresh.end());
    return all;
}

/// Those of the fresh decisions that could be understood.
Result<void> write_down(const journal::Job& job, const std::vector<sharing::PersonDecision>& fresh,
                        const std::vector<sharing::Person>& people, journal::Journal& journal) {
    std::unordered_set<std::string> anew;
    for (const auto& decision : fresh)
        anew.insert(sharing::identity_of(decision.principal));
    std::vector<journal::KeptDecision> kept;
    for (const auto& person : people) {
        const auto identity = sharing::identity_of(person.match.principal);
        if (anew.contains(identity) && person.decision.kind != DecisionKind::undecided)
            kept.push_back({identity, word_of(person.decision.kind), person.decision.target});
    }
    return kept.empty() ? Result<void>() : journal.keep_decisions(job.key.server_url, kept);
}

} // namespace

Result<FoundEverybody> find_everybody(const journal::Job& job, const std::vector<sharing::NodeAccess>& nodes,
                                      const std::vector<sharing::PersonDecision>& fresh, const SharingTools& tools,
                                      std::stop_token stop, Keep keep) {
    auto principals = sharing::principals_of(nodes);
    const auto members = sharing::members_to_ask_for(google_groups(job.groups), principals);
    principals.insert(principals.end(), members.begin(), members.end());
    auto decisions = all_decisions(job, principals, fresh, tools.journal);
    if (!decisions) return failure(decisions);
    Inquiry inquiry(tools.server, std::move(stop));
    if (auto asked = inquiry.ask_ahead(principals); !asked) return failure(asked);
    for (const auto& principal : principals)
        if (auto asked = inquiry.ask_for(principal); !asked) return failure(asked);
    for (const auto& decision : *decisions)
        if (auto asked = inquiry.ask_for(decision); !asked) return failure(asked);

    FoundEverybody found;
    for (auto& match : sharing::match_people(principals, inquiry.directory()))
        found.people.push_back({std::move(match)});
    found.problems = sharing::decide(found.people, *decisions, inquiry.directory());
    if (keep == Keep::decisions)
        if (auto kept = write_down(job, fresh, found.people, tools.journal); !kept) return failure(kept);
    return found;
}

} // namespace passerelle::jobs
