// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/plan_shares.hpp"

#include "daemon/cli/share_order.hpp"
#include "daemon/cli/sharing_session.hpp"
#include "daemon/cli/sharing_view.hpp"

namespace passerelle::cli {

Result<std::string> planned_shares(const sources::Source& source, const plan::Plan& plan, const jobs::Order& order,
                                   journal::Journal& journal, nextcloud::Nextcloud& server, const Arguments& arguments,
                                   const std::stop_token& stop) {
    const auto job = jobs::draft_of(source, order, server);
    auto planned = jobs::access_of_plan(source.inventory(), plan);
    if (const auto file = accesses_table(arguments); !file.empty()) {
        auto table = read_table(file);
        if (!table) return failure(table);
        planned.access = jobs::access_of_table(job, planned.tree, table->value_or(std::string()));
    }
    auto decided = read_decisions(arguments.people_file);
    if (!decided) return failure(decided);
    const jobs::SharingTools tools{journal, server.sharing()};
    auto found = jobs::find_everybody(job, planned.access.nodes, decided->decisions, tools, stop, jobs::Keep::nothing);
    if (!found) return failure(found);
    auto problems = planned.access.problems;
    problems.insert(problems.end(), decided->problems.begin(), decided->problems.end());
    problems.insert(problems.end(), found->problems.begin(), found->problems.end());

    auto ground = jobs::sharing_ground(job, planned, journal, server, stop);
    if (!ground) return failure(ground);
    const auto shares = jobs::plan_job_shares(job, std::move(planned.access.nodes), found->people, std::move(*ground));
    const SharesView view{std::nullopt, shares, found->people, problems};
    return arguments.output == Output::json ? shares_json(view, arguments.language)
                                            : shares_text(view, arguments.language);
}

} // namespace passerelle::cli
