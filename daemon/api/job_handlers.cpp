// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/json_writers.hpp"
#include "daemon/api/orders.hpp"
#include "daemon/api/query.hpp"
#include "daemon/api/routes.hpp"

namespace passerelle::api {
namespace {

Result<Answer> answer_of(Result<service::JobView> job, const Call& call, unsigned status) {
    if (!job) return failure(job);
    return json_answer(json_of(*job, call.language), status);
}

/// What takes time is done later.
constexpr unsigned kAccepted = 202;

using Act = Result<service::JobView> (service::Desk::*)(const service::Caller&, JobId);

/// An act that needs nothing but the job.
Result<Answer> act_on(Act act, const Call& call, const Bench& bench) {
    auto nothing = read_nothing(call.body);
    if (!nothing) return failure(nothing);
    return answer_of((bench.services.desk.*act)(call.caller, call.job), call, kAccepted);
}

} // namespace

Result<Answer> inbox(const Call& call, const Bench& bench) {
    Mistake mistake;
    QueryReader query(call.query, mistake);
    auto user = query.text("user", 256);
    query.close();
    auto wanted = mistake.or_value(user.empty() ? call.caller.user_id : std::move(user));
    if (!wanted) return failure(wanted);
    auto found = bench.services.desk.inbox(call.caller, *wanted);
    if (!found) return failure(found);
    return json_answer({{"exports", json_of_each(*found, call.language)}});
}

Result<Answer> jobs(const Call& call, const Bench& bench) {
    auto all = bench.services.desk.jobs(call.caller, false);
    if (!all) return failure(all);
    return json_answer({{"jobs", json_of_each(*all, call.language)}});
}

Result<Answer> create_job(const Call& call, const Bench& bench) {
    auto order = read_job_order(call.body, call.language);
    if (!order) return failure(order);
    if (order->user_id.empty()) order->user_id = call.caller.user_id;
    if (order->workspace) order->workspace->inbox_of = call.caller.user_id;
    auto job = bench.services.desk.create(call.caller, std::move(*order));
    if (!job) return failure(job);
    auto answer = json_answer(json_of(*job, call.language), 201);
    answer.headers.emplace_back("Location", "/api/v1/jobs/" + std::to_string(job->id.value));
    return answer;
}

Result<Answer> job(const Call& call, const Bench& bench) {
    return answer_of(bench.services.desk.job(call.caller, call.job), call, 200);
}

Result<Answer> remove_job(const Call& call, const Bench& bench) {
    auto removed = bench.services.desk.remove(call.caller, call.job);
    if (!removed) return failure(removed);
    return Answer{.status = 204};
}

Result<Answer> choose(const Call& call, const Bench& bench) {
    auto choices = read_choices(call.body, call.language);
    if (!choices) return failure(choices);
    return answer_of(bench.services.desk.choose(call.caller, call.job, *choices), call, 200);
}

Result<Answer> authorise(const Call& call, const Bench& bench) {
    auto given = read_credentials(call.body);
    if (!given) return failure(given);
    return answer_of(bench.services.desk.authorise(call.caller, call.job, given->login, std::move(given->app_password)),
                     call, 200);
}

Result<Answer> start(const Call& call, const Bench& bench) {
    auto pilot = read_start(call.body);
    if (!pilot) return failure(pilot);
    return answer_of(bench.services.desk.start(call.caller, call.job, *pilot), call, kAccepted);
}

Result<Answer> pause(const Call& call, const Bench& bench) {
    return act_on(&service::Desk::pause, call, bench);
}

Result<Answer> resume(const Call& call, const Bench& bench) {
    return act_on(&service::Desk::resume, call, bench);
}

Result<Answer> cancel(const Call& call, const Bench& bench) {
    return act_on(&service::Desk::cancel, call, bench);
}

Result<Answer> retry(const Call& call, const Bench& bench) {
    auto items = read_retry(call.body);
    if (!items) return failure(items);
    return answer_of(bench.services.desk.retry(call.caller, call.job, *items), call, kAccepted);
}

Result<Answer> apply_shares(const Call& call, const Bench& bench) {
    auto notify = read_apply_shares(call.body);
    if (!notify) return failure(notify);
    return answer_of(bench.services.desk.apply_shares(call.caller, call.job, *notify), call, kAccepted);
}

Result<Answer> undo(const Call& call, const Bench& bench) {
    return act_on(&service::Desk::undo, call, bench);
}

} // namespace passerelle::api
