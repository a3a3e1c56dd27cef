// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/json_writers.hpp"
#include "daemon/api/orders.hpp"
#include "daemon/api/routes.hpp"

namespace passerelle::api {
namespace {

Result<Answer> list(const Call& call, const Bench& bench, bool everybody) {
    auto all = bench.services.bridges.bridges(call.caller, everybody);
    if (!all) return failure(all);
    return json_answer({{"bridges", json_of_each(*all, call.language)}});
}

BridgeId id_of(const Call& call) {
    return {call.job.value};
}

} // namespace

Result<Answer> bridges(const Call& call, const Bench& bench) {
    return list(call, bench, false);
}

Result<Answer> all_bridges(const Call& call, const Bench& bench) {
    return list(call, bench, true);
}

Result<Answer> build_bridge(const Call& call, const Bench& bench) {
    auto order = read_bridge_order(call.body);
    if (!order) return failure(order);
    auto bridge = bench.services.bridges.build(call.caller, *order);
    if (!bridge) return failure(bridge);
    auto answer = json_answer(json_of(*bridge, call.language), 201);
    answer.headers.emplace_back("Location", "/api/v1/bridges/" + std::to_string(bridge->id.value));
    return answer;
}

Result<Answer> change_bridge(const Call& call, const Bench& bench) {
    auto automatic = read_automatic(call.body);
    if (!automatic) return failure(automatic);
    auto bridge = bench.services.bridges.set_automatic(call.caller, id_of(call), *automatic);
    if (!bridge) return failure(bridge);
    return json_answer(json_of(*bridge, call.language));
}

Result<Answer> authorise_bridge(const Call& call, const Bench& bench) {
    auto given = read_credentials(call.body);
    if (!given) return failure(given);
    auto bridge =
        bench.services.bridges.authorise_bridge(call.caller, id_of(call), given->login, std::move(given->app_password));
    if (!bridge) return failure(bridge);
    return json_answer(json_of(*bridge, call.language));
}

Result<Answer> withdraw_bridge(const Call& call, const Bench& bench) {
    auto bridge = bench.services.bridges.withdraw(call.caller, id_of(call));
    if (!bridge) return failure(bridge);
    return json_answer(json_of(*bridge, call.language));
}

Result<Answer> remove_bridge(const Call& call, const Bench& bench) {
    auto removed = bench.services.bridges.remove(call.caller, id_of(call));
    if (!removed) return failure(removed);
    return Answer{.status = 204};
}

} // namespace passerelle::api
