// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/share_plan.hpp"

#include "core/reason_codes.hpp"
#include "daemon/sharing/text.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

namespace passerelle::sharing {
namespace {

using Recipients = std::unordered_map<std::string, std::optional<Recipient>>;

Recipients recipients_of(const std::vector<Person>& people) {
    Recipients recipients;
    for (const auto& person : people)
        recipients.emplace(identity_of(person.match.principal), recipient_of(person));
    return recipients;
}

std::optional<Recipient> resolved(const Principal& principal, const Recipients& recipients) {
    if (principal.kind == PrincipalKind::anyone) return Recipient{RecipientKind::public_, "anyone"};
    if (principal.kind == PrincipalKind::anyone_with_link) return Recipient{RecipientKind::public_, "link"};
    if (const auto at = recipients.find(identity_of(principal)); at != recipients.end()) return at->second;
    return recipient_of(Person{Match{principal}});
}

class Resolver {
  public:
    explicit Resolver(const ShareRequest& request) : recipients_(recipients_of(request.people)) {
        owner_ = {RecipientKind::user, request.owner};
        for (const auto& email : request.owner_emails)
            owner_identities_.insert(identity_of(user(email)));
    }

    [[nodiscard]] TreeNode node(const NodeAccess& node) {
        TreeNode made{node.path, node.is_folder, node.complete, {}};
        made.held.reserve(node.accesses.size());
        for (const auto& access : node.accesses)
            if (const auto& recipient = recipient_for(access.principal))
                made.held.push_back({*recipient, access.right, access.may_download, access.expires, access.note});
        return made;
    }

  private:
    /// Nothing for the owner and for whoever was decided to be nobody. The same principal stands at every file of an
    /// export, so the answers are kept.
    const std::optional<Recipient>& recipient_for(const Principal& principal) {
        const auto [at, fresh] = known_.try_emplace(principal);
        if (fresh && !owner_identities_.contains(identity_of(principal))) {
            at->second = resolved(principal, recipients_);
            if (at->second == owner_) at->second.reset();
        }
        return at->second;
    }

    Recipients recipients_;
    Recipient owner_;
    std::unordered_set<std::string> owner_identities_;
    std::unordered_map<Principal, std::optional<Recipient>, PrincipalHash> known_;
};

/// Why a share is only proposed; without a code for one that is made.
Reason why_not(const Share& share) {
    const auto because = [&](std::string_view code) {
        return Reason(code, {{"path", share.path}, {"who", share.recipient.id}});
    };
    switch (share.recipient.kind) {
    case RecipientKind::user:
    case RecipientKind::group:
    case RecipientKind::new_group:
    case RecipientKind::email:
    case RecipientKind::guest:
    case RecipientKind::team:
        return Reason();
    case RecipientKind::undecided:
        return because(codes::share_undecided);
    case RecipientKind::domain:
        return because(codes::share_domain_proposed);
    case RecipientKind::public_:
        return Reason(share.recipient.id == "link" ? codes::share_link_proposed : codes::share_public_proposed,
                      {{"path", share.path}});
    }
    return because(codes::share_undecided);
}

void add(SharePlan& plan, ShareSet set) {
    std::ranges::move(set.remarks, std::back_inserter(plan.remarks));
    for (auto& share : set.shares) {
        auto reason = why_not(share);
        if (reason.code.empty())
            plan.shares.push_back(std::move(share));
        else
            plan.proposals.push_back({std::move(share), std::move(reason)});
    }
}

bool is_in(std::string_view path, std::string_view folder) {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

} // namespace

SharePlan plan_shares(const ShareRequest& request) {
    Resolver resolver(request);
    std::vector<TreeNode> nodes;
    std::vector<TeamRequest> teams;
    for (const auto& team : request.teams)
        teams.push_back(
            {team, {}, request.memberships, {RecipientKind::user, request.owner}, request.language, request.rules});
    nodes.reserve(request.nodes.size());
    for (const auto& node : request.nodes) {
        const auto team =
            std::ranges::find_if(teams, [&](const TeamRequest& one) { return is_in(node.path, one.folder.path); });
        (team == teams.end() ? nodes : team->nodes).push_back(resolver.node(node));
    }
    SharePlan plan;
    add(plan, least_shares(nodes, request.memberships, request.rules));
    for (const auto& team : teams) {
        plan.teams.push_back(plan_team_folder(team));
        for (const auto& group : team.folder.groups)
            if (std::ranges::none_of(plan.teams.back().groups,
                                     [&](const TeamGroup& planned) { return planned.group.id == group; }))
                plan.remarks.push_back(
                    {team.folder.path,
                     {RecipientKind::group, group},
                     Reason(codes::share_team_group_also, {{"folder", team.folder.path}, {"group", group}})});
        add(plan, std::move(plan.teams.back().shares));
        plan.teams.back().shares = {};
    }
    return plan;
}

std::vector<Membership> new_memberships(const std::vector<GoogleGroup>& groups, const std::vector<Person>& people) {
    const auto recipients = recipients_of(people);
    std::unordered_map<std::string, const GoogleGroup*> known;
    for (const auto& group : groups) {
        known.emplace(identity_of(group.group), &group);
        // A member list knows a group by its address only, a permission perhaps by its name only.
        if (!group.group.email.empty() && !group.group.name.empty())
            known.emplace(identity_of(Principal{PrincipalKind::group, {}, group.group.name}), &group);
    }
    std::vector<Membership> memberships;
    for (const auto& group : groups) {
        const auto at = recipients.find(identity_of(group.group));
        if (at == recipients.end() || !at->second || at->second->kind != RecipientKind::new_group) continue;
        Membership membership{*at->second, {}};
        std::vector<const GoogleGroup*> open{&group};
        std::unordered_set<const GoogleGroup*> seen{&group};
        while (!open.empty()) {
            const auto* current = open.back();
            open.pop_back();
            for (const auto& member : current->members) {
                const auto inner = known.find(identity_of(member));
                if (inner != known.end() && seen.insert(inner->second).second) open.push_back(inner->second);
                const auto who = recipients.find(identity_of(member));
                if (who == recipients.end() || !who->second || who->second->kind != RecipientKind::user) continue;
                if (std::ranges::find(membership.members, *who->second) == membership.members.end())
                    membership.members.push_back(*who->second);
            }
        }
        memberships.push_back(std::move(membership));
    }
    return memberships;
}

} // namespace passerelle::sharing
