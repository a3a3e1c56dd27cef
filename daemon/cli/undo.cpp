// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/undo.hpp"

#include "daemon/cli/commands.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/interruption.hpp"
#include "daemon/cli/sharing_session.hpp"
#include "daemon/report/catalogue.hpp"
#include "daemon/report/safe_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace passerelle::cli {
namespace {

using Json = nlohmann::ordered_json;
using jobs::UndoneThing;

constexpr Sentence kNothingDone{"Rien n'a été retiré. Pour annuler la migration : passerelle undo {} --yes",
                                "Nothing was taken away. To undo the migration: passerelle undo {} --yes"};
constexpr Sentence kDone{"Retirés : {} fichiers, {} dossiers, {} partages ; restent : {}",
                         "Taken away: {} files, {} folders, {} shares; left: {}"};
constexpr Sentence kWouldBeDone{"Seraient retirés : {} fichiers, {} dossiers, {} partages ; resteraient : {}",
                                "Would be taken away: {} files, {} folders, {} shares; would stay: {}"};

void print_json(const std::vector<UndoneThing>& things, bool done, Language language) {
    Json list = Json::array();
    for (const auto& thing : things)
        list.push_back({{"kind", to_string(thing.kind)},
                        {"path", thing.path},
                        {"removed", thing.removed},
                        {"reason", thing.reason ? Json(thing.reason->code) : Json()},
                        {"text", thing.reason ? Json(explain(*thing.reason, language)) : Json()}});
    const Json json{{"undone", done}, {"things", std::move(list)}};
    fmt::print("{}\n", json.dump(2, ' ', false, Json::error_handler_t::replace));
}

/// What stays, each with its reason, and how much goes.
void print_text(const std::vector<UndoneThing>& things, bool done, Language language) {
    for (const auto& thing : things)
        if (thing.reason) fmt::print("{}\n    {}\n", report::visible(thing.path), explain(*thing.reason, language));
    const auto count = [&](UndoneThing::Kind kind) {
        return std::ranges::count_if(things, [&](const auto& thing) { return thing.removed && thing.kind == kind; });
    };
    const auto& sentence = done ? kDone : kWouldBeDone;
    fmt::print("{}\n", fmt::format(fmt::runtime(sentence.in(language)), count(UndoneThing::Kind::file),
                                   count(UndoneThing::Kind::folder), count(UndoneThing::Kind::share),
                                   std::ranges::count(things, false, &UndoneThing::removed)));
}

} // namespace

Result<Ending> undo(const Arguments& arguments, const Settings& settings) {
    const Interruption interruption;
    auto session = open_sharing(arguments, settings, interruption.token());
    if (!session) return failure(session);
    const jobs::UndoTools tools{*session->journal, *session->server, settings.state_dir,
                                static_cast<std::size_t>(settings.connections)};
    jobs::ProgressBoard progress;
    auto things = arguments.certain ? jobs::undo(session->job.id, tools, progress, interruption.token())
                                    : jobs::preview_undo(session->job.id, tools, interruption.token());
    if (!things) return failure(things);
    if (arguments.output == Output::json)
        print_json(*things, arguments.certain, arguments.language);
    else
        print_text(*things, arguments.certain, arguments.language);
    if (!arguments.certain) say(fmt::format(fmt::runtime(kNothingDone.in(arguments.language)), session->job.id.value));
    const auto is_left = [](const UndoneThing& thing) { return !thing.removed; };
    return arguments.certain && std::ranges::any_of(*things, is_left) ? Ending::some_failed : Ending::complete;
}

} // namespace passerelle::cli
