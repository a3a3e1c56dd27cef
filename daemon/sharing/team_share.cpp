// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/team_share.hpp"

#include "core/reason_codes.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <tuple>

namespace passerelle::sharing {
namespace {

/// What a share gives, whomever it is for. Shares with equal ones can be one.
using Given = std::tuple<Right, bool, std::optional<std::chrono::sys_days>, std::string>;

Given given_by(const Share& share) {
    return {share.right, share.may_download, share.expires, share.note};
}

/// At least as much as `other`, for as long.
bool covers(const Share& share, const Share& other) {
    const bool lasts = !share.expires || (other.expires && *share.expires >= *other.expires);
    return share.right >= other.right && (share.may_download || !other.may_download) && lasts;
}

class Gathering {
  public:
    Gathering(const TeamShare& wanted, const Recipient& owner, ShareSet& set)
        : wanted_(wanted), owner_(owner), set_(set) {}

    /// Those whose shares the Team's takes the place of; nothing where none is made.
    std::optional<std::vector<Recipient>> run() {
        Share share{.path = wanted_.path,
                    .is_folder = true,
                    .recipient = {RecipientKind::new_team, wanted_.team},
                    .right = Right::edit};
        if (const auto most = most_common()) {
            std::tie(share.right, share.may_download, share.expires, share.note) = *most;
        } else if (!wanted_.members) {
            remark(codes::share_team_empty, {{"path", wanted_.path}, {"team", wanted_.team}});
            return std::nullopt;
        }
        if (wanted_.members) tell_who_gets_more(share);
        return replace(share);
    }

  private:
    [[nodiscard]] bool is_here(const Share& share) const {
        return share.path == wanted_.path && share.is_folder && share.recipient.kind == RecipientKind::user;
    }
    [[nodiscard]] bool may_be_member(const Share& share) const {
        return is_here(share) &&
               (!wanted_.members || std::ranges::find(*wanted_.members, share.recipient.id) != wanted_.members->end());
    }

    /// Of two that are as common, the lesser.
    [[nodiscard]] std::optional<Given> most_common() const {
        std::map<Given, std::size_t> counts;
        for (const auto& share : set_.shares)
            if (may_be_member(share)) ++counts[given_by(share)];
        const auto most = std::ranges::max_element(
            counts, [](const auto& left, const auto& right) { return left.second < right.second; });
        return most == counts.end() ? std::nullopt : std::optional(most->first);
    }

    void tell_who_gets_more(const Share& with_team) {
        std::vector<std::string> more;
        for (const auto& member : *wanted_.members) {
            const Recipient recipient{RecipientKind::user, member};
            if (recipient == owner_) continue;
            const bool has_it = std::ranges::any_of(set_.shares, [&](const Share& share) {
                return is_here(share) && share.recipient == recipient && covers(share, with_team);
            });
            if (!has_it) more.push_back(member);
        }
        if (!more.empty())
            remark(codes::share_team_members_also, {{"path", wanted_.path},
                                                    {"team", wanted_.team},
                                                    {"members", fmt::format("{}", fmt::join(more, ", "))}});
    }

    std::vector<Recipient> replace(const Share& with_team) {
        std::vector<Recipient> members;
        const auto first = std::ranges::find_if(set_.shares, [&](const Share& share) { return is_here(share); });
        const auto place =
            first == set_.shares.end()
                ? std::ranges::find_if(set_.shares, [&](const Share& share) { return share.path > wanted_.path; })
                : first;
        auto at = set_.shares.insert(place, with_team) + 1;
        while (at != set_.shares.end()) {
            if (may_be_member(*at) && given_by(*at) == given_by(with_team)) {
                members.push_back(at->recipient);
                at = set_.shares.erase(at);
            } else {
                ++at;
            }
        }
        return members;
    }

    void remark(std::string_view code, std::vector<Reason::Parameter> parameters) {
        set_.remarks.push_back(
            {wanted_.path, {RecipientKind::new_team, wanted_.team}, Reason(code, std::move(parameters))});
    }

    const TeamShare& wanted_;
    const Recipient& owner_;
    ShareSet& set_;
};

} // namespace

void gather_into_team(const TeamShare& wanted, const Recipient& owner, ShareSet& set,
                      std::vector<Membership>& new_members) {
    const Recipient team{RecipientKind::new_team, wanted.team};
    if (std::ranges::find(new_members, team, &Membership::group) != new_members.end()) {
        // It is made for others already: who came in for this folder would see what those were given.
        set.remarks.push_back({wanted.path, team, Reason(codes::share_team_name_taken, {{"team", wanted.team}})});
        return;
    }
    auto members = Gathering(wanted, owner, set).run();
    if (members && !wanted.members) new_members.push_back({team, std::move(*members)});
}

} // namespace passerelle::sharing
