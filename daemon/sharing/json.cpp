// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/json.hpp"

namespace passerelle::sharing {

std::optional<nlohmann::json> parse_bounded_json(std::string_view text, std::size_t max_bytes) {
    constexpr int max_depth = 16;
    if (text.empty() || text.size() > max_bytes) return std::nullopt;
    bool too_deep = false;
    // A value that the callback refuses is dropped while it is read, so that depth never becomes memory.
    const auto keep = [&too_deep](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
        too_deep = too_deep || depth > max_depth;
        return !too_deep;
    };
    auto document = nlohmann::json::parse(text, keep, false);
    if (too_deep || document.is_discarded()) return std::nullopt;
    return document;
}

std::string text_of(const nlohmann::json& object, const char* member) {
    if (!object.is_object()) return {};
    const auto at = object.find(member);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

bool flag_of(const nlohmann::json& object, const char* member, bool otherwise) {
    if (!object.is_object()) return otherwise;
    const auto at = object.find(member);
    return at != object.end() && at->is_boolean() ? at->get<bool>() : otherwise;
}

const nlohmann::json& list_of(const nlohmann::json& object, const char* member) {
    static const nlohmann::json nothing = nlohmann::json::array();
    if (!object.is_object()) return nothing;
    const auto at = object.find(member);
    return at != object.end() && at->is_array() ? *at : nothing;
}

} // namespace passerelle::sharing
