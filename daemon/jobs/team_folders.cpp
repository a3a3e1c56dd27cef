// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/team_folders.hpp"

#include "client/nextcloud/sharing.hpp"
#include "client/nextcloud/team_folders.hpp"
#include "core/reason_codes.hpp"
#include "daemon/jobs/migration.hpp"
#include "daemon/sharing/team_plan.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::jobs {
namespace {

using journal::ShareState;
using journal::TeamAct;
using journal::TeamChange;

std::string megabytes(std::uint64_t bytes) {
    return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

std::optional<nextcloud::TeamFolder> named(const std::vector<nextcloud::TeamFolder>& folders, const std::string& name) {
    const auto at = std::ranges::find(folders, name, &nextcloud::TeamFolder::name);
    return at == folders.end() ? std::nullopt : std::optional(*at);
}

/// Why one team folder cannot be filled; nothing where it can.
Result<std::optional<Reason>> obstacle(const std::string& name, std::uint64_t need,
                                       const std::vector<nextcloud::TeamFolder>& folders, nextcloud::Nextcloud& server,
                                       const std::stop_token& stop) {
    const auto about = [&](std::string_view code) {
        return std::optional(Reason(code, {{"folder", name}, {"user", server.user_id()}}));
    };
    auto place = server.team_folders().place(name, stop);
    if (!place) return failure(place);
    if (!*place || !(*place)->is_root) return about(codes::team_folder_missing);
    if (!(*place)->may_fill || !(*place)->may_share) return about(codes::team_folder_read_only);
    const auto folder = named(folders, name);
    if (!folder || !folder->quota) return std::optional<Reason>();
    const auto free = *folder->quota - std::min(*folder->quota, folder->size);
    if (need <= free) return std::optional<Reason>();
    return std::optional(Reason(codes::team_folder_no_space,
                                {{"folder", name}, {"needed", megabytes(need)}, {"free", megabytes(free)}}));
}

bool is_made_folder(const TeamChange& change, const std::string& name) {
    return change.folder == name && change.act == TeamAct::folder && change.state == ShareState::made;
}

/// Makes one team folder, step by step. Confined to a thread.
class Maker {
  public:
    Maker(const journal::Job& job, journal::Journal& journal, nextcloud::Nextcloud& server, std::stop_token stop)
        : job_(job), journal_(journal), server_(server), stop_(std::move(stop)) {}

    /// An earlier attempt of this job made the folder, and perhaps no more.
    bool began(const std::string& name) {
        auto known = journal_.team_changes(job_.id);
        return known &&
               std::ranges::any_of(*known, [&](const TeamChange& change) { return is_made_folder(change, name); });
    }

    Result<void> make(const std::string& name) {
        auto& teams = server_.team_folders();
        const auto language = choices_from_text(job_.key.choices).language;
        const auto group = sharing::team_group_name(name, sharing::kTeamManagers, language);
        const auto& user = server_.user_id();
        auto made = step({name, TeamAct::group, group}, [&] { return server_.sharing().create_group(group, stop_); });
        if (made)
            made = step({name, TeamAct::member, group, user},
                        [&] { return server_.sharing().add_to_group(group, user, stop_); });
        if (!made) return made;
        auto id = folder(name);
        if (!id) return failure(id);
        TeamChange admission{name, TeamAct::admission, group};
        admission.folder_id = *id;
        admission.permissions = sharing::kTeamManagers;
        made = step(admission, [&] { return teams.admit(*id, group, sharing::kTeamManagers, stop_); });
        TeamChange manager{name, TeamAct::manager, user};
        manager.folder_id = *id;
        if (made) made = step(manager, [&] { return teams.let_manage(*id, user, stop_); });
        return made;
    }

  private:
    /// Of an earlier attempt, or a new one.
    Result<std::int64_t> folder(const std::string& name) {
        auto known = journal_.team_changes(job_.id);
        if (!known) return failure(known);
        for (const auto& change : *known)
            if (is_made_folder(change, name)) return change.folder_id;
        TeamChange change{name, TeamAct::folder};
        if (auto intent = journal_.record_team_change(job_.id, change); !intent) return failure(intent);
        auto id = server_.team_folders().create(name, stop_);
        if (!id) return id;
        change.folder_id = *id;
        change.state = ShareState::made;
        if (auto written = journal_.record_team_change(job_.id, change); !written) return failure(written);
        return id;
    }

    template <class Act> Result<void> step(TeamChange change, Act act) {
        if (auto intent = journal_.record_team_change(job_.id, change); !intent) return intent;
        if (auto done = act(); !done) return done;
        change.state = ShareState::made;
        return journal_.record_team_change(job_.id, change);
    }

    const journal::Job& job_;
    journal::Journal& journal_;
    nextcloud::Nextcloud& server_;
    std::stop_token stop_;
};

} // namespace

TeamNeeds team_needs(const plan::Choices& choices, const sources::Inventory& inventory, const plan::Plan& plan) {
    TeamNeeds needs;
    for (const auto& [place, name] : choices.team_folders)
        for (const auto& planned : plan.items)
            if (planned.action != Action::skip && planned.target.starts_with(name + "/"))
                needs[name] += inventory.items[planned.item].size;
    return needs;
}

Result<std::vector<Reason>> team_folder_obstacles(const plan::Choices& choices, const TeamNeeds& needs,
                                                  nextcloud::Nextcloud& server, std::stop_token stop) {
    std::vector<Reason> obstacles;
    if (choices.team_folders.empty()) return obstacles;
    auto folders = server.team_folders().list(stop);
    if (!folders) return failure(folders);
    if (!*folders) {
        obstacles.emplace_back(codes::team_folder_no_app);
        return obstacles;
    }
    for (const auto& [place, name] : choices.team_folders) {
        const auto need = needs.find(name);
        auto found = obstacle(name, need == needs.end() ? 0 : need->second, **folders, server, stop);
        if (!found) return failure(found);
        if (*found) obstacles.push_back(std::move(**found));
    }
    return obstacles;
}

Result<void> require_team_folders(const plan::Choices& choices, const TeamNeeds& needs, nextcloud::Nextcloud& server,
                                  std::stop_token stop) {
    auto obstacles = team_folder_obstacles(choices, needs, server, std::move(stop));
    if (!obstacles) return failure(obstacles);
    if (obstacles->empty()) return {};
    auto& first = obstacles->front();
    return Error(ErrorKind::job, first.code, "", first.parameters);
}

Result<void> make_team_folders(const journal::Job& job, journal::Journal& journal, nextcloud::Nextcloud& server,
                               std::stop_token stop) {
    const auto choices = choices_from_text(job.key.choices);
    if (choices.team_folders.empty()) return {};
    auto folders = server.team_folders().list(stop);
    if (!folders) return failure(folders);
    if (!*folders) return Error(ErrorKind::job, codes::team_folder_no_app, "");
    Maker maker(job, journal, server, stop);
    for (const auto& [place, name] : choices.team_folders) {
        auto seen = server.team_folders().place(name, stop);
        if (!seen) return failure(seen);
        const bool there = (*seen && (*seen)->is_root) || named(**folders, name);
        if (there && !maker.began(name)) continue;
        if (auto made = maker.make(name); !made) return made;
    }
    return {};
}

} // namespace passerelle::jobs
