// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/json_writers.hpp"
#include "daemon/api/orders.hpp"
#include "daemon/api/query.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/api/text.hpp"

namespace passerelle::api {
namespace {

constexpr std::size_t kMostLines = 2000;
constexpr std::size_t kUsualLines = 200;

Result<service::LogQuery> log_query_of(const Call& call) {
    Mistake mistake;
    QueryReader query(call.query, mistake);
    service::LogQuery wanted;
    if (const auto level = query.word<log::Level>("level")) wanted.level = log::to_string(*level);
    wanted.room = query.text("room", 40);
    if (const auto job = query.number("job", 1, kMostId, 0)) wanted.job = static_cast<std::int64_t>(job);
    wanted.text = query.text("text", 500);
    wanted.since = query.text("since", 40);
    if (!is_time(wanted.since)) mistake.set(bad_field("since", "2026-03-14T09:00:00Z"));
    wanted.limit = query.number("limit", 1, kMostLines, kUsualLines);
    query.close();
    return mistake.or_value(std::move(wanted));
}

} // namespace

Result<Answer> all_jobs(const Call& call, const Bench& bench) {
    Mistake mistake;
    QueryReader query(call.query, mistake);
    const auto user = query.text("user", 256);
    const auto state = query.word<service::JobState>("state");
    query.close();
    auto asked = mistake.or_value(true);
    if (!asked) return failure(asked);
    auto all = bench.services.desk.jobs(call.caller, true);
    if (!all) return failure(all);
    std::erase_if(*all, [&](const service::JobView& job) {
        return (!user.empty() && job.user_id != user) || (state && job.state != *state);
    });
    return json_answer({{"jobs", json_of_each(*all, call.language)}});
}

Result<Answer> limits(const Call& call, const Bench& bench) {
    auto limits = bench.services.administration.limits(call.caller);
    if (!limits) return failure(limits);
    return json_answer(json_of(*limits));
}

Result<Answer> set_limits(const Call& call, const Bench& bench) {
    auto wanted = read_limits(call.body);
    if (!wanted) return failure(wanted);
    auto limits = bench.services.administration.set_limits(call.caller, *wanted);
    if (!limits) return failure(limits);
    return json_answer(json_of(*limits));
}

Result<Answer> log_lines(const Call& call, const Bench& bench) {
    auto query = log_query_of(call);
    if (!query) return failure(query);
    auto lines = bench.services.administration.log(call.caller, *query);
    if (!lines) return failure(lines);
    return json_answer({{"lines", json_of_each(*lines)}});
}

Result<Answer> log_levels(const Call& call, const Bench& bench) {
    auto levels = bench.services.administration.log_levels(call.caller);
    if (!levels) return failure(levels);
    return json_answer(json_of_levels(*levels));
}

Result<Answer> set_log_levels(const Call& call, const Bench& bench) {
    auto wanted = read_log_levels(call.body);
    if (!wanted) return failure(wanted);
    for (const auto& [room, level] : *wanted) {
        auto set = bench.services.administration.set_log_level(call.caller, room, level);
        if (!set) return failure(set);
    }
    return log_levels(call, bench);
}

} // namespace passerelle::api
