// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/sharing_view.hpp"
#include "daemon/report/catalogue.hpp"
#include "daemon/sharing/words.hpp"

#include <nlohmann/json.hpp>

namespace passerelle::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string kind_of(sharing::RecipientKind kind) {
    switch (kind) {
    case sharing::RecipientKind::user:
        return "user";
    case sharing::RecipientKind::group:
        return "group";
    case sharing::RecipientKind::new_group:
        return "new_group";
    case sharing::RecipientKind::email:
        return "email";
    case sharing::RecipientKind::team:
        return "team";
    case sharing::RecipientKind::new_team:
        return "new_team";
    case sharing::RecipientKind::guest:
        return "guest";
    case sharing::RecipientKind::undecided:
        return "undecided";
    case sharing::RecipientKind::domain:
        return "domain";
    case sharing::RecipientKind::public_:
        return "public";
    }
    return "undecided";
}

std::string state_of(sharing::MatchState state) {
    switch (state) {
    case sharing::MatchState::found:
        return "found";
    case sharing::MatchState::suggested:
        return "suggested";
    case sharing::MatchState::ambiguous:
        return "ambiguous";
    case sharing::MatchState::unknown:
        return "unknown";
    case sharing::MatchState::outsider:
        return "outsider";
    }
    return "unknown";
}

Json to_json(const Reason& reason, Language language) {
    Json parameters = Json::object();
    for (const auto& [name, value] : reason.parameters)
        parameters[name] = value;
    return {{"code", reason.code},
            {"parameters", std::move(parameters)},
            {"text", report::Catalogue::instance().text(reason, language)}};
}

Json to_json(const std::vector<Reason>& reasons, Language language) {
    Json list = Json::array();
    for (const auto& reason : reasons)
        list.push_back(to_json(reason, language));
    return list;
}

Json to_json(const sharing::Recipient& recipient) {
    return {{"kind", kind_of(recipient.kind)}, {"id", recipient.id}};
}

Json to_json(const std::vector<sharing::Person>& people, Language language) {
    Json list = Json::array();
    for (const auto& person : people) {
        Json candidates = Json::array();
        for (const auto& candidate : person.match.candidates)
            candidates.push_back(to_json(candidate));
        const auto recipient = sharing::recipient_of(person);
        const auto& reason = person.match.reason;
        list.push_back({{"who", sharing::shown(person.match.principal)},
                        {"email", person.match.principal.email},
                        {"state", state_of(person.match.state)},
                        {"decided", person.decision.kind != sharing::DecisionKind::undecided},
                        {"recipient", recipient ? to_json(*recipient) : Json()},
                        {"suggestions", std::move(candidates)},
                        {"reason", reason.code.empty() ? Json() : to_json(reason, language)}});
    }
    return list;
}

Json to_json(const sharing::Share& share) {
    return {{"path", share.path},
            {"folder", share.is_folder},
            {"recipient", to_json(share.recipient)},
            {"right", sharing::right_word(share.right, Language::english)},
            {"permissions", share.permissions()},
            {"download", share.may_download},
            {"expires", share.expires ? Json(sharing::day_text(*share.expires)) : Json()},
            {"note", share.note}};
}

Json shares_list(const SharesView& view, Language language) {
    Json list = Json::array();
    for (std::size_t i = 0; i < view.plan.shares.size(); ++i) {
        auto share = to_json(view.plan.shares[i]);
        if (view.applied) {
            const auto& line = view.applied->lines[i];
            share["state"] = journal::to_string(line.state);
            share["share_id"] = line.share_id;
            share["reasons"] = to_json(line.reasons, language);
        }
        list.push_back(std::move(share));
    }
    return list;
}

Json team_list(const SharesView& view, Language language) {
    Json list = Json::array();
    for (const auto& team : view.plan.teams) {
        Json groups = Json::array(), rules = Json::array(), changes = Json::array();
        for (const auto& group : team.groups) {
            Json members = Json::array();
            for (const auto& member : group.members)
                members.push_back(to_json(member));
            groups.push_back(
                {{"group", to_json(group.group)}, {"permissions", group.permissions}, {"members", std::move(members)}});
        }
        for (const auto& rule : team.rules)
            rules.push_back({{"path", rule.path},
                             {"who", to_json(rule.who)},
                             {"mask", rule.mask},
                             {"permissions", rule.permissions}});
        for (const auto& change : view.team_changes)
            if (change.folder == team.path)
                changes.push_back({{"act", journal::to_string(change.act)},
                                   {"subject", change.subject},
                                   {"path", change.path},
                                   {"state", journal::to_string(change.state)},
                                   {"folder_id", change.folder_id},
                                   {"reasons", to_json(change.reasons, language)}});
        list.push_back({{"path", team.path},
                        {"groups", std::move(groups)},
                        {"rules", std::move(rules)},
                        {"changes", std::move(changes)}});
    }
    return list;
}

Json no_longer_wanted(const SharesView& view) {
    Json list = Json::array();
    if (!view.applied) return list;
    for (const auto& line : view.applied->no_longer_wanted)
        list.push_back({{"path", line.path}, {"recipient", line.recipient}, {"share_id", line.share_id}});
    return list;
}

std::string dump(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace

std::string people_json(const PeopleView& view, Language language) {
    return dump({{"job", view.job.value},
                 {"people", to_json(view.people, language)},
                 {"problems", to_json(view.problems, language)}});
}

std::string shares_json(const SharesView& view, Language language) {
    Json proposals = Json::array();
    for (const auto& proposal : view.plan.proposals) {
        auto entry = to_json(proposal.share);
        entry["reason"] = to_json(proposal.reason, language);
        proposals.push_back(std::move(entry));
    }
    Json remarks = Json::array();
    for (const auto& remark : view.plan.remarks)
        remarks.push_back({{"path", remark.path},
                           {"recipient", to_json(remark.recipient)},
                           {"reason", to_json(remark.reason, language)}});
    return dump({{"job", view.job ? Json(view.job->value) : Json()},
                 {"applied", view.applied != nullptr},
                 {"shares", shares_list(view, language)},
                 {"team_folders", team_list(view, language)},
                 {"proposals", std::move(proposals)},
                 {"remarks", std::move(remarks)},
                 {"people", to_json(view.people, language)},
                 {"no_longer_wanted", no_longer_wanted(view)},
                 {"problems", to_json(view.problems, language)}});
}

} // namespace passerelle::cli
