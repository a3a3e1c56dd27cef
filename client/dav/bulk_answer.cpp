// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/bulk_answer.hpp"

#include "client/dav/answers.hpp"
#include "client/dav/errors.hpp"

#include <nlohmann/json.hpp>

namespace passerelle::dav {

using Json = nlohmann::json;

Result<BulkAnswer> parse_bulk_answer(std::string_view body) {
    const Json json = Json::parse(body, nullptr, false);
    BulkAnswer answer;
    if (json.is_array() && json.empty()) return answer; // how PHP writes a map without entries
    if (!json.is_object()) return bad_answer("the bulk endpoint's answer is no object");
    for (const auto& [path, entry] : json.items()) {
        if (!entry.is_object()) return bad_answer("an entry of the bulk endpoint's answer is no object");
        const auto text = [&entry = entry](const char* name) {
            const auto found = entry.find(name);
            return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
        };
        const auto error = entry.find("error");
        BulkEntry read;
        read.error = error == entry.end() || !error->is_boolean() || error->get<bool>();
        read.message = text("message");
        read.etag = without_quotes(text("etag"));
        read.file_id = numeric_file_id(text("fileid"));
        answer.emplace(path, std::move(read));
    }
    return answer;
}

std::string to_json(const BulkAnswer& answer) {
    Json json = Json::object();
    for (const auto& [path, entry] : answer)
        json[path] = {
            {"error", entry.error}, {"message", entry.message}, {"etag", entry.etag}, {"fileid", entry.file_id}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace passerelle::dav
