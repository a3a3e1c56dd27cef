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
    case RecipientKind::new_team:
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
    auto new_members = new_memberships(request.groups, request.people);
    plan.new_members = std::move(new_members.memberships);
    plan.remarks = std::move(new_members.remarks);
    // Not with the new members: a group or Team of that name may be there already, and then nobody is put in.
    auto own = least_shares(nodes, request.memberships, request.rules);
    const Recipient owner{RecipientKind::user, request.owner};
    for (const auto& team : request.team_shares)
        gather_into_team(team, owner, own, plan.new_members);
    add(plan, std::move(own));
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

namespace {

/// The groups of an export by all that others call them: a member list knows a group by its address only, a permission
/// by its name only, and an export may tell no name but the address.
class GroupBook {
  public:
    explicit GroupBook(const std::vector<GoogleGroup>& groups) {
        for (const auto& group : groups)
            for (const auto& identity : identities_of(group.group))
                known_.emplace(identity, &group);
    }

    static std::vector<std::string> identities_of(const Principal& group) {
        std::vector<std::string> identities{identity_of(group)};
        const auto called = [&](std::string name) {
            if (!name.empty()) identities.push_back(identity_of(Principal{PrincipalKind::group, {}, std::move(name)}));
        };
        if (group.email.empty()) return identities;
        called(group.name);
        called(group.email.substr(0, group.email.find('@')));
        return identities;
    }

    /// Everybody in the group and in the groups in it, groups too.
    template <class Take> void for_each_member(const GoogleGroup& group, const Take& take) const {
        std::vector<const GoogleGroup*> open{&group};
        std::unordered_set<const GoogleGroup*> seen{&group};
        while (!open.empty()) {
            const auto* current = open.back();
            open.pop_back();
            for (const auto& member : current->members) {
                take(member);
                const auto inner = known_.find(identity_of(member));
                if (inner != known_.end() && seen.insert(inner->second).second) open.push_back(inner->second);
            }
        }
    }

  private:
    std::unordered_map<std::string, const GoogleGroup*> known_;
};

/// What is made for the group: a group or a Team; nothing where it is nobody's wish.
std::optional<Recipient> made_for(const GoogleGroup& group, const Recipients& recipients) {
    for (const auto& identity : GroupBook::identities_of(group.group)) {
        const auto at = recipients.find(identity);
        if (at == recipients.end() || !at->second) continue;
        const auto kind = at->second->kind;
        if (kind == RecipientKind::new_group || kind == RecipientKind::new_team) return at->second;
    }
    return std::nullopt;
}

} // namespace

NewMembers new_memberships(const std::vector<GoogleGroup>& groups, const std::vector<Person>& people) {
    const auto recipients = recipients_of(people);
    const GroupBook book(groups);
    NewMembers found;
    for (const auto& group : groups) {
        const auto made = made_for(group, recipients);
        if (!made) continue;
        Membership membership{*made, {}};
        std::string unknown;
        book.for_each_member(group, [&](const Principal& member) {
            const auto at = recipients.find(identity_of(member));
            const auto* who = at == recipients.end() || !at->second ? nullptr : &*at->second;
            if (who == nullptr || who->kind != RecipientKind::user) {
                const bool nobody = at != recipients.end() && !at->second;
                if (member.kind == PrincipalKind::user && !nobody)
                    unknown += (unknown.empty() ? "" : ", ") + shown(member);
            } else if (std::ranges::find(membership.members, *who) == membership.members.end()) {
                membership.members.push_back(*who);
            }
        });
        found.memberships.push_back(std::move(membership));
        if (!unknown.empty())
            found.remarks.push_back(
                {{}, *made, Reason(codes::share_group_members_unknown, {{"group", made->id}, {"members", unknown}})});
    }
    return found;
}

std::vector<Principal> members_to_ask_for(const std::vector<GoogleGroup>& groups,
                                          const std::vector<Principal>& people) {
    std::unordered_set<std::string> known;
    for (const auto& person : people)
        known.insert(identity_of(person));
    const auto asked_for = known;
    const GroupBook book(groups);
    std::vector<Principal> members;
    for (const auto& group : groups) {
        const auto identities = GroupBook::identities_of(group.group);
        if (std::ranges::none_of(identities, [&](const std::string& one) { return asked_for.contains(one); })) continue;
        book.for_each_member(group, [&](const Principal& member) {
            if (known.insert(identity_of(member)).second) members.push_back(member);
        });
    }
    return members;
}

} // namespace passerelle::sharing
