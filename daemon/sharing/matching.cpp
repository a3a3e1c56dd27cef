// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/matching.hpp"

#include "core/reason_codes.hpp"
#include "daemon/sharing/text.hpp"

#include <algorithm>
#include <sstream>
#include <unordered_map>
#include <unordered_set>

namespace passerelle::sharing {
namespace {

/// To whom mail to this address also goes: Gmail passes over dots, and most services over what follows a '+'.
std::string mailbox_of(std::string_view email) {
    const auto at = email.rfind('@');
    if (at == std::string_view::npos) return {};
    auto domain = domain_of(email);
    auto local = lower_ascii(email.substr(0, at));
    local = local.substr(0, std::max<std::size_t>(local.find('+'), 1));
    if (domain == "googlemail.com") domain = "gmail.com";
    if (domain == "gmail.com") std::erase(local, '.');
    return local + "@" + domain;
}

/// "PETIT Jeanne" and "Jeanne Petit" are the same person.
std::string name_key(std::string_view name) {
    std::istringstream words(folded(name));
    std::vector<std::string> sorted;
    for (std::string word; words >> word;)
        sorted.push_back(word);
    std::ranges::sort(sorted);
    std::string key;
    for (const auto& word : sorted)
        key += word + " ";
    return key;
}

using Index = std::unordered_map<std::string, std::vector<Recipient>>;

void add(Index& index, const std::string& key, const Recipient& recipient) {
    if (key.empty()) return;
    auto& list = index[key];
    if (std::ranges::find(list, recipient) == list.end()) list.push_back(recipient);
}

class Matcher {
  public:
    explicit Matcher(const Directory& directory) {
        for (const auto& account : directory.accounts) {
            const Recipient recipient{RecipientKind::user, account.id};
            add(by_email_, lower_ascii(account.email), recipient);
            add(by_mailbox_, mailbox_of(account.email), recipient);
            add(by_name_, name_key(account.name), recipient);
            domains_.insert(domain_of(account.email));
        }
        for (const auto& known : directory.groups) {
            const Recipient recipient{RecipientKind::group, known.id};
            for (const auto& name : {known.id, known.name}) {
                add(groups_by_name_, lower_ascii(trimmed(name)), recipient);
                add(groups_by_folded_name_, folded(name), recipient);
            }
        }
    }

    [[nodiscard]] Match match(const Principal& principal) const {
        Match match{principal};
        switch (principal.kind) {
        case PrincipalKind::user:
            match_user(match);
            break;
        case PrincipalKind::group:
            match_group(match);
            break;
        case PrincipalKind::domain:
            suggest(match, find(groups_by_folded_name_, folded(principal.name)), codes::people_suggested_name);
            if (match.candidates.empty()) match.reason = reason(match, codes::people_domain);
            break;
        case PrincipalKind::anyone:
        case PrincipalKind::anyone_with_link:
            break;
        }
        return match;
    }

  private:
    static Reason reason(const Match& match, std::string_view code) {
        Reason made(code, {{"who", shown(match.principal)}});
        if (match.candidates.size() == 1) made.parameters.emplace_back("account", match.candidates.front().id);
        if (match.candidates.size() > 1) made.parameters.emplace_back("count", std::to_string(match.candidates.size()));
        return made;
    }

    static const std::vector<Recipient>& find(const Index& index, const std::string& key) {
        static const std::vector<Recipient> nobody;
        const auto at = index.find(key);
        return at == index.end() ? nobody : at->second;
    }

    /// Takes the candidates, unless there are some.
    static void suggest(Match& match, const std::vector<Recipient>& candidates, std::string_view code) {
        if (!match.candidates.empty() || candidates.empty()) return;
        match.candidates = candidates;
        match.state = candidates.size() == 1 ? MatchState::suggested : MatchState::ambiguous;
        match.reason = reason(match, candidates.size() == 1 ? code : codes::people_ambiguous);
    }

    static bool take_exact(Match& match, const std::vector<Recipient>& candidates) {
        if (candidates.size() != 1) return false;
        match.candidates = candidates;
        match.state = MatchState::found;
        return true;
    }

    void match_user(Match& match) const {
        const auto& email = match.principal.email;
        if (!email.empty()) {
            const auto& exact = find(by_email_, lower_ascii(email));
            if (take_exact(match, exact)) return;
            suggest(match, exact, codes::people_ambiguous);
            suggest(match, find(by_mailbox_, mailbox_of(email)), codes::people_suggested_address);
        }
        if (!match.principal.name.empty()) {
            suggest(match, find(by_name_, name_key(match.principal.name)), codes::people_suggested_name);
            // A table may name a group without saying that it is one.
            if (email.empty())
                suggest(match, find(groups_by_folded_name_, folded(match.principal.name)),
                        codes::people_suggested_name);
        }
        if (!match.candidates.empty()) return;
        const bool outside = !email.empty() && !domains_.contains(domain_of(email));
        match.state = outside ? MatchState::outsider : MatchState::unknown;
        match.reason = reason(match, outside ? codes::people_outsider : codes::people_unknown);
    }

    void match_group(Match& match) const {
        const auto& name = match.principal.name;
        const auto& exact = find(groups_by_name_, lower_ascii(name));
        // Whoever named a group "admin" elsewhere did not mean those who administrate the server.
        if (!name.empty() && lower_ascii(name) != "admin" && take_exact(match, exact)) return;
        suggest(match, find(groups_by_folded_name_, folded(name)), codes::people_suggested_name);
        const auto& email = match.principal.email;
        suggest(match, find(groups_by_folded_name_, folded(email.substr(0, email.find('@')))),
                codes::people_suggested_address);
        if (match.candidates.empty()) match.reason = reason(match, codes::people_group_unknown);
    }

    Index by_email_, by_mailbox_, by_name_, groups_by_name_, groups_by_folded_name_;
    std::unordered_set<std::string> domains_;
};

} // namespace

std::vector<Match> match_people(const std::vector<Principal>& principals, const Directory& directory) {
    const Matcher matcher(directory);
    std::vector<Match> matches;
    for (const auto& principal : principals)
        if (principal.kind < PrincipalKind::anyone) matches.push_back(matcher.match(principal));
    return matches;
}

} // namespace passerelle::sharing
