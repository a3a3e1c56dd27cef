// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/new_teams.hpp"

#include "core/reason_codes.hpp"

#include <algorithm>

namespace passerelle::jobs {
namespace {

bool holds(const std::vector<std::string>& accounts, const std::string& account) {
    return std::ranges::find(accounts, account) != accounts.end();
}

Reason about(std::string_view code, const std::string& team, const std::string& account) {
    return Reason(code, {{"team", team}, {"who", account}});
}

} // namespace

Result<std::optional<std::string>> NewTeams::find(const std::string& name) {
    if (const auto at = found_.find(name); at != found_.end()) return at->second;
    auto found = tools_.server.find_teams(name, stop_);
    if (!found) return failure(found);
    if (found->exact.size() > 1) return Error(ErrorKind::item, codes::share_team_name_taken, "", {{"team", name}});
    auto id = found->exact.empty() ? std::optional<std::string>() : std::optional(found->exact.front().id);
    found_.emplace(name, id);
    return id;
}

/// The intention is written down first: a Team whose making was not heard of any more is known by it.
Result<std::string> NewTeams::make(const std::string& name) {
    auto there = find(name);
    if (!there) return failure(there);
    if (*there) return **there;
    journal::MadeTeam team{name};
    if (auto intent = tools_.journal.record_made_team(job_.id, team); !intent) return failure(intent);
    auto group = tools_.server.create_team(name, stop_);
    if (!group) return failure(group);
    team.id = group->id;
    if (auto record = tools_.journal.record_made_team(job_.id, team); !record) return failure(record);
    made_.reset();
    found_[name] = team.id;
    return team.id;
}

Result<const journal::MadeTeam*> NewTeams::made_by_us(const std::string& name, const std::string& id) {
    if (!made_) {
        auto known = tools_.journal.made_teams(job_.id);
        if (!known) return failure(known);
        made_.emplace();
        for (auto& team : *known)
            made_->emplace(team.name, std::move(team));
    }
    const auto at = made_->find(name);
    // An id that is not known yet is that of a Team whose making was not heard of.
    const bool ours = at != made_->end() && (at->second.id.empty() || at->second.id == id);
    return ours ? &at->second : nullptr;
}

Result<std::vector<Reason>> NewTeams::put_in(journal::MadeTeam team, const std::vector<sharing::Recipient>& members) {
    std::vector<Reason> reasons;
    auto inside = tools_.server.team_members(team.id, stop_);
    if (!inside) return failure(inside);
    std::vector<std::string> missing;
    for (const auto& member : members) {
        if (holds(*inside, member.id)) continue;
        if (holds(team.members, member.id) && !again_)
            reasons.push_back(about(codes::share_team_member_removed, team.name, member.id));
        else
            missing.push_back(member.id);
    }
    if (missing.empty()) return reasons;
    if (auto added = tools_.server.add_to_team(team.id, missing, stop_); !added) return failure(added);
    inside = tools_.server.team_members(team.id, stop_);
    if (!inside) return failure(inside);
    for (const auto& account : missing) {
        if (!holds(*inside, account))
            reasons.push_back(about(codes::share_team_member_refused, team.name, account));
        else if (!holds(team.members, account))
            team.members.push_back(account);
    }
    if (auto record = tools_.journal.record_made_team(job_.id, team); !record) return failure(record);
    made_.reset();
    return reasons;
}

Result<std::vector<Reason>> NewTeams::outside(const std::string& name, const std::string& id,
                                              const std::vector<sharing::Recipient>& members) {
    std::vector<Reason> reasons;
    if (members.empty()) return reasons;
    auto inside = tools_.server.team_members(id, stop_);
    if (!inside) return failure(inside);
    for (const auto& member : members)
        if (!holds(*inside, member.id)) reasons.push_back(about(codes::share_team_stood_before, name, member.id));
    return reasons;
}

Result<std::vector<Reason>> NewTeams::fill(const std::string& name, const std::vector<sharing::Recipient>& members) {
    auto id = find(name);
    if (!id) return failure(id);
    if (!*id) return std::vector<Reason>();
    auto ours = made_by_us(name, **id);
    if (!ours) return failure(ours);
    if (*ours == nullptr) return outside(name, **id, members);
    auto team = **ours;
    team.id = **id;
    return put_in(std::move(team), members);
}

} // namespace passerelle::jobs
