// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/json.hpp"

#include "core/reason_codes.hpp"
#include "core/units.hpp"

#include <limits>
#include <nlohmann/json.hpp>

namespace passerelle::ocs {
namespace {

constexpr std::size_t kMaxBytes = 4 * kMiB;
constexpr int kMaxDepth = 64;

const Json kNull;

/// True where brackets outside strings are nested deeper than allowed.
bool too_deep(std::string_view text) {
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') ++i;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kMaxDepth) return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

} // namespace

Error bad_answer(std::string detail) {
    return Error(ErrorKind::permanent, codes::server_bad_answer, std::move(detail));
}

Result<Json> parse_json(std::string_view text) {
    if (text.size() > kMaxBytes) return bad_answer("JSON of more than 4 MiB");
    if (too_deep(text)) return bad_answer("JSON of more than 64 levels");
    Json root = Json::parse(text, nullptr, false);
    if (root.is_discarded()) return bad_answer("no JSON");
    return root;
}

const Json& at(const Json& root, std::initializer_list<const char*> path) {
    const Json* value = &root;
    for (const char* const name : path) {
        if (!value->is_object()) return kNull;
        const auto member = value->find(name);
        if (member == value->end()) return kNull;
        value = &*member;
    }
    return *value;
}

std::string text_of(const Json& value) {
    return value.is_string() ? value.get<std::string>() : std::string();
}

bool truth_of(const Json& value) {
    return value.is_boolean() && value.get<bool>();
}

std::optional<std::int64_t> number_of(const Json& value) {
    constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
    if (value.is_number_unsigned())
        return static_cast<std::int64_t>(std::min<std::uint64_t>(value.get<std::uint64_t>(), kMax));
    if (value.is_number_integer()) return value.get<std::int64_t>();
    if (!value.is_number_float()) return std::nullopt;
    const double number = value.get<double>();
    if (number >= static_cast<double>(kMax)) return kMax;
    if (number <= -static_cast<double>(kMax)) return -kMax;
    return static_cast<std::int64_t>(number);
}

std::optional<std::vector<std::string>> texts_of(const Json& value) {
    if (!value.is_array()) return std::nullopt;
    std::vector<std::string> texts;
    for (const auto& element : value)
        if (element.is_string()) texts.push_back(element.get<std::string>());
    return texts;
}

} // namespace passerelle::ocs
