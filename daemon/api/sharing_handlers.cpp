// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/json_writers.hpp"
#include "daemon/api/orders.hpp"
#include "daemon/api/routes.hpp"

namespace passerelle::api {

Result<Answer> people(const Call& call, const Bench& bench) {
    auto table = bench.services.sharing.people(call.caller, call.job);
    if (!table) return failure(table);
    return json_answer(json_of(*table, call.language));
}

Result<Answer> decide_people(const Call& call, const Bench& bench) {
    auto decisions = read_people_decisions(call.body);
    if (!decisions) return failure(decisions);
    auto table = bench.services.sharing.decide_people(call.caller, call.job, *decisions);
    if (!table) return failure(table);
    return json_answer(json_of(*table, call.language));
}

Result<Answer> shares(const Call& call, const Bench& bench) {
    auto table = bench.services.sharing.shares(call.caller, call.job);
    if (!table) return failure(table);
    return json_answer(json_of(*table, call.language));
}

Result<Answer> places(const Call& call, const Bench& bench) {
    auto found = bench.services.sharing.places(call.caller, call.job);
    if (!found) return failure(found);
    return json_answer(json_of(*found));
}

Result<Answer> accesses(const Call& call, const Bench& bench) {
    auto csv = bench.services.sharing.access_csv(call.caller, call.job, call.language);
    if (!csv) return failure(csv);
    return Answer{.type = "text/csv; charset=utf-8", .body = std::move(*csv)};
}

Result<Answer> correct_accesses(const Call& call, const Bench& bench) {
    auto table = bench.services.sharing.correct_accesses(call.caller, call.job, call.body);
    if (!table) return failure(table);
    return json_answer(json_of(*table, call.language));
}

} // namespace passerelle::api
