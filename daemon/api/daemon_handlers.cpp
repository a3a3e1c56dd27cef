// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/json_writers.hpp"
#include "daemon/api/routes.hpp"

namespace passerelle::api {

Result<Answer> health(const Call& call, const Bench& bench) {
    return json_answer(json_of(bench.services.administration.health(), call.language));
}

Result<Answer> version(const Call&, const Bench&) {
    return json_answer({{"version", PASSERELLE_VERSION}, {"api", "1.0"}});
}

Result<Answer> metrics(const Call&, const Bench& bench) {
    auto metrics = bench.services.administration.metrics();
    if (!metrics) return failure(metrics);
    return Answer{.type = "text/plain; version=0.0.4; charset=utf-8", .body = prometheus_text(*metrics)};
}

Result<Answer> reasons(const Call&, const Bench&) {
    static const std::string kText = to_text(json_of_catalogue());
    return Answer{.type = "application/json", .body = kText, .headers = {{"Cache-Control", "private, max-age=86400"}}};
}

} // namespace passerelle::api
