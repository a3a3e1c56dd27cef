// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/json_reader.hpp"
#include "daemon/api/orders.hpp"

#include <map>
#include <set>

namespace passerelle::api {
namespace {

constexpr TextBounds kPath{0, 4096};
constexpr TextBounds kGlob{1, 1000};
constexpr TextBounds kUser{1, 256};
constexpr TextBounds kLogin{1, 255};
constexpr TextBounds kName{1, 255};
constexpr std::size_t kMostParts = 1000;
constexpr std::size_t kMostGlobs = 200;
constexpr std::size_t kMostPlaces = 200;
constexpr std::size_t kMostRetried = 10'000;
constexpr std::uint64_t kMostWorkers = 16;

std::vector<std::string> globs_of(ObjectReader& choices, std::string_view name, Mistake& mistake) {
    std::vector<std::string> globs;
    choices.list(name, 0, kMostGlobs, [&](const nlohmann::json& element, const std::string& place) {
        globs.push_back(text_of(element, kGlob, place, mistake));
    });
    return globs;
}

std::string not_again(const std::string& text) {
    return "≠ \"" + text + "\"";
}

/// Where some folders of the first level go. `others`: what the others have, which no folder of these may be.
std::map<std::string, std::string> places_of(ObjectReader& choices, std::string_view name,
                                             const std::map<std::string, std::string>& others, Mistake& mistake) {
    std::map<std::string, std::string> places;
    std::set<std::string> taken;
    choices.list(name, 0, kMostPlaces, [&](const nlohmann::json& element, const std::string& place) {
        ObjectReader reader(element, place, mistake);
        auto folder = reader.name("folder", kName);
        auto target = reader.name("name", kName);
        reader.close();
        if (places.contains(folder) || others.contains(folder))
            mistake.set(bad_field(place + ".folder", not_again(folder)));
        if (!taken.insert(target).second) mistake.set(bad_field(place + ".name", not_again(target)));
        places.emplace(std::move(folder), std::move(target));
    });
    return places;
}

plan::Choices choices_of(ObjectReader& json, Language language, Mistake& mistake) {
    plan::Choices choices;
    choices.destination = json.path("destination", kPath, "");
    auto convert = json.object("convert", false);
    choices.convert = {.text = convert.flag("text", true),
                       .spreadsheets = convert.flag("spreadsheets", true),
                       .presentations = convert.flag("presentations", true),
                       .only_faithful = convert.flag("only_faithful", false)};
    convert.close();
    choices.originals = json.word<Originals>("originals", Originals::folder);
    choices.synchronise = json.word<Gone>("gone", Gone::keep);
    choices.include = globs_of(json, "include", mistake);
    choices.exclude = globs_of(json, "exclude", mistake);
    choices.language = json.word<Language>("language", language);
    choices.team_folders = places_of(json, "team_folders", {}, mistake);
    choices.teams = places_of(json, "teams", choices.team_folders, mistake);
    choices.workers = json.number("workers", 1, kMostWorkers, plan::Choices().workers);
    return choices;
}

service::ExportPart part_of(const nlohmann::json& json, const std::string& place, Mistake& mistake) {
    ObjectReader reader(json, place, mistake);
    service::ExportPart part{.place = reader.word<service::ExportPart::Place>("place"),
                             .path = reader.path("path", {1, kPath.most})};
    reader.close();
    return part;
}

} // namespace

Result<service::JobOrder> read_job_order(std::string_view body, Language language) {
    return read_body(body, [&](ObjectReader& reader, Mistake& mistake) {
        service::JobOrder order;
        reader.list("parts", 1, kMostParts, [&](const nlohmann::json& element, const std::string& place) {
            order.parts.push_back(part_of(element, place, mistake));
        });
        if (reader.has("user")) order.user_id = reader.text("user", kUser);
        order.login = reader.text("login", kLogin);
        order.app_password = Secret(reader.text("app_password", kLogin));
        auto choices = reader.object("choices", false);
        order.choices = choices_of(choices, language, mistake);
        choices.close();
        order.delta = reader.flag("delta", false);
        if (reader.has("workspace")) order.workspace = service::Workspace{reader.text("workspace", kName), ""};
        return order;
    });
}

Result<plan::Choices> read_choices(std::string_view body, Language language) {
    return read_body(body,
                     [&](ObjectReader& reader, Mistake& mistake) { return choices_of(reader, language, mistake); });
}

Result<Credentials> read_credentials(std::string_view body) {
    return read_body(body, [&](ObjectReader& reader, Mistake&) {
        Credentials credentials{.login = reader.text("login", kLogin),
                                .app_password = Secret(reader.text("app_password", kLogin))};
        return credentials;
    });
}

Result<service::BridgeOrder> read_bridge_order(std::string_view body) {
    return read_body(body, [&](ObjectReader& reader, Mistake&) {
        service::BridgeOrder order;
        order.job = {static_cast<std::int64_t>(reader.number("job", 1, kMostId))};
        order.login = reader.text("login", kLogin);
        order.app_password = Secret(reader.text("app_password", kLogin));
        order.automatic = reader.flag("automatic", false);
        return order;
    });
}

Result<bool> read_automatic(std::string_view body) {
    return read_body(body, [](ObjectReader& reader, Mistake&) { return reader.flag("automatic"); });
}

Result<std::string> read_start(std::string_view body) {
    return read_body(body, [](ObjectReader& reader, Mistake&) { return reader.path("pilot", kPath, ""); });
}

Result<std::vector<ItemId>> read_retry(std::string_view body) {
    return read_body(body, [&](ObjectReader& reader, Mistake& mistake) {
        std::vector<ItemId> items;
        reader.list("items", 0, kMostRetried, [&](const nlohmann::json& element, const std::string& place) {
            items.push_back({static_cast<std::int64_t>(number_of(element, 1, kMostId, place, mistake))});
        });
        return items;
    });
}

Result<void> read_nothing(std::string_view body) {
    const auto nothing = read_body(body, [](ObjectReader&, Mistake&) { return true; });
    if (!nothing) return nothing.error();
    return {};
}

} // namespace passerelle::api
