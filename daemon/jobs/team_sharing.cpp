// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/team_sharing.hpp"

#include "client/nextcloud/sharing.hpp"
#include "client/nextcloud/team_folders.hpp"
#include "core/reason_codes.hpp"
#include "daemon/jobs/migration.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <optional>
#include <set>

namespace passerelle::jobs {
namespace {

using journal::ShareState;
using journal::TeamAct;
using journal::TeamChange;
using nextcloud::Rule;
using nextcloud::RuleFor;

using Key = std::tuple<std::string, TeamAct, std::string, std::string>;

Key key_of(const TeamChange& change) {
    return {change.folder, change.act, change.subject, change.path};
}

bool is_made(ShareState state) {
    return state == ShareState::made || state == ShareState::changed;
}

std::string first_level(const std::string& path) {
    return path.substr(0, path.find('/'));
}

Rule rule_of(const sharing::TeamRule& rule) {
    const bool person = rule.who.kind == sharing::RecipientKind::user;
    return {person ? RuleFor::user : RuleFor::group, rule.who.id, rule.mask, rule.permissions & rule.mask};
}

/// Equal for equal rules: how the journal keeps them.
std::string text_of(std::vector<Rule> rules) {
    std::ranges::sort(rules);
    std::string text;
    for (const auto& rule : rules)
        text += fmt::format("{} {}/{} {}\n",
                            rule.kind == RuleFor::user    ? "user"
                            : rule.kind == RuleFor::group ? "group"
                                                          : "team",
                            rule.permissions, rule.mask, rule.id);
    return text;
}

/// One application of a plan to one team folder. Confined to a thread.
class TeamApplication {
  public:
    TeamApplication(const journal::Job& job, journal::Journal& journal, nextcloud::Nextcloud& server,
                    const TeamApplyChoices& choices, std::stop_token stop)
        : job_(job), journal_(journal), server_(server), teams_(server.team_folders()), choices_(choices),
          stop_(std::move(stop)) {}

    Result<std::vector<TeamChange>> run(const sharing::TeamFolderPlan& plan) {
        folder_ = plan.path;
        if (auto read = read_what_is(); !read) return failure(read);
        for (const auto& group : plan.groups)
            if (group.group.kind == sharing::RecipientKind::new_group)
                if (auto made = make_group(group); !made) return failure(made);
        if (auto ruled = write_rules(plan); !ruled) return failure(ruled);
        for (const auto& group : plan.groups)
            if (auto admitted = admit(group); !admitted) return failure(admitted);
        return std::move(lines_);
    }

  private:
    Result<void> read_what_is() {
        auto known = journal_.team_changes(job_.id);
        if (!known) return failure(known);
        for (auto& change : *known)
            before_.emplace(key_of(change), change);
        auto place = teams_.place(folder_, stop_);
        if (!place) return failure(place);
        if (!*place)
            return Error(ErrorKind::item, codes::team_folder_missing, "", {{"folder", folder_}, {"user", user()}});
        place_ = **place;
        auto folders = teams_.list(stop_);
        if (!folders) return failure(folders);
        for (const auto& folder : folders->value_or(std::vector<nextcloud::TeamFolder>()))
            if (folder.id == place_.folder_id) groups_ = folder.groups;
        return {};
    }

    const std::string& user() const { return server_.user_id(); }

    /// A group that is to be created: made with its members where that was asked for, else proposed.
    Result<void> make_group(const sharing::TeamGroup& group) {
        auto found = server_.sharing().find_groups(group.group.id, stop_);
        if (!found) return failure(found);
        TeamChange line{folder_, TeamAct::group, group.group.id};
        const bool there = !found->exact.empty() || groups_.contains(group.group.id);
        if (!there && !choices_.create_groups) {
            std::vector<std::string> members;
            for (const auto& member : group.members)
                members.push_back(member.id);
            missing_.insert(group.group.id);
            return settle(
                std::move(line), ShareState::refused,
                Reason(codes::share_team_group_proposed, {{"path", folder_},
                                                          {"group", group.group.id},
                                                          {"members", fmt::format("{}", fmt::join(members, ", "))}}));
        }
        if (!there) {
            auto made = act(line, [&] { return server_.sharing().create_group(group.group.id, stop_); });
            if (!made) return failure(made);
            if (!*made) missing_.insert(group.group.id);
            if (!*made) return {};
        }
        for (const auto& member : group.members)
            if (choices_.create_groups)
                if (auto joined = join(group.group.id, member.id); !joined) return joined;
        return {};
    }

    Result<void> join(const std::string& group, const std::string& account) {
        TeamChange line{folder_, TeamAct::member, group, account};
        if (const auto* known = line_before(line); known != nullptr && is_made(known->state))
            return settle(*known, known->state);
        auto joined = act(line, [&] { return server_.sharing().add_to_group(group, account, stop_); });
        return joined ? Result<void>() : Result<void>(failure(joined));
    }

    Result<void> write_rules(const sharing::TeamFolderPlan& plan) {
        std::map<std::string, std::vector<Rule>> wanted;
        std::vector<std::string> order;
        for (const auto& rule : plan.rules) {
            if (!wanted.contains(rule.path)) order.push_back(rule.path);
            wanted[rule.path].push_back(rule_of(rule));
        }
        for (const auto& [key, change] : before_)
            if (change.folder == folder_ && change.act == TeamAct::rules && is_made(change.state) &&
                !change.text.empty() && !wanted.contains(change.path)) {
                order.push_back(change.path); // no longer wanted: written by this job, so taken back
                wanted[change.path];
            }
        if (order.empty()) return {};
        auto may = get_ready_for_rules();
        if (!may) return failure(may);
        if (!*may) unruled_ = true;
        for (const auto& path : order)
            if (*may)
                if (auto written = write(path, wanted.at(path)); !written) return written;
        return {};
    }

    /// Rules count, and the account may set them; where not, an administrator's account changes that.
    Result<bool> get_ready_for_rules() {
        if (place_.advanced_permissions && place_.may_manage) return true;
        const Reason wanted(codes::share_team_rules_wanted, {{"folder", folder_}, {"user", user()}});
        if (!place_.may_manage) {
            auto made = act(
                {folder_, TeamAct::manager, user()}, [&] { return teams_.let_manage(place_.folder_id, user(), stop_); },
                wanted);
            if (!made || !*made) return made;
        }
        if (place_.advanced_permissions) return true;
        return act(
            {folder_, TeamAct::advanced}, [&] { return teams_.allow_advanced_permissions(place_.folder_id, stop_); },
            wanted);
    }

    Result<void> write(const std::string& path, const std::vector<Rule>& rules) {
        TeamChange line{folder_, TeamAct::rules, {}, path};
        line.text = text_of(rules);
        if (names_missing(rules)) {
            unruled_ = true;
            return {}; // the proposed group is told already
        }
        auto there = teams_.place(path, stop_);
        if (!there) return failure(there);
        if (!*there)
            return settle(std::move(line), ShareState::refused, Reason(codes::share_path_missing, {{"path", path}}));
        const auto standing = text_of((*there)->rules);
        const auto* known = line_before(line);
        if (standing == line.text) {
            const bool ours = known != nullptr && known->state != ShareState::left;
            return settle(std::move(line), ours ? ShareState::made : ShareState::left);
        }
        const bool ours = known != nullptr && known->state != ShareState::left && standing == known->text;
        if (!standing.empty() && !ours) {
            unruled_ = true;
            return settle(std::move(line), ShareState::left,
                          Reason(codes::share_team_rules_of_others, {{"path", path}}));
        }
        auto written = act(std::move(line), [&] { return teams_.set_rules(path, rules, stop_); });
        if (!written) return failure(written);
        unruled_ = unruled_ || !*written;
        return {};
    }

    bool names_missing(const std::vector<Rule>& rules) const {
        return std::ranges::any_of(
            rules, [&](const Rule& rule) { return rule.kind == RuleFor::group && missing_.contains(rule.id); });
    }

    Result<void> admit(const sharing::TeamGroup& group) {
        if (missing_.contains(group.group.id)) return {};
        TeamChange line{folder_, TeamAct::admission, group.group.id};
        line.permissions = group.permissions;
        const auto* known = line_before(line);
        const bool ours = known != nullptr && is_made(known->state);
        const auto in = groups_.find(group.group.id);
        if (in != groups_.end() && in->second == group.permissions)
            return settle(std::move(line), ours ? known->state : ShareState::left);
        if (in != groups_.end() && !ours)
            return settle(std::move(line), ShareState::left,
                          Reason(codes::share_made_by_others, {{"path", folder_}, {"who", group.group.id}}));
        if (in == groups_.end() && ours && !choices_.again)
            return settle(std::move(line), ShareState::gone,
                          Reason(codes::share_removed_since, {{"path", folder_}, {"who", group.group.id}}));
        const Reason wanted(
            codes::share_team_group_wanted,
            {{"folder", folder_}, {"group", group.group.id}, {"rights", rights_text(group.permissions)}});
        if (unruled_) return settle(std::move(line), ShareState::refused, wanted);
        auto let_in = act(
            std::move(line), [&] { return teams_.admit(place_.folder_id, group.group.id, group.permissions, stop_); },
            wanted);
        return let_in ? Result<void>() : Result<void>(failure(let_in));
    }

    std::string rights_text(std::uint32_t permissions) const {
        const bool french = choices_from_text(job_.key.choices).language == Language::french;
        std::string text = french ? "lecture" : "read";
        if ((permissions & 2) != 0) text += french ? ", écriture" : ", write";
        if ((permissions & 4) != 0) text += french ? ", création" : ", create";
        if ((permissions & 8) != 0) text += french ? ", suppression" : ", delete";
        if ((permissions & 16) != 0) text += french ? ", partage" : ", share";
        return text;
    }

    /// Does it, with the intent in the journal before. Answers whether the server did it; where it refused, `instead`
    /// says what an administrator does, or the refusal speaks for itself.
    template <class Do> Result<bool> act(TeamChange line, Do once, const std::optional<Reason>& instead = {}) {
        if (stop_.stop_requested()) return Error(ErrorKind::job, codes::job_stopped, "");
        line.folder_id = place_.folder_id;
        line.state = ShareState::planned;
        if (auto intent = journal_.record_team_change(job_.id, line); !intent) return failure(intent);
        auto done = once();
        if (done) {
            auto written = settle(std::move(line), ShareState::made);
            return written ? Result<bool>(true) : Result<bool>(failure(written));
        }
        const auto& error = done.error();
        if (error.kind == ErrorKind::retryable || error.kind == ErrorKind::job) return error;
        auto written = settle(std::move(line), ShareState::refused, instead ? *instead : reason_of(error));
        return written ? Result<bool>(false) : Result<bool>(failure(written));
    }

    Result<void> settle(TeamChange line, ShareState state, const std::optional<Reason>& reason = {}) {
        line.folder_id = place_.folder_id;
        line.state = state;
        if (reason) line.reasons = {*reason};
        return keep(std::move(line));
    }
    Result<void> keep(TeamChange line) {
        const auto* known = line_before(line);
        const bool same = known != nullptr && *known == line;
        before_.insert_or_assign(key_of(line), line);
        lines_.push_back(line);
        return same ? Result<void>() : journal_.record_team_change(job_.id, line);
    }
    const TeamChange* line_before(const TeamChange& line) const {
        const auto at = before_.find(key_of(line));
        return at == before_.end() ? nullptr : &at->second;
    }

    const journal::Job& job_;
    journal::Journal& journal_;
    nextcloud::Nextcloud& server_;
    nextcloud::TeamFolders& teams_;
    const TeamApplyChoices& choices_;
    std::stop_token stop_;
    std::string folder_;
    nextcloud::TeamPlace place_;
    std::map<std::string, unsigned> groups_; ///< that are in, as far as the account sees them
    std::map<Key, TeamChange> before_;       ///< lines of this job
    std::set<std::string> missing_;          ///< groups that are proposed, and not there
    bool unruled_ = false;                   ///< a rule does not stand: nobody more is let in
    std::vector<TeamChange> lines_;
};

} // namespace

Result<std::vector<sharing::TeamFolderAt>> team_folders_of(const journal::Job& job,
                                                           const std::vector<sharing::NodeAccess>& nodes,
                                                           nextcloud::Nextcloud& server, std::stop_token stop) {
    std::vector<sharing::TeamFolderAt> found;
    auto folders = server.team_folders().list(stop);
    if (!folders) return failure(folders);
    if (!*folders || (*folders)->empty()) return found;
    auto own = server.team_folders().own_groups(stop);
    if (!own) return failure(own);
    std::set<std::string> tops;
    for (const auto& node : nodes)
        tops.insert(first_level(node.path));
    const auto language = choices_from_text(job.key.choices).language;
    for (const auto& folder : **folders) {
        if (!tops.contains(folder.name)) continue;
        auto place = server.team_folders().place(folder.name, stop);
        if (!place) return failure(place);
        if (!*place || !(*place)->is_root || (*place)->folder_id != folder.id) continue;
        sharing::TeamFolderAt at{folder.name};
        const auto proposed = sharing::team_group_name(folder.name, sharing::kTeamManagers, language);
        for (const auto& [group, permissions] : folder.groups)
            at.groups.push_back(group);
        for (const auto& [group, permissions] : folder.groups)
            at.owner_is_in = at.owner_is_in || (permissions == sharing::kTeamManagers && group != proposed &&
                                                std::ranges::find(*own, group) != own->end());
        found.push_back(std::move(at));
    }
    return found;
}

Result<std::vector<TeamChange>> apply_team_folders(const journal::Job& job, const sharing::SharePlan& plan,
                                                   journal::Journal& journal, nextcloud::Nextcloud& server,
                                                   const TeamApplyChoices& choices, std::stop_token stop) {
    std::vector<TeamChange> all;
    for (const auto& team : plan.teams) {
        auto lines = TeamApplication(job, journal, server, choices, stop).run(team);
        if (!lines) return failure(lines);
        std::ranges::move(*lines, std::back_inserter(all));
    }
    return all;
}

} // namespace passerelle::jobs
