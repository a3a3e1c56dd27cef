// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/interruption.hpp"
#include "daemon/cli/sharing_session.hpp"
#include "daemon/cli/sharing_view.hpp"
#include "daemon/jobs/job_folder.hpp"
#include "daemon/jobs/team_sharing.hpp"
#include "daemon/sharing/access_csv.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::cli {
namespace {

constexpr Sentence kTableWritten{"Le tableau est écrit : {}", "The table is written: {}"};
constexpr Sentence kTableKept{"Le tableau reste comme il est, pour que vous puissiez corriger ces lignes : {}",
                              "The table stays as it is, so that you can correct these lines: {}"};
constexpr Sentence kHowToApply{"Rien n'a été partagé. Pour partager : passerelle shares {} --apply",
                               "Nothing was shared. To share: passerelle shares {} --apply"};

void print_problems(const std::vector<Reason>& problems, Language language) {
    for (const auto& problem : problems)
        say("! " + explain(problem, language));
}

void say_file(const Sentence& sentence, const std::filesystem::path& file, Language language) {
    say(fmt::format(fmt::runtime(sentence.in(language)), file.string()));
}

void add(std::vector<Reason>& problems, const std::vector<Reason>& more) {
    problems.insert(problems.end(), more.begin(), more.end());
}

Result<std::vector<jobs::FolderMembers>> members_of(const Arguments& arguments) {
    std::vector<jobs::FolderMembers> members;
    for (const auto& [folder, file] : arguments.members) {
        auto json = read_table(file);
        if (!json) return failure(json);
        if (!*json) return Error(ErrorKind::job, codes::file_unreadable, file.string(), {{"file", file.string()}});
        members.push_back({folder, std::move(**json)});
    }
    return members;
}

/// The accesses by the table, where there is one; where there is none yet, it is written.
Result<jobs::ArrivedAccess> accesses(SharingSession& session, const Arguments& arguments,
                                     const std::filesystem::path& file) {
    const auto language = arguments.language;
    auto members = members_of(arguments);
    if (!members) return failure(members);
    auto arrived = jobs::arrived_access(session.job, *session.journal);
    if (!arrived) return failure(arrived);
    if (!members->empty()) arrived->access = jobs::access_of_members(session.job, arrived->tree, *members);
    if (file.empty()) return arrived;
    auto table = read_table(file);
    if (!table) return failure(table);
    if (*table) {
        arrived->access = jobs::access_of_table(session.job, arrived->tree, **table);
        return arrived;
    }
    const auto text = sharing::access_csv(sharing::differences_of(arrived->access.nodes), language);
    if (auto written = write_table(file, text); !written) return failure(written);
    say_file(kTableWritten, file, language);
    return arrived;
}

Result<std::optional<jobs::AppliedShares>> apply(SharingSession& session, const sharing::SharePlan& plan,
                                                 const Arguments& arguments, const std::stop_token& stop) {
    if (!arguments.apply) return std::optional<jobs::AppliedShares>{};
    const jobs::ApplyChoices choices{.notify = arguments.notify,
                                     .again = arguments.again,
                                     .wait = [&](std::chrono::seconds left, const std::stop_token& stopped) {
                                         return wait_for_limit(left, stopped, arguments.language);
                                     }};
    auto applied = jobs::apply_shares(session.job, plan, session.tools(), choices, stop);
    if (!applied) return failure(applied);
    return std::optional(std::move(*applied));
}

Result<std::vector<journal::TeamChange>> apply_teams(SharingSession& session, const sharing::SharePlan& plan,
                                                     const Arguments& arguments, const std::stop_token& stop) {
    if (!arguments.apply) return std::vector<journal::TeamChange>();
    return jobs::apply_team_folders(session.job, plan, *session.journal, *session.server,
                                    {.create_groups = arguments.create_groups, .again = arguments.again}, stop);
}

Ending ending_of(const jobs::AppliedShares& applied, const std::vector<journal::TeamChange>& teams) {
    const auto refused = [](const auto& line) { return line.state == journal::ShareState::refused; };
    const bool some = std::ranges::any_of(applied.lines, refused) || std::ranges::any_of(teams, refused);
    return some ? Ending::some_failed : Ending::complete;
}

} // namespace

Result<Ending> people(const Arguments& arguments, const Settings& settings) {
    const Interruption interruption;
    auto session = open_sharing(arguments, settings, interruption.token());
    if (!session) return failure(session);
    auto arrived = accesses(*session, arguments, arguments.accesses_file);
    if (!arrived) return failure(arrived);
    const auto& access = arrived->access;
    print_problems(access.problems, arguments.language);
    auto decided = read_decisions(arguments.table_file);
    if (!decided) return failure(decided);
    auto found =
        jobs::find_everybody(session->job, access.nodes, decided->decisions, session->tools(), interruption.token());
    if (!found) return failure(found);
    auto problems = decided->problems;
    add(problems, found->problems);
    print_problems(problems, arguments.language);

    const PeopleView view{session->job.id, found->people, problems};
    fmt::print("{}", arguments.output == Output::json ? people_json(view, arguments.language)
                                                      : people_text(view, arguments.language));
    if (arguments.table_file.empty()) return Ending::complete;
    if (!problems.empty()) {
        say_file(kTableKept, arguments.table_file, arguments.language);
        return Ending::some_failed;
    }
    const auto text = sharing::people_csv(found->people, arguments.language);
    if (auto written = write_table(arguments.table_file, text); !written) return failure(written);
    say_file(kTableWritten, arguments.table_file, arguments.language);
    return Ending::complete;
}

Result<Ending> shares(const Arguments& arguments, const Settings& settings) {
    const Interruption interruption;
    auto session = open_sharing(arguments, settings, interruption.token());
    if (!session) return failure(session);
    auto arrived = accesses(*session, arguments, arguments.table_file);
    if (!arrived) return failure(arrived);
    const auto& access = arrived->access;
    auto decided = read_decisions(arguments.people_file);
    if (!decided) return failure(decided);
    auto found =
        jobs::find_everybody(session->job, access.nodes, decided->decisions, session->tools(), interruption.token());
    if (!found) return failure(found);
    auto problems = access.problems;
    add(problems, decided->problems);
    add(problems, found->problems);
    print_problems(problems, arguments.language);

    auto ground =
        jobs::sharing_ground(session->job, *arrived, *session->journal, *session->server, interruption.token());
    if (!ground) return failure(ground);
    auto plan = jobs::plan_job_shares(session->job, access.nodes, found->people, std::move(*ground));
    auto foreign = jobs::foreign_content(plan, access.nodes, *session->server, interruption.token());
    if (!foreign) return failure(foreign);
    plan.remarks.insert(plan.remarks.begin(), foreign->begin(), foreign->end());
    std::optional<jobs::JobFolder> lock; // two that apply at once would ask for the same shares
    if (arguments.apply) {
        auto folder = jobs::JobFolder::open(settings.state_dir, session->job.id);
        if (!folder) return failure(folder);
        lock.emplace(std::move(*folder));
    }
    auto applied_teams = apply_teams(*session, plan, arguments, interruption.token());
    if (!applied_teams) return failure(applied_teams);
    auto applied = apply(*session, plan, arguments, interruption.token());
    if (!applied) return failure(applied);
    if (lock && session->job.phase == JobPhase::finished) lock->remove();
    const SharesView view{session->job.id, plan, found->people, problems, *applied ? &**applied : nullptr,
                          *applied_teams};
    fmt::print("{}", arguments.output == Output::json ? shares_json(view, arguments.language)
                                                      : shares_text(view, arguments.language));
    if (*applied) return ending_of(**applied, *applied_teams);
    if (!plan.shares.empty() || !plan.teams.empty())
        say(fmt::format(fmt::runtime(kHowToApply.in(arguments.language)), session->job.id.value));
    return Ending::complete;
}

} // namespace passerelle::cli
