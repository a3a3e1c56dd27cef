// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/migration.hpp"

#include <nlohmann/json.hpp>

namespace passerelle::jobs {

std::string choices_to_text(const plan::Choices& choices) {
    // nlohmann::json sorts its keys: equal choices, equal texts.
    nlohmann::json json{{"destination", choices.destination},
                        {"convert",
                         {{"text", choices.convert.text},
                          {"spreadsheets", choices.convert.spreadsheets},
                          {"presentations", choices.convert.presentations}}},
                        {"originals", to_string(choices.originals)},
                        {"include", choices.include},
                        {"exclude", choices.exclude},
                        {"language", choices.language == plan::Language::french ? "fr" : "en"}};
    // Left out where it is not asked for, so that jobs from before it was known keep their text.
    if (choices.convert.only_faithful) json["convert"]["only_faithful"] = true;
    if (!choices.team_folders.empty()) json["team_folders"] = choices.team_folders;
    if (!choices.teams.empty()) json["teams"] = choices.teams;
    if (choices.synchronise) json["synchronise"] = to_string(*choices.synchronise);
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

plan::Choices choices_from_text(const std::string& text) {
    const auto json = nlohmann::json::parse(text);
    plan::Choices choices;
    choices.destination = json.at("destination");
    const auto& convert = json.at("convert");
    choices.convert = {convert.at("text"), convert.at("spreadsheets"), convert.at("presentations"),
                       convert.value("only_faithful", false)};
    choices.originals = from_string<Originals>(json.at("originals").get<std::string>()).value_or(Originals::folder);
    choices.include = json.at("include").get<std::vector<std::string>>();
    choices.exclude = json.at("exclude").get<std::vector<std::string>>();
    choices.language = json.at("language") == "fr" ? plan::Language::french : plan::Language::english;
    if (const auto teams = json.find("team_folders"); teams != json.end())
        choices.team_folders = teams->get<std::map<std::string, std::string>>();
    if (const auto teams = json.find("teams"); teams != json.end())
        choices.teams = teams->get<std::map<std::string, std::string>>();
    if (const auto gone = json.find("synchronise"); gone != json.end())
        choices.synchronise = from_string<Gone>(gone->get<std::string>()).value_or(Gone::keep);
    return choices;
}

} // namespace passerelle::jobs
