// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/nextcloud/sharing_client.hpp"

#include "core/reason_codes.hpp"

#include <algorithm>

namespace passerelle::nextcloud {
namespace {

void add(std::vector<Person>& people, const Person& person) {
    const auto known =
        std::find_if(people.begin(), people.end(), [&](const Person& one) { return one.id == person.id; });
    if (known == people.end()) {
        people.push_back(person);
    } else if (known->email.empty()) {
        known->email = person.email;
    }
}

/// The address decides. Where the server does not tell it, an id that is the address does, or what `otherwise` says.
bool has_address(const Person& person, const std::string& email, bool otherwise) {
    if (!person.email.empty()) return ocs::same_address(person.email, email);
    return otherwise || ocs::same_address(person.id, email);
}

/// The server calls exact also whoever is merely *named* like the address.
void sort_in(FoundPeople& all, const FoundPeople& found, const std::string& email) {
    for (const Person& person : found.exact) {
        const bool named_so = ocs::same_address(person.display_name, email);
        add(has_address(person, email, !named_so) ? all.exact : all.suggested, person);
    }
    for (const Person& person : found.suggested)
        add(has_address(person, email, false) ? all.exact : all.suggested, person);
}

void suggest_no_exact(FoundPeople& all) {
    std::erase_if(all.suggested, [&](const Person& person) {
        return std::any_of(all.exact.begin(), all.exact.end(), [&](const Person& one) { return one.id == person.id; });
    });
}

/// What the companion app found, whose suggestions begin with the administrator's list.
FoundPeople sorted(const FoundPeople& found, const std::string& email) {
    FoundPeople all;
    sort_in(all, {{}, found.suggested}, email);
    sort_in(all, {found.exact, {}}, email);
    suggest_no_exact(all);
    return all;
}

} // namespace

Result<FoundPeople> SharingClient::find_people(const std::string& email, std::stop_token stop) {
    FoundPeople all;
    if (!email.empty() && ocs::same_address(self_.email, email)) add(all.exact, self_); // sharees leave out who asks
    auto sharees = people_.sharees(email, stop);
    if (!sharees) return failure(sharees);
    if (!administrates_nobody_) {
        auto users = people_.users(email, stop);
        if (!users) return failure(users);
        administrates_nobody_ = !*users;
        // The administrator's list tells the addresses, so it comes first.
        if (*users) sort_in(all, {{}, std::move(**users)}, email);
    }
    sort_in(all, *sharees, email);
    suggest_no_exact(all);
    return all;
}

Result<std::vector<FoundPeople>> SharingClient::find_all_people(std::span<const std::string> emails,
                                                                std::stop_token stop) {
    std::vector<FoundPeople> all;
    while (bounds_ && all.size() < emails.size()) {
        const auto some = emails.subspan(all.size(), std::min(bounds_->max_addresses, emails.size() - all.size()));
        auto found = batches_.people(some, stop);
        if (!found) return failure(found);
        if (!*found) break;
        for (std::size_t i = 0; i < some.size(); ++i)
            all.push_back(sorted((**found)[i], some[i]));
    }
    while (all.size() < emails.size()) {
        auto found = find_people(emails[all.size()], stop);
        if (!found) return failure(found);
        all.push_back(std::move(*found));
    }
    return all;
}

Result<FoundGroups> SharingClient::find_groups(const std::string& name, std::stop_token stop) {
    return people_.sharee_groups(name, std::move(stop));
}

Result<FoundGroups> SharingClient::find_teams(const std::string& name, std::stop_token stop) {
    auto teams = people_.teams(std::move(stop));
    if (!teams) return failure(teams);
    FoundGroups found;
    if (!*teams) return found;
    for (auto& team : **teams)
        if (team.id == name || ocs::same_address(team.display_name, name)) found.exact.push_back(std::move(team));
    return found;
}

Result<std::optional<std::vector<Group>>> SharingClient::own_teams(std::stop_token stop) {
    return people_.teams(std::move(stop));
}

Result<Group> SharingClient::create_team(const std::string& name, std::stop_token stop) {
    return people_.create_team(name, std::move(stop));
}

Result<std::vector<std::string>> SharingClient::team_members(const std::string& team, std::stop_token stop) {
    return people_.team_members(team, std::move(stop));
}

Result<void> SharingClient::add_to_team(const std::string& team, const std::vector<std::string>& accounts,
                                        std::stop_token stop) {
    return people_.add_to_team(team, accounts, std::move(stop));
}

Result<void> SharingClient::create_group(const std::string& id, std::stop_token stop) {
    return makes_groups() ? batches_.group(id, {}, std::move(stop)) : people_.create_group(id, std::move(stop));
}

Result<void> SharingClient::add_to_group(const std::string& group, const std::string& account, std::stop_token stop) {
    return makes_groups() ? batches_.group(group, {&account, 1}, std::move(stop))
                          : people_.add_to_group(group, account, std::move(stop));
}

Result<std::vector<Share>> SharingClient::shares_at(const std::string& path, std::stop_token stop) {
    return shares_.at(path, std::move(stop));
}

Result<std::vector<Share>> SharingClient::own_shares(std::stop_token stop) {
    return shares_.own(std::move(stop));
}

Result<Share> SharingClient::create(const NewShare& share, std::stop_token stop) {
    if (share.type == ShareType::user)
        if (auto account = require_account(share.share_with, stop); !account) return failure(account);
    auto made = shares_.create(share, std::move(stop));
    if (made) {
        limit_.count();
        return made;
    }
    Error error = std::move(made.error());
    if (error.kind == ErrorKind::item) limit_.count(); // refused, and counted all the same
    if (error.code == codes::share_rate_limited) error.retry_after = limit_.left();
    return error;
}

Result<std::vector<Result<Share>>> SharingClient::create_all(std::span<const NewShare> shares, std::stop_token stop) {
    std::vector<std::optional<Result<Share>>> told(shares.size());
    if (bounds_) {
        auto batch = batches_.shares(shares, stop);
        if (!batch) return failure(batch);
        told = std::move(*batch);
    }
    std::vector<Result<Share>> outcomes;
    std::optional<Error> limit; // the server need not be asked again before it is over
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (!told[i]) told[i] = limit ? Result<Share>(*limit) : create(shares[i], stop);
        if (!*told[i] && told[i]->error().code == codes::share_rate_limited) limit = told[i]->error();
        outcomes.push_back(std::move(*told[i]));
    }
    return outcomes;
}

Result<Share> SharingClient::change(const std::string& id, const ShareChange& change, std::stop_token stop) {
    return shares_.change(id, change, std::move(stop));
}

Result<void> SharingClient::remove(const std::string& id, std::stop_token stop) {
    return shares_.remove(id, std::move(stop));
}

/// From 32 on, a share with the *address* of an account answers 200 and gives nobody anything. An id may hold an @,
/// too, so the server is asked whether it does.
Result<void> SharingClient::require_account(const std::string& id, std::stop_token stop) const {
    if (id.find('@') == id.npos) return {};
    auto found = people_.sharees(id, std::move(stop));
    if (!found) return failure(found);
    const auto is_it = [&](const Person& person) { return person.id == id; };
    if (std::any_of(found->exact.begin(), found->exact.end(), is_it)) return {};
    return Error(ErrorKind::item, codes::share_unknown_account, "an address, no account", {{"who", id}});
}

} // namespace passerelle::nextcloud
