// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/json_writers.hpp"

namespace passerelle::api {

Json json_of(const service::BridgeView& bridge, Language language) {
    return {{"id", bridge.id.value},
            {"user", bridge.user_id},
            {"job", bridge.job.value},
            {"kind", to_string(bridge.export_kind)},
            {"destination", bridge.destination},
            {"automatic", bridge.automatic},
            {"state", to_string(bridge.state)},
            {"reason", bridge.reason ? json_of(*bridge.reason, language) : Json()},
            {"export_name", bridge.export_name},
            {"latest_job", bridge.latest ? Json(bridge.latest->value) : Json()},
            {"created_at", json_of_time(bridge.created_at)}};
}

} // namespace passerelle::api
