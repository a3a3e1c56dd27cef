// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/bounded_json.hpp"

namespace passerelle::sources {
namespace {

constexpr int kMaxDepth = 32;

/// Braces and brackets outside of strings; a parser that met the depth itself would have built it already.
bool is_too_deep(std::string_view text) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                quoted = false;
        } else if (c == '"')
            quoted = true;
        else if ((c == '{' || c == '[') && ++depth > kMaxDepth)
            return true;
        else if (c == '}' || c == ']')
            --depth;
    }
    return false;
}

} // namespace

std::optional<nlohmann::json> parse_bounded_json(std::string_view text) {
    if (text.empty() || text.size() > kMaxJsonBytes || is_too_deep(text)) return std::nullopt;
    auto document = nlohmann::json::parse(text, nullptr, false);
    if (document.is_discarded()) return std::nullopt;
    return document;
}

std::string text_of(const nlohmann::json& object, const char* member) {
    const auto at = object.find(member);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

bool flag_of(const nlohmann::json& object, const char* member) {
    const auto at = object.find(member);
    return at != object.end() && at->is_boolean() && at->get<bool>();
}

} // namespace passerelle::sources
