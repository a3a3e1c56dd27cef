// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/json_reader.hpp"

#include "core/reason_codes.hpp"
#include "daemon/api/paths.hpp"
#include "daemon/api/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::api {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostLevels = 16;
constexpr std::size_t kMostNameBytes = 100; ///< of a member's name that is told back

const Json kNothing = Json::object();

/// How deep brackets nest outside of strings, told before anything is built of them.
std::size_t levels_of(std::string_view text) {
    std::size_t level = 0;
    std::size_t most = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char letter = text[at];
        if (in_string && letter == '\\') {
            ++at;
        } else if (letter == '"') {
            in_string = !in_string;
        } else if (!in_string && (letter == '{' || letter == '[')) {
            most = std::max(most, ++level);
        } else if (!in_string && (letter == '}' || letter == ']') && level > 0) {
            --level;
        }
    }
    return most;
}

Error bad_body(std::string detail) {
    return refusal(codes::api_bad_body, {{"detail", std::move(detail)}});
}

std::string bounds_in_words(std::uint64_t least, std::uint64_t most) {
    return fmt::format("{} – {}", least, most);
}

} // namespace

ObjectReader::ObjectReader(const Json& json, std::string place, Mistake& mistake)
    : json_(json.is_object() ? json : kNothing), place_(std::move(place)), mistake_(mistake) {
    if (!json.is_object()) mistake_.set(bad_field(place_, "{…}"));
}

bool ObjectReader::has(std::string_view name) {
    return find(name, false) != nullptr;
}

std::string ObjectReader::text(std::string_view name, TextBounds bounds, std::optional<std::string> otherwise) {
    const auto* member = find(name, !otherwise.has_value());
    if (member == nullptr) return otherwise.value_or("");
    return text_of(*member, bounds, place_of(name), mistake_);
}

std::string ObjectReader::path(std::string_view name, TextBounds bounds, std::optional<std::string> otherwise) {
    auto path = text(name, bounds, std::move(otherwise));
    if (!is_relative_path(path)) mistake_.set(bad_field(place_of(name), "\"a/b\""));
    return path;
}

std::string ObjectReader::name(std::string_view name, TextBounds bounds) {
    auto read = path(name, bounds);
    if (read.find('/') != std::string::npos) mistake_.set(bad_field(place_of(name), "\"a\""));
    return read;
}

bool ObjectReader::flag(std::string_view name, std::optional<bool> otherwise) {
    const auto* member = find(name, !otherwise.has_value());
    if (member == nullptr) return otherwise.value_or(false);
    if (!member->is_boolean()) mistake_.set(bad_field(place_of(name), "true, false"));
    return member->is_boolean() ? member->get<bool>() : otherwise.value_or(false);
}

std::uint64_t ObjectReader::number(std::string_view name, std::uint64_t least, std::uint64_t most,
                                   std::optional<std::uint64_t> otherwise) {
    const auto* member = find(name, !otherwise.has_value());
    if (member == nullptr) return otherwise.value_or(least);
    return number_of(*member, least, most, place_of(name), mistake_);
}

ObjectReader ObjectReader::object(std::string_view name, bool required) {
    const auto* member = find(name, required);
    return {member == nullptr ? kNothing : *member, place_of(name), mistake_};
}

void ObjectReader::list(std::string_view name, std::size_t least, std::size_t most,
                        const std::function<void(const Json& element, std::string place)>& take) {
    const auto* member = find(name, least > 0);
    if (member == nullptr) return;
    const auto place = place_of(name);
    if (!member->is_array() || member->size() < least || member->size() > most)
        return mistake_.set(bad_field(place, fmt::format("[{}]", bounds_in_words(least, most))));
    for (std::size_t at = 0; at < member->size() && !mistake_.made(); ++at)
        take((*member)[at], fmt::format("{}.{}", place, at));
}

void ObjectReader::map(std::string_view name, std::size_t most,
                       const std::function<void(const std::string& key, const Json& value, std::string place)>& take) {
    const auto* member = find(name, false);
    if (member == nullptr) return;
    const auto place = place_of(name);
    if (!member->is_object() || member->size() > most)
        return mistake_.set(bad_field(place, fmt::format("{{{}}}", bounds_in_words(0, most))));
    for (const auto& [key, value] : member->items())
        if (!mistake_.made()) take(key, value, fmt::format("{}.{}", place, key.substr(0, kMostNameBytes)));
}

void ObjectReader::close() {
    for (const auto& [name, value] : json_.items())
        if (!known_.contains(name))
            mistake_.set(refusal(codes::api_unknown_field, {{"field", place_of(name.substr(0, kMostNameBytes))}}));
}

const Json* ObjectReader::find(std::string_view name, bool required) {
    known_.emplace(name);
    const auto found = json_.find(name);
    if (found != json_.end()) return &*found;
    if (required) mistake_.set(bad_field(place_of(name), "…"));
    return nullptr;
}

std::string ObjectReader::place_of(std::string_view name) const {
    return place_.empty() ? std::string(name) : fmt::format("{}.{}", place_, name);
}

std::string text_of(const Json& json, TextBounds bounds, const std::string& place, Mistake& mistake) {
    const auto* text = json.get_ptr<const std::string*>();
    if (text != nullptr && text->size() >= bounds.least && text->size() <= bounds.most && is_plain_text(*text))
        return *text;
    mistake.set(bad_field(place, fmt::format("\"…\" ({})", bounds_in_words(bounds.least, bounds.most))));
    return {};
}

std::uint64_t number_of(const Json& json, std::uint64_t least, std::uint64_t most, const std::string& place,
                        Mistake& mistake) {
    if (json.is_number_unsigned()) {
        const auto number = json.get<std::uint64_t>();
        if (number >= least && number <= most) return number;
    }
    mistake.set(bad_field(place, bounds_in_words(least, most)));
    return least;
}

Result<Json> parse_body(std::string_view body) {
    if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return kNothing;
    if (levels_of(body) > kMostLevels) return bad_body(fmt::format("more than {} levels", kMostLevels));
    try {
        auto json = Json::parse(body);
        if (!json.is_object()) return bad_body("no object");
        return json;
    } catch (const Json::exception& broken) {
        // The library's text may repeat what was sent; where it broke is enough.
        const auto* parse_error = dynamic_cast<const Json::parse_error*>(&broken);
        return bad_body(parse_error == nullptr ? "no JSON" : fmt::format("no JSON at byte {}", parse_error->byte));
    }
}

} // namespace passerelle::api
