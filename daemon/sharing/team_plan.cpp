// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/team_plan.hpp"

#include "core/reason_codes.hpp"
#include "daemon/sharing/paths.hpp"
#include "daemon/sharing/reach.hpp"
#include "daemon/sharing/share_tree.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <unordered_set>

namespace passerelle::sharing {
namespace {

using namespace permission;
using Bits = std::uint32_t;
using Index = ShareTree::Index;

constexpr Bits kEdit = kRead | kUpdate | kCreate | kDelete;
constexpr Bits kAll = kEdit | kShare;

bool is_group(const Recipient& recipient) {
    return recipient.kind == RecipientKind::group || recipient.kind == RecipientKind::new_group;
}

/// What of a reach a team folder can give: it knows neither dates nor reading without download.
Bits lasting(const Reach& reach) {
    const auto lasts = [&](Reach::Ability ability) { return reach.until(ability) == Reach::kForever; };
    if (!lasts(Reach::view) || !lasts(Reach::download)) return 0;
    return lasts(Reach::manage) ? kAll : lasts(Reach::edit) ? kEdit : kRead;
}

/// A reach as accesses that add up to it.
std::vector<Held> as_held(const Recipient& recipient, const Reach& reach, const std::string& note) {
    std::vector<Held> all;
    const auto add = [&](Right right, bool download, Reach::Day day) {
        if (day == Reach::kNever) return;
        Held held{recipient, right, download, std::nullopt, note};
        if (day != Reach::kForever) held.expires = std::chrono::sys_days(std::chrono::days(day));
        all.push_back(std::move(held));
    };
    const auto download = reach.until(Reach::download);
    add(Right::manage, download >= reach.until(Reach::manage), reach.until(Reach::manage));
    add(Right::edit, download >= reach.until(Reach::edit), reach.until(Reach::edit));
    add(Right::view, true, download);
    add(Right::view, false, reach.until(Reach::view));
    return all;
}

/// Somebody who is let into the folder, with what they may at each place of the tree.
struct Member {
    Recipient who;
    std::size_t number = 0; ///< in the tree; ShareTree's number of recipients for the owner, whom no list names
    Bits gate = 0;          ///< what the group by which they come in allows
    std::vector<Bits> at;   ///< by place
};

/// One team folder's plan in the making. Confined to a thread.
class TeamPlanner {
  public:
    explicit TeamPlanner(const TeamRequest& request) : request_(request), tree_(request.nodes) {
        plan_.path = request.folder.path;
        for (Index place = 0; place < tree_.size(); ++place)
            if (tree_.path(place) == plan_.path) root_ = place;
    }

    TeamFolderPlan run() {
        find_members();
        leave_out_covered();
        admit();
        for (Index place = root_; place < tree_.size(); ++place)
            add_rules(place);
        share_the_rest();
        return std::move(plan_);
    }

  private:
    void find_members() {
        const auto scope = tree_.everywhere();
        for (std::size_t number = 0; number < tree_.recipients().size(); ++number) {
            const auto& who = tree_.recipients()[number];
            if (who == request_.owner || (who.kind != RecipientKind::user && !is_group(who))) continue;
            const auto reaches = tree_.allowed(number, scope, true);
            if (lasting(reaches[root_]) == 0) continue;
            members_.push_back({who, number, 0, permissions_of(reaches)});
            member_numbers_.insert(number);
            keep_leftover(members_.back(), reaches);
            remark_lost(members_.back(), reaches);
        }
        members_.push_back({request_.owner, tree_.recipients().size(), 0, std::vector<Bits>(tree_.size(), kAll)});
    }

    /// Whoever cannot read a folder reaches nothing in it. Creating in a file means nothing: it stays as above.
    std::vector<Bits> permissions_of(const std::vector<Reach>& reaches) const {
        std::vector<Bits> at(tree_.size(), 0);
        for (Index place = root_; place < tree_.size(); ++place) {
            auto bits = lasting(reaches[place]);
            if (place != root_) {
                const auto above = at[tree_.parent(place)];
                if ((above & kRead) == 0) bits = 0;
                if (!tree_.is_folder(place) && bits != 0) {
                    const auto inherited = kCreate | ((bits & kUpdate) != 0 ? kDelete : 0U);
                    bits = (bits & ~(kCreate | kDelete)) | (above & inherited);
                }
            }
            at[place] = bits;
        }
        return at;
    }

    /// What a member reached where the team folder gives nothing: it is shared.
    void keep_leftover(const Member& member, const std::vector<Reach>& reaches) {
        for (Index place = root_; place < tree_.size(); ++place) {
            if (member.at[place] != 0 || reaches[place].is_nothing()) continue;
            auto held = as_held(member.who, reaches[place], note_of(member.number, place));
            auto& list = leftover_[place];
            std::ranges::move(held, std::back_inserter(list));
        }
    }

    void remark_lost(const Member& member, const std::vector<Reach>& reaches) {
        const auto wanted = tree_.wanted(member.number, tree_.everywhere());
        for (Index place = root_; place < tree_.size(); ++place) {
            if (tree_.is_merged(place) && !wanted[place].is_within(reaches[place]))
                remark(member, place, codes::share_merged_folders);
            if (member.at[place] == 0 || !tree_.has_list(place)) continue;
            const bool for_a_time = reaches[place].until(Reach::edit) != Reach::kNever && !may(member, place, kUpdate);
            const bool passing_on = reaches[place].until(Reach::manage) != Reach::kNever && !may(member, place, kShare);
            if (for_a_time || passing_on) remark(member, place, codes::share_team_not_for_a_time);
        }
    }

    static bool may(const Member& member, Index place, Bits bits) { return (member.at[place] & bits) == bits; }

    void remark(const Member& member, Index place, std::string_view code) {
        plan_.shares.remarks.push_back(
            {tree_.path(place), member.who, Reason(code, {{"path", tree_.path(place)}, {"who", member.who.id}})});
    }

    std::string note_of(std::size_t number, Index place) const {
        for (const auto& entry : tree_.entries(number))
            if (entry.place == place && !entry.held->note.empty()) return entry.held->note;
        return {};
    }

    /// Who has all that they had by groups that they surely are in needs nothing of their own.
    void leave_out_covered() {
        std::vector<Recipient> covered;
        for (const auto& member : members_) {
            if (is_group(member.who)) continue;
            std::vector<Bits> by_groups(tree_.size(), 0);
            for (const auto& membership : request_.memberships) {
                if (std::ranges::find(membership.members, member.who) == membership.members.end()) continue;
                for (const auto& group : members_)
                    for (std::size_t place = 0; group.who == membership.group && place < tree_.size(); ++place)
                        by_groups[place] |= group.at[place];
            }
            bool all = true;
            for (Index place = root_; place < tree_.size(); ++place)
                all = all && (member.at[place] & ~by_groups[place]) == 0;
            if (all) covered.push_back(member.who);
        }
        std::erase_if(members_,
                      [&](const Member& member) { return std::ranges::find(covered, member.who) != covered.end(); });
    }

    /// Lets in each group with all that it may anywhere, and the people by a group for each right.
    void admit() {
        std::map<Bits, std::vector<Recipient>> people;
        for (auto& member : members_) {
            for (const auto bits : member.at)
                member.gate |= bits;
            if (is_group(member.who)) {
                plan_.groups.push_back({member.who, member.gate});
                continue;
            }
            member.gate = (member.gate & kShare) != 0 ? kAll : (member.gate & ~kRead) != 0 ? kEdit : kRead;
            if (member.who != request_.owner || !request_.folder.owner_is_in) people[member.gate].push_back(member.who);
        }
        const auto slash = plan_.path.rfind('/');
        const auto name = slash == std::string::npos ? plan_.path : plan_.path.substr(slash + 1);
        for (auto& [permissions, members] : people)
            plan_.groups.push_back({{RecipientKind::new_group, team_group_name(name, permissions, request_.language)},
                                    permissions,
                                    std::move(members)});
    }

    /// Somebody may be in both, now or later.
    static bool may_be_one(const Member& left, const Member& right) {
        return left.who == right.who || is_group(left.who) || is_group(right.who);
    }

    /// What the folder above gives, or the groups do.
    Bits above(const Member& member, Index place) const {
        return place == root_ ? member.gate : member.at[tree_.parent(place)];
    }

    void add_rules(Index place) {
        std::vector<TeamRule> rules(members_.size());
        for (const Bits bit : {kRead, kUpdate, kCreate, kDelete, kShare}) {
            std::vector<std::size_t> losing;
            for (std::size_t i = 0; i < members_.size(); ++i) {
                const bool had = (above(members_[i], place) & bit) != 0, has = (members_[i].at[place] & bit) != 0;
                if (had && !has && (bit == kRead || matters(i, place, bit))) losing.push_back(i);
                if (!had && has) rules[i].permissions |= bit;
            }
            for (const auto i : losing)
                rules[i].mask |= bit;
            // A denial would take it away from whoever has it by somebody else's rule further up.
            for (std::size_t i = 0; i < members_.size() && !losing.empty(); ++i)
                if ((members_[i].at[place] & bit) != 0 && std::ranges::any_of(losing, [&](std::size_t other) {
                        return may_be_one(members_[i], members_[other]);
                    }))
                    rules[i].permissions |= bit;
        }
        for (std::size_t i = 0; i < members_.size(); ++i) {
            rules[i].mask |= rules[i].permissions;
            if (rules[i].mask == 0) continue;
            plan_.rules.push_back(
                {tree_.path(place), tree_.is_folder(place), members_[i].who, rules[i].mask, rules[i].permissions});
        }
    }

    /// Without reading nothing is left of the other rights, unless somebody who is in it also reads by something else
    /// that neither gives this right nor takes it away itself.
    bool matters(std::size_t member, Index place, Bits bit) const {
        if ((members_[member].at[place] & kRead) != 0) return true;
        return std::ranges::any_of(members_, [&](const Member& other) {
            return &other != &members_[member] && may_be_one(other, members_[member]) &&
                   (other.at[place] & (kRead | bit)) == kRead && (above(other, place) & bit) == 0;
        });
    }

    void share_the_rest() {
        std::vector<TreeNode> others = request_.nodes;
        for (auto& node : others)
            std::erase_if(node.held, [&](const Held& held) {
                return held.recipient == request_.owner || member_numbers_.contains(tree_.number_of(held.recipient));
            });
        append(least_shares(others, request_.memberships, request_.rules));
        if (leftover_.empty()) return;
        std::vector<TreeNode> parts;
        for (Index place = root_; place < tree_.size(); ++place) {
            const auto held = leftover_.find(place);
            parts.push_back({tree_.path(place), tree_.is_folder(place), true,
                             held == leftover_.end() ? std::vector<Held>() : held->second});
        }
        append(least_shares(parts, {}, request_.rules));
    }

    void append(ShareSet more) {
        std::ranges::move(more.shares, std::back_inserter(plan_.shares.shares));
        std::ranges::move(more.remarks, std::back_inserter(plan_.shares.remarks));
    }

    const TeamRequest& request_;
    const ShareTree tree_;
    Index root_ = 0;
    std::vector<Member> members_;
    std::unordered_set<std::size_t> member_numbers_; ///< of those who were found, covered ones too
    std::map<Index, std::vector<Held>> leftover_;    ///< by place
    TeamFolderPlan plan_;
};

} // namespace

std::string team_group_name(const std::string& folder, std::uint32_t permissions, Language language) {
    const bool french = language == Language::french;
    const char* word = permissions == kRead   ? (french ? "lecture" : "read")
                       : permissions == kEdit ? (french ? "modification" : "edit")
                                              : (french ? "gestion" : "manage");
    return folder + " (" + word + ")";
}

TeamFolderPlan plan_team_folder(const TeamRequest& request) {
    return TeamPlanner(request).run();
}

} // namespace passerelle::sharing
