// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room: values as docs/api/openapi.yaml describes them.
#pragma once

#include "core/words.hpp"
#include "daemon/api/message.hpp"
#include "daemon/service/administration.hpp"
#include "daemon/service/bridge_desk.hpp"
#include "daemon/service/desk.hpp"
#include "daemon/service/sharing_desk.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace passerelle::api {

using Json = nlohmann::ordered_json; // in the order a person reads them

/// A name that is no UTF-8 has U+FFFD where it is broken.
[[nodiscard]] std::string to_text(const Json& json);
[[nodiscard]] Answer json_answer(const Json& json, unsigned status = 200);

[[nodiscard]] Json json_of(const Reason& reason, Language language);
[[nodiscard]] Json json_of(const journal::ReasonCount& count, Language language);
[[nodiscard]] Json json_of_time(Timestamp moment);
/// null for no time.
[[nodiscard]] Json json_of_time(const std::optional<Timestamp>& moment);
[[nodiscard]] Json json_of_day(const std::optional<std::chrono::sys_days>& day);

[[nodiscard]] Json json_of(const service::Health& health, Language language);
[[nodiscard]] Json json_of(const service::Limits& limits);
[[nodiscard]] Json json_of(const service::LogLine& line);
[[nodiscard]] Json json_of(const service::Event& event);
[[nodiscard]] Json json_of_levels(const std::map<std::string, std::string>& levels);
/// Prometheus' text format 0.0.4.
[[nodiscard]] std::string prometheus_text(const std::vector<service::Metric>& metrics);
/// Every reason in both languages.
[[nodiscard]] Json json_of_catalogue();

[[nodiscard]] Json json_of(const service::ExportPart& part);
[[nodiscard]] Json json_of(const service::FoundAccount& account, Language language);
[[nodiscard]] Json json_of(const service::FoundExport& found, Language language);
[[nodiscard]] Json json_of(const plan::Choices& choices);
[[nodiscard]] Json json_of(const journal::Statement& statement);
[[nodiscard]] Json json_of(const service::JobView& job, Language language);
[[nodiscard]] Json json_of(const service::Contents& contents, Language language);
[[nodiscard]] Json json_of(const journal::Item& item, Language language);
[[nodiscard]] Json json_of(const jobs::UndoneThing& thing, Language language);

[[nodiscard]] Json json_of(const service::BridgeView& bridge, Language language);

[[nodiscard]] Json json_of(const service::PeopleTable& table, Language language);
[[nodiscard]] Json json_of(const service::SharesTable& table, Language language);
[[nodiscard]] Json json_of(const service::Places& places);

/// Each of them, written with what else it needs.
template <class Value, class... Others>
[[nodiscard]] Json json_of_each(const std::vector<Value>& values, const Others&... others) {
    Json list = Json::array();
    for (const auto& value : values)
        list.push_back(json_of(value, others...));
    return list;
}

} // namespace passerelle::api
