// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/least_shares.hpp"

#include "core/reason_codes.hpp"
#include "daemon/sharing/paths.hpp"
#include "daemon/sharing/reach.hpp"
#include "daemon/sharing/share_tree.hpp"

#include <algorithm>
#include <unordered_map>

namespace passerelle::sharing {
namespace {

using Index = ShareTree::Index;
using Scope = ShareTree::Scope;

/// A share at a place, before it is written out.
struct Given {
    Index place;
    Reach reach;
};

bool is_group(const Recipient& recipient) {
    return recipient.kind == RecipientKind::group || recipient.kind == RecipientKind::new_group ||
           recipient.kind == RecipientKind::new_team;
}

/// A share has one expiry date: of what is not yet covered, the highest ability and all that lasts as long.
Reach step_of(const Reach& safe, const Reach& covered) {
    for (const auto ability : {Reach::manage, Reach::edit, Reach::download, Reach::view}) {
        const auto day = safe.until(ability);
        if (day <= covered.until(ability)) continue;
        Right right = Right::view;
        if (safe.until(Reach::edit) >= day) right = Right::edit;
        if (safe.until(Reach::manage) >= day) right = Right::manage;
        const bool may_download = safe.until(Reach::download) >= day;
        if (day == Reach::kForever) return Reach::of(right, may_download, std::nullopt);
        return Reach::of(right, may_download, std::chrono::sys_days(std::chrono::days(day)));
    }
    return {};
}

/// Works recipient by recipient, groups first, over arrays as long as the recipient's scope.
class Sharing {
  public:
    Sharing(const ShareTree& tree, const std::vector<Membership>& memberships, const ShareRules& rules)
        : tree_(tree), rules_(rules), given_(tree.recipients().size()) {
        for (const auto& membership : memberships) {
            const auto group = tree_.number_of(membership.group);
            if (group == tree_.recipients().size()) continue;
            for (const auto& member : membership.members)
                if (const auto number = tree_.number_of(member); number < tree_.recipients().size())
                    groups_of_[number].push_back(group);
        }
    }

    ShareSet run() {
        for (const bool groups : {true, false})
            for (std::size_t number = 0; number < tree_.recipients().size(); ++number)
                if (is_group(tree_.recipients()[number]) == groups) share_with(number);
        const auto by_place = [](const auto& left, const auto& right) {
            if (left.path != right.path) return path_before(left.path, right.path);
            return left.recipient < right.recipient;
        };
        std::ranges::stable_sort(set_.shares, by_place);
        std::ranges::stable_sort(set_.remarks, by_place);
        return std::move(set_);
    }

  private:
    void share_with(std::size_t number) {
        std::vector<std::size_t> identities{number};
        if (const auto groups = groups_of_.find(number); groups != groups_of_.end())
            identities.insert(identities.end(), groups->second.begin(), groups->second.end());
        const auto scope = rules_.infer_unknown_folders ? tree_.everywhere() : tree_.scope_of(identities);
        std::vector<Reach> safe(scope.size());
        std::vector<Reach> covered(scope.size()); // by the groups that the recipient is in
        for (const auto identity : identities) {
            const auto allowed = tree_.allowed(identity, scope, rules_.can_forbid_download);
            for (std::size_t at = 0; at < scope.size(); ++at)
                safe[at].join(allowed[at]);
            if (identity != number) add_given(identity, scope, covered);
        }
        remark_denials(number, scope, covered);
        meet_with_below(scope, safe);
        choose(number, scope, safe, covered);
        remark_shortfalls(number, scope, safe, covered);
    }

    /// Adds what the shares of a recipient give at every place of the scope.
    void add_given(std::size_t number, const Scope& scope, std::vector<Reach>& reaches) const {
        std::vector<Reach> own(scope.size());
        auto next = given_[number].begin();
        for (std::size_t at = 0; at < scope.size(); ++at) {
            own[at] = scope.above(own, at);
            if (next != given_[number].end() && next->place == scope.place(at)) own[at].join((next++)->reach);
            reaches[at].join(own[at]);
        }
    }

    /// What a share of a folder may give: no more than everything in it allows.
    void meet_with_below(const Scope& scope, std::vector<Reach>& safe) const {
        const auto is_open = [&](Index place) {
            return rules_.infer_unknown_folders && place > 0 && tree_.is_unknown(place) && tree_.children(place) > 1;
        };
        for (std::size_t at = 0; at < scope.size(); ++at)
            if (is_open(scope.place(at))) safe[at] = Reach::everything();
        for (auto at = scope.size(); at-- > 0;)
            if (scope.parent(at) != Scope::kNone) safe[scope.parent(at)].meet(safe[at]);
    }

    void choose(std::size_t number, const Scope& scope, const std::vector<Reach>& safe,
                const std::vector<Reach>& covered) {
        std::vector<Reach> own(scope.size());
        for (std::size_t at = 0; at < scope.size(); ++at) {
            own[at] = scope.above(own, at);
            auto has = own[at];
            has.join(covered[at]);
            if (scope.place(at) == 0 || safe[at].is_within(has)) continue; // the root cannot be shared
            const auto step = step_of(safe[at], has);
            own[at].join(step);
            given_[number].push_back({scope.place(at), step});
            write(number, scope.place(at), step);
        }
    }

    void write(std::size_t number, Index place, const Reach& reach) {
        const auto& recipient = tree_.recipients()[number];
        Share share{tree_.path(place), tree_.is_folder(place), recipient};
        if (reach.until(Reach::edit) != Reach::kNever) share.right = Right::edit;
        if (reach.until(Reach::manage) != Reach::kNever) share.right = Right::manage;
        share.may_download = reach.until(Reach::download) != Reach::kNever;
        if (const auto day = reach.until(Reach::view); day != Reach::kForever)
            share.expires = std::chrono::sys_days(std::chrono::days(day));
        for (auto entry = first_entry(number, place); entry != tree_.entries(number).end() && entry->place == place;
             ++entry)
            if (share.note.empty()) share.note = entry->held->note;
        if (tree_.is_unknown(place)) remark(number, place, codes::share_folder_inferred);
        set_.shares.push_back(std::move(share));
    }

    std::vector<ShareTree::Entry>::const_iterator first_entry(std::size_t number, Index place) const {
        return std::ranges::lower_bound(tree_.entries(number), place, {}, &ShareTree::Entry::place);
    }

    void remark(std::size_t number, Index place, std::string_view code) {
        const auto& recipient = tree_.recipients()[number];
        set_.remarks.push_back(
            {tree_.path(place), recipient, Reason(code, {{"path", tree_.path(place)}, {"who", recipient.id}})});
    }

    /// Somebody was to have nothing here, and a group that they are in has.
    void remark_denials(std::size_t number, const Scope& scope, const std::vector<Reach>& by_groups) {
        std::size_t at = 0;
        for (const auto& entry : tree_.entries(number)) {
            while (scope.place(at) != entry.place)
                ++at;
            if (entry.held->right == Right::none && !by_groups[at].is_nothing())
                remark(number, entry.place, codes::share_denied_under_group);
        }
    }

    /// Where the recipient gets less than the lists gave, once for a folder and what lies in it.
    void remark_shortfalls(std::size_t number, const Scope& scope, const std::vector<Reach>& safe,
                           std::vector<Reach>& reaches) {
        add_given(number, scope, reaches);
        const auto wanted = tree_.wanted(number, scope);
        std::vector<std::string_view> said(scope.size());
        for (std::size_t at = 0; at < scope.size(); ++at) {
            const auto place = scope.place(at);
            if (place == 0 || wanted[at].is_within(reaches[at])) continue;
            const auto above = scope.parent(at) == Scope::kNone ? std::string_view() : said[scope.parent(at)];
            said[at] = above.empty() || tree_.has_list(place) ? shortfall_of(place, wanted[at], safe[at]) : above;
            if (said[at] != above) remark(number, place, said[at]);
        }
    }

    std::string_view shortfall_of(Index place, const Reach& wanted, const Reach& safe) const {
        const bool forbidden = wanted.until(Reach::download) < wanted.until(Reach::view);
        if (forbidden && !rules_.can_forbid_download) return codes::share_download_not_forbidden;
        if (tree_.is_merged(place)) return codes::share_merged_folders;
        // One share has one date: the rest of two accesses of different length is lost.
        return wanted.is_within(safe) ? codes::share_less_than_before : codes::share_part_of_folder;
    }

    const ShareTree& tree_;
    const ShareRules& rules_;
    std::vector<std::vector<Given>> given_; ///< of each recipient, by place
    std::unordered_map<std::size_t, std::vector<std::size_t>> groups_of_;
    ShareSet set_;
};

} // namespace

ShareSet least_shares(const std::vector<TreeNode>& nodes, const std::vector<Membership>& memberships,
                      const ShareRules& rules) {
    const ShareTree tree(nodes);
    return Sharing(tree, memberships, rules).run();
}

} // namespace passerelle::sharing
