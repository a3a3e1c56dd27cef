// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/json_writers.hpp"
#include "daemon/api/words.hpp"
#include "daemon/journal/row_words.hpp"
#include "daemon/report/facts.hpp"

namespace passerelle::api {
namespace {

Json json_of_arrived(const journal::Item& item) {
    Json list = Json::array();
    for (const auto& upload : item.uploads) {
        if (upload.state != journal::UploadState::arrived) continue;
        list.push_back({{"role", journal::to_string(upload.role)},
                        {"path", upload.target},
                        {"bytes", upload.size},
                        {"sha256", upload.sha256},
                        {"verified_by", upload.verified_by},
                        {"file_id", upload.file_id}});
    }
    return list;
}

} // namespace

Json json_of(const journal::Item& item, Language language) {
    return {{"id", item.id.value},
            {"source", item.source_path},
            {"kind", to_string(item.kind)},
            {"product", to_string(item.product)},
            {"action", to_string(item.action)},
            {"state", to_string(item.state)},
            {"bytes", item.size},
            {"modified", json_of_time(item.modified)},
            {"target", report::place_of(item)},
            {"original_target", report::original_place_of(item)},
            {"kept_target", item.kept_target},
            {"existing", item.existing},
            {"arrived", json_of_arrived(item)},
            {"verdict", item.verdict ? Json(to_string(*item.verdict)) : Json()},
            {"attention", report::needs_attention(item)},
            {"retryable", item.state == ItemState::failed && item.retryable},
            {"reasons", json_of_each(item.reasons, language)}};
}

Json json_of(const jobs::UndoneThing& thing, Language language) {
    return {{"kind", to_string(thing.kind)},
            {"path", thing.path},
            {"removed", thing.removed},
            {"reason", thing.reason ? json_of(*thing.reason, language) : Json()}};
}

} // namespace passerelle::api
