// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/log/lines.hpp"

#include <array>
#include <nlohmann/json.hpp>

namespace passerelle::log {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array kLevels{Level::debug, Level::info, Level::warning, Level::error};

void append_visible(std::string& line, std::string_view text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n')
            line += "\\n";
        else if (byte < 0x20 || byte == 0x7F)
            line += fmt::format("\\x{:02x}", byte);
        else
            line += c;
    }
}

template <class Id> std::optional<Id> id_in(const Json& object, const char* field) {
    const auto found = object.find(field);
    if (found == object.end() || !found->is_number_integer()) return std::nullopt;
    return Id{found->get<std::int64_t>()};
}

std::string text_in(const Json& object, const char* field) {
    const auto found = object.find(field);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

std::string_view to_string(Level level) {
    switch (level) {
    case Level::debug:
        return "debug";
    case Level::info:
        return "info";
    case Level::warning:
        return "warning";
    case Level::error:
        return "error";
    }
    return "error";
}

std::optional<Level> level_from(std::string_view word) {
    for (const auto level : kLevels)
        if (to_string(level) == word) return level;
    return std::nullopt;
}

std::string to_text(const Line& line) {
    return fmt::format("{} {:<7} {}", line.time, to_string(line.level), to_message(line));
}

std::string to_message(const Line& line) {
    auto text = line.room + ": ";
    append_visible(text, line.message);
    if (line.job) text += fmt::format(" job={}", line.job->value);
    if (line.item) text += fmt::format(" item={}", line.item->value);
    return text;
}

std::string to_json(const Line& line) {
    Json object{{"time", line.time}, {"level", to_string(line.level)}, {"room", line.room}};
    if (line.job) object["job"] = line.job->value;
    if (line.item) object["item"] = line.item->value;
    object["message"] = line.message;
    return object.dump(-1, ' ', false, Json::error_handler_t::replace); // a message may quote bytes that are no UTF-8
}

std::optional<Line> from_json(std::string_view text) {
    const auto object = Json::parse(text, nullptr, false);
    if (!object.is_object()) return std::nullopt;
    const auto level = level_from(text_in(object, "level"));
    if (!level || !object.contains("message")) return std::nullopt;
    return Line{text_in(object, "time"),       *level,
                text_in(object, "room"),       id_in<JobId>(object, "job"),
                id_in<ItemId>(object, "item"), text_in(object, "message")};
}

} // namespace passerelle::log
