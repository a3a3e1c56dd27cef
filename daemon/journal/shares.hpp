// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the journal keeps of sharing. All are values.
namespace passerelle::journal {

/// Whom a share is for.
enum class SharedWith { user, group, email, team };

/// What became of a share that a job wants.
enum class ShareState {
    planned, ///< about to be made: the server may have it already, or never have been asked
    made,    ///< made by the job
    changed, ///< made by a job of this installation, corrected since
    left,    ///< somebody else made it; the reasons say where it differs from what was wanted
    refused, ///< not made; the reasons say why
    gone,    ///< made, and taken away by somebody since
    undone,  ///< made, and taken away when the job was undone
};

[[nodiscard]] constexpr std::string_view to_string(ShareState state) {
    switch (state) {
    case ShareState::planned:
        return "planned";
    case ShareState::made:
        return "made";
    case ShareState::changed:
        return "changed";
    case ShareState::left:
        return "left";
    case ShareState::refused:
        return "refused";
    case ShareState::gone:
        return "gone";
    case ShareState::undone:
        return "undone";
    }
    return "planned";
}

/// A line of the ledger of shares. Of a job, a path and a recipient there is one.
struct ShareLine {
    std::string path; ///< under the user's files
    SharedWith with = SharedWith::user;
    std::string recipient; ///< the account's, group's or Team's id, the address
    std::uint32_t permissions = 0;
    bool may_download = true;
    std::optional<std::chrono::sys_days> expires{}; ///< the last day
    std::string note{};
    ShareState state = ShareState::planned;
    std::string share_id{}; ///< the server's; empty until it is known
    std::vector<Reason> reasons{};
    std::string recipient_name{}; ///< as shown where the id says nothing to anybody: a Team's; else empty

    /// How the recipient is called.
    [[nodiscard]] const std::string& shown() const { return recipient_name.empty() ? recipient : recipient_name; }

    friend bool operator==(const ShareLine&, const ShareLine&) = default;
};

/// What a job does to a team folder and to the groups that it needs.
enum class TeamAct {
    folder,    ///< the folder was made
    group,     ///< the group `subject` was made
    member,    ///< the account `path` was put into the group `subject`
    admission, ///< the group `subject` was let in, with `permissions`
    rules,     ///< the advanced permissions of `path` were written, as `text` says
    advanced,  ///< advanced permissions were switched on
    manager,   ///< the account `subject` may set advanced permissions
};

[[nodiscard]] constexpr std::string_view to_string(TeamAct act) {
    switch (act) {
    case TeamAct::folder:
        return "folder";
    case TeamAct::group:
        return "group";
    case TeamAct::member:
        return "member";
    case TeamAct::admission:
        return "admission";
    case TeamAct::rules:
        return "rules";
    case TeamAct::advanced:
        return "advanced";
    case TeamAct::manager:
        return "manager";
    }
    return "folder";
}

/// A line of the ledger about a team folder. Of a job, a folder, an act, a subject and a path there is one.
struct TeamChange {
    std::string folder; ///< its name
    TeamAct act = TeamAct::folder;
    std::string subject{};
    std::string path{};
    std::uint32_t permissions = 0;
    std::string text{}; ///< rules as they were written, spelled by the caller
    ShareState state = ShareState::planned;
    std::int64_t folder_id = 0; ///< the server's; 0 until it is known
    std::vector<Reason> reasons{};

    friend bool operator==(const TeamChange&, const TeamChange&) = default;
};

/// A Team (app circles) that a job made.
struct MadeTeam {
    std::string name;
    std::string id{};                   ///< the server's; empty until it is known
    std::vector<std::string> members{}; ///< the accounts that the job put in

    friend bool operator==(const MadeTeam&, const MadeTeam&) = default;
};

/// What a person decided about somebody whom exports name.
struct KeptDecision {
    std::string principal; ///< equal for equal people; spelled by the caller
    std::string decision;  ///< spelled by the caller; empty takes an earlier one back
    std::string target;    ///< an id, an address or a name, by the decision

    friend bool operator==(const KeptDecision&, const KeptDecision&) = default;
};

} // namespace passerelle::journal
