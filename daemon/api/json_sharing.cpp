// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/json_writers.hpp"
#include "daemon/api/words.hpp"
#include "daemon/journal/row_words.hpp"

namespace passerelle::api {
namespace {

Json json_of(const sharing::Principal& principal) {
    return {{"kind", to_string(principal.kind)}, {"email", principal.email}, {"name", principal.name}};
}

Json json_of(const sharing::Recipient& recipient) {
    return {{"kind", to_string(recipient.kind)}, {"id", recipient.id}};
}

Json json_of(const sharing::Person& person, Language language) {
    Json candidates = Json::array();
    for (const auto& candidate : person.match.candidates)
        candidates.push_back(json_of(candidate));
    const auto recipient = sharing::recipient_of(person);
    const auto& reason = person.match.reason;
    return {{"principal", json_of(person.match.principal)},
            {"shown", sharing::shown(person.match.principal)},
            {"state", to_string(person.match.state)},
            {"candidates", candidates},
            {"reason", reason.code.empty() ? Json() : api::json_of(reason, language)},
            {"decision", {{"kind", to_string(person.decision.kind)}, {"target", person.decision.target}}},
            {"recipient", recipient ? json_of(*recipient) : Json()}};
}

Json json_of(const sharing::Share& share) {
    return {{"path", share.path},
            {"folder", share.is_folder},
            {"recipient", json_of(share.recipient)},
            {"right", to_string(share.right)},
            {"permissions", share.permissions()},
            {"download", share.may_download},
            {"expires", json_of_day(share.expires)},
            {"note", share.note}};
}

Json json_of(const journal::ShareLine& line, Language language) {
    return {{"path", line.path},
            {"with", journal::to_string(line.with)},
            {"recipient", line.recipient},
            {"shown", line.shown()},
            {"permissions", line.permissions},
            {"download", line.may_download},
            {"expires", json_of_day(line.expires)},
            {"note", line.note},
            {"state", journal::to_string(line.state)},
            {"share_id", line.share_id},
            {"reasons", json_of_each(line.reasons, language)}};
}

Json json_of_proposals(const sharing::SharePlan& plan, Language language) {
    Json list = Json::array();
    for (const auto& proposal : plan.proposals)
        list.push_back({{"share", json_of(proposal.share)}, {"reason", api::json_of(proposal.reason, language)}});
    return list;
}

Json json_of_remarks(const sharing::SharePlan& plan, Language language) {
    Json list = Json::array();
    for (const auto& remark : plan.remarks)
        list.push_back({{"path", remark.path},
                        {"recipient", json_of(remark.recipient)},
                        {"reason", api::json_of(remark.reason, language)}});
    return list;
}

} // namespace

Json json_of(const service::PeopleTable& table, Language language) {
    Json people = Json::array();
    for (const auto& person : table.people)
        people.push_back(json_of(person, language));
    return {{"people", people}, {"problems", json_of_each(table.problems, language)}};
}

Json json_of(const service::Places& places) {
    Json team_folders;
    if (places.team_folders) {
        team_folders = Json::array();
        for (const auto& folder : *places.team_folders)
            team_folders.push_back(
                {{"name", folder.name}, {"free_bytes", folder.free_bytes ? Json(*folder.free_bytes) : Json()}});
    }
    return {{"folders", places.folders},
            {"team_folders", team_folders},
            {"teams", places.teams ? Json(*places.teams) : Json()}};
}

Json json_of(const service::SharesTable& table, Language language) {
    Json shares = Json::array();
    for (const auto& share : table.plan.shares)
        shares.push_back(json_of(share));
    Json applied = Json::array();
    for (const auto& line : table.applied)
        applied.push_back(json_of(line, language));
    return {{"shares", shares},
            {"proposals", json_of_proposals(table.plan, language)},
            {"remarks", json_of_remarks(table.plan, language)},
            {"applied", applied},
            {"problems", json_of_each(table.problems, language)}};
}

} // namespace passerelle::api
