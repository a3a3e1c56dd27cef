// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/json_reader.hpp"
#include "daemon/api/orders.hpp"

namespace passerelle::api {
namespace {

constexpr std::size_t kMostDecisions = 5000;
constexpr TextBounds kEmail{0, 320};
constexpr TextBounds kName{0, 1000};
constexpr TextBounds kWindow{0, 20};
constexpr std::size_t kMostRooms = 50;
constexpr std::uint64_t kMostBytesPerSecond = 1'000'000'000'000;
constexpr std::uint64_t kMostJobs = 64;

service::ItemDecision item_decision_of(const nlohmann::json& json, const std::string& place, Mistake& mistake) {
    ObjectReader reader(json, place, mistake);
    const auto item = static_cast<std::int64_t>(reader.number("item", 1, kMostId));
    const service::ItemDecision decision{.item = {item}, .wish = reader.word<service::ItemDecision::Wish>("wish")};
    reader.close();
    return decision;
}

sharing::Principal principal_of(ObjectReader json) {
    sharing::Principal principal{.kind = json.word<sharing::PrincipalKind>("kind"),
                                 .email = json.text("email", kEmail),
                                 .name = json.text("name", kName)};
    json.close();
    return principal;
}

sharing::Decision decision_of(ObjectReader json) {
    sharing::Decision decision{.kind = json.word<sharing::DecisionKind>("kind"),
                               .target = json.text("target", kEmail, "")};
    json.close();
    return decision;
}

bool names_somebody(sharing::DecisionKind kind) {
    return kind != sharing::DecisionKind::undecided && kind != sharing::DecisionKind::nobody;
}

sharing::PersonDecision person_decision_of(const nlohmann::json& json, const std::string& place, Mistake& mistake) {
    ObjectReader reader(json, place, mistake);
    sharing::PersonDecision person{.principal = principal_of(reader.object("principal", true)),
                                   .decision = decision_of(reader.object("decision", true))};
    if (names_somebody(person.decision.kind) == person.decision.target.empty())
        mistake.set(bad_field(place + ".decision.target", names_somebody(person.decision.kind) ? "\"…\"" : "\"\""));
    reader.close();
    return person;
}

std::string level_of(const nlohmann::json& json, const std::string& place, Mistake& mistake) {
    const auto* text = json.get_ptr<const std::string*>();
    if (text != nullptr && read_word<log::Level>(*text)) return *text;
    mistake.set(bad_field(place, all_words<log::Level>()));
    return {};
}

} // namespace

Result<bool> read_apply_shares(std::string_view body) {
    return read_body(body, [&](ObjectReader& reader, Mistake&) {
        const bool notify = reader.flag("notify", false);
        return notify;
    });
}

Result<std::vector<service::ItemDecision>> read_item_decisions(std::string_view body) {
    return read_body(body, [&](ObjectReader& reader, Mistake& mistake) {
        std::vector<service::ItemDecision> decisions;
        reader.list("decisions", 1, kMostDecisions, [&](const nlohmann::json& element, const std::string& place) {
            decisions.push_back(item_decision_of(element, place, mistake));
        });
        return decisions;
    });
}

Result<std::vector<sharing::PersonDecision>> read_people_decisions(std::string_view body) {
    return read_body(body, [&](ObjectReader& reader, Mistake& mistake) {
        std::vector<sharing::PersonDecision> decisions;
        reader.list("decisions", 1, kMostDecisions, [&](const nlohmann::json& element, const std::string& place) {
            decisions.push_back(person_decision_of(element, place, mistake));
        });
        return decisions;
    });
}

Result<service::Limits> read_limits(std::string_view body) {
    return read_body(body, [&](ObjectReader& reader, Mistake&) {
        service::Limits limits;
        limits.night_window = reader.text("night_window", kWindow, limits.night_window);
        limits.bytes_per_second = reader.number("bytes_per_second", 0, kMostBytesPerSecond, limits.bytes_per_second);
        limits.jobs_at_once = reader.number("jobs_at_once", 1, kMostJobs, limits.jobs_at_once);
        return limits;
    });
}

Result<std::map<std::string, std::string>> read_log_levels(std::string_view body) {
    return read_body(body, [&](ObjectReader& reader, Mistake& mistake) {
        std::map<std::string, std::string> levels;
        if (reader.has("default")) levels[""] = to_string(reader.word<log::Level>("default"));
        reader.map("rooms", kMostRooms,
                   [&](const std::string& room, const nlohmann::json& level, const std::string& place) {
                       if (room.empty()) return mistake.set(bad_field(place, "\"…\""));
                       levels[room] = level_of(level, place, mistake);
                   });
        return levels;
    });
}

} // namespace passerelle::api
