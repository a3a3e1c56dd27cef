// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/html_parts.hpp"

#include <algorithm>

namespace passerelle::report {
namespace {

using journal::ShareLine;
using journal::ShareState;
using journal::TeamAct;
using journal::TeamChange;

// Of Nextcloud's permission bits (OCP\Constants) those that change the word.
constexpr std::uint32_t kUpdate = 2;
constexpr std::uint32_t kShare = 16;

Phrase right_of(const ShareLine& line) {
    if ((line.permissions & kShare) != 0) return {"modifier et partager", "change and share"};
    if ((line.permissions & kUpdate) != 0) return {"modifier", "change"};
    if (!line.may_download) return {"lire, sans télécharger", "read, without download"};
    return {"lire", "read"};
}

Phrase name_of(ShareState state) {
    switch (state) {
    case ShareState::planned:
        return {"pas encore fait", "not yet made"};
    case ShareState::made:
        return {"partagé", "shared"};
    case ShareState::changed:
        return {"corrigé", "corrected"};
    case ShareState::left:
        return {"existait déjà", "stood already"};
    case ShareState::refused:
        return {"refusé", "refused"};
    case ShareState::gone:
        return {"retiré depuis", "removed since"};
    case ShareState::undone:
        return {"annulé", "undone"};
    }
    return {};
}

void write_row(Page& page, const ShareLine& line) {
    const auto& catalogue = Catalogue::instance();
    auto who = "<bdi>" + html_text(line.shown()) + "</bdi>";
    if (line.with == journal::SharedWith::group) who = page.say({"groupe", "group"}) + " " + who;
    if (line.with == journal::SharedWith::team) who = page.say({"équipe", "team"}) + " " + who;
    page.put("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}", path_markup(line.path), who, page.say(right_of(line)),
             page.say(name_of(line.state)));
    for (const auto& reason : line.reasons)
        page.put("<p class=\"why\">{}</p>", page.text(catalogue.text(reason, page.language())));
    page.put("</td></tr>");
}

/// What was done, as a sentence; names stand in it as markup.
std::string act_of(const Page& page, const TeamChange& change) {
    const auto subject = "<bdi>" + html_text(change.subject) + "</bdi>";
    switch (change.act) {
    case TeamAct::folder:
        return page.say({"dossier créé", "folder made"});
    case TeamAct::group:
        return page.say({"groupe créé :", "group made:"}) + " " + subject;
    case TeamAct::member:
        return page.say({"compte ajouté au groupe :", "account added to the group:"}) + " <bdi>" +
               html_text(change.path) + "</bdi> → " + subject;
    case TeamAct::admission:
        return page.say({"groupe admis :", "group let in:"}) + " " + subject;
    case TeamAct::rules:
        return page.say({"permissions avancées :", "advanced permissions:"}) + " " + path_markup(change.path);
    case TeamAct::advanced:
        return page.say({"permissions avancées activées", "advanced permissions switched on"});
    case TeamAct::manager:
        return page.say({"peut régler les permissions avancées :", "may set advanced permissions:"}) + " " + subject;
    }
    return {};
}

void write_row(Page& page, const TeamChange& change) {
    const bool done = change.state == ShareState::made || change.state == ShareState::changed;
    page.put("<tr><td><bdi>{}</bdi></td><td>{}</td><td>{}", html_text(change.folder), act_of(page, change),
             page.say(done ? Phrase{"fait", "done"} : name_of(change.state)));
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
