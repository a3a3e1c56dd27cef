// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/console.hpp"
#include "daemon/cli/sharing_view.hpp"
#include "daemon/report/safe_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace passerelle::cli {
namespace {

using report::visible;

constexpr Sentence kTitle{"Dossier d'équipe « {} » :", "Team folder “{}”:"};
constexpr Sentence kGroup{"groupe {} : {}", "group {}: {}"};
constexpr Sentence kProposed{" (à créer, avec {})", " (to be created, with {})"};
constexpr Sentence kNew{" (à créer)", " (to be created)"};
constexpr Sentence kRule{"/{}, {} : {}", "/{}, {}: {}"};
constexpr Sentence kDone{"Fait dans les dossiers d'équipe : {}", "Done in team folders: {}"};

struct BitName {
    std::uint32_t bit;
    Sentence name;
};
constexpr BitName kNames[] = {{1, {"lecture", "read"}},
                              {2, {"écriture", "write"}},
                              {4, {"création", "create"}},
                              {8, {"suppression", "delete"}},
                              {16, {"partage", "share"}}};

std::string rights(std::uint32_t permissions, Language language) {
    std::vector<std::string_view> names;
    for (const auto& [bit, name] : kNames)
        if ((permissions & bit) != 0) names.push_back(name.in(language));
    return fmt::format("{}", fmt::join(names, ", "));
}

/// "+ lecture; − écriture": what the rule gives and takes away.
std::string difference(const sharing::TeamRule& rule, Language language) {
    const auto given = rights(rule.permissions & rule.mask, language);
    const auto taken = rights(rule.mask & ~rule.permissions, language);
    std::string text;
    if (!given.empty()) text += "+ " + given;
    if (!given.empty() && !taken.empty()) text += "; ";
    if (!taken.empty()) text += "− " + taken;
    return text;
}

std::string group_line(const sharing::TeamGroup& group, Language language) {
    auto line =
        fmt::format(fmt::runtime(kGroup.in(language)), visible(group.group.id), rights(group.permissions, language));
    if (group.group.kind != sharing::RecipientKind::new_group) return line;
    if (group.members.empty()) return line + std::string(kNew.in(language));
    std::vector<std::string> members;
    for (const auto& member : group.members)
        members.push_back(visible(member.id));
    return line + fmt::format(fmt::runtime(kProposed.in(language)), fmt::join(members, ", "));
}

} // namespace

std::string teams_text(const SharesView& view, Language language) {
    std::string text;
    for (const auto& team : view.plan.teams) {
        text += fmt::format(fmt::runtime(kTitle.in(language)), visible(team.path)) + "\n";
        for (const auto& group : team.groups)
            text += "    " + group_line(group, language) + "\n";
        for (const auto& rule : team.rules)
            text += "    " +
                    fmt::format(fmt::runtime(kRule.in(language)), visible(rule.path), visible(rule.who.id),
                                difference(rule, language)) +
                    "\n";
        for (const auto& change : view.team_changes)
            if (change.folder == team.path)
                for (const auto& reason : change.reasons)
                    text += "  ! " + explain(reason, language) + "\n";
    }
    const auto done = std::ranges::count_if(
        view.team_changes, [](const auto& change) { return change.state == journal::ShareState::made; });
    if (done > 0) text += fmt::format(fmt::runtime(kDone.in(language)), done) + "\n";
    return text.empty() ? text : text + "\n";
}

} // namespace passerelle::cli
