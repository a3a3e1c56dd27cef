// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/html_parts.hpp"
#include "daemon/report/share_words.hpp"

#include <algorithm>

namespace passerelle::report {
namespace {

using journal::ShareLine;
using journal::TeamAct;
using journal::TeamChange;

void write_row(Page& page, const ShareLine& line) {
    const auto& catalogue = Catalogue::instance();
    auto who = "<bdi>" + html_text(line.shown()) + "</bdi>";
    if (const auto kind = page.say(kind_of(line.with)); !kind.empty()) who = kind + " " + who;
    page.put("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}", path_markup(line.path), who, page.say(right_of(line)),
             page.say(name_of(line.state)));
    for (const auto& reason : line.reasons)
        page.put("<p class=\"why\">{}</p>", page.text(catalogue.text(reason, page.language())));
    page.put("</td></tr>");
}

/// What was done, as a sentence; names stand in it as markup.
std::string act_of(const Page& page, const TeamChange& change) {
    std::string objects;
    for (const auto object : objects_of(change)) {
        const auto markup = change.act == TeamAct::rules ? path_markup(object) : "<bdi>" + html_text(object) + "</bdi>";
        objects += (objects.empty() ? "" : " → ") + markup;
    }
    const auto act = page.say(name_of(change.act));
    return objects.empty() ? act : act + page.say({" :", ":"}) + " " + objects;
}

void write_row(Page& page, const TeamChange& change) {
    page.put("<tr><td><bdi>{}</bdi></td><td>{}</td><td>{}", html_text(change.folder), act_of(page, change),
             page.say(state_of(change)));
    for (const auto& reason : change.reasons)
        page.put("<p class=\"why\">{}</p>", page.text(Catalogue::instance().text(reason, page.language())));
    page.put("</td></tr>");
}

Result<void> write_team_changes(Page& page, const View& view) {
    auto changes = view.journal.team_changes(view.job.id);
    if (!changes) return failure(changes);
    if (changes->empty()) return {};
    std::ranges::stable_sort(*changes, {}, &TeamChange::folder);
    page.put("<section><h2>{}</h2>", page.say({"Dossiers d'équipe", "Team folders"}));
    page.put("<table class=\"teams\"><thead><tr>{}{}{}</tr></thead><tbody>",
             column_head(page, {"Dossier d'équipe", "Team folder"}), column_head(page, {"Quoi", "What"}),
             column_head(page, {"État", "State"}));
    for (const auto& change : *changes)
        write_row(page, change);
    page.put("</tbody></table></section>");
    return {};
}

} // namespace

Result<void> write_shares(Page& page, const View& view) {
    auto lines = view.journal.shares(view.job.id);
    if (!lines) return failure(lines);
    if (lines->empty()) return write_team_changes(page, view);
    std::ranges::stable_sort(*lines, {}, &ShareLine::path);
    page.put("<section><h2>{}</h2><p>{}</p>", page.say({"Qui voit quoi", "Who sees what"}),
             page.say({"Ces dossiers et fichiers ont été partagés après l'envoi, comme ils l'étaient avant.",
                       "These folders and files were shared after they had arrived, as they were before."}));
    page.put("<table class=\"shares\"><thead><tr>{}{}{}{}</tr></thead><tbody>", column_head(page, {"Quoi", "What"}),
             column_head(page, {"Qui", "Who"}), column_head(page, {"Peut", "May"}),
             column_head(page, {"État", "State"}));
    for (const auto& line : *lines)
        write_row(page, line);
    page.put("</tbody></table></section>");
    return write_team_changes(page, view);
}

} // namespace passerelle::report
