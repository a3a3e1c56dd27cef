// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/html_parts.hpp"

#include <algorithm>

namespace passerelle::report {
namespace {

using journal::ShareLine;
using journal::ShareState;

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
    const auto who = line.with == journal::SharedWith::group
                         ? page.say({"groupe", "group"}) + " <bdi>" + html_text(line.recipient) + "</bdi>"
                         : "<bdi>" + html_text(line.recipient) + "</bdi>";
    page.put("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}", path_markup(line.path), who, page.say(right_of(line)),
             page.say(name_of(line.state)));
    for (const auto& reason : line.reasons)
        page.put("<p class=\"why\">{}</p>", page.text(catalogue.text(reason, page.language())));
    page.put("</td></tr>");
}

} // namespace

Result<void> write_shares(Page& page, const View& view) {
    auto lines = view.journal.shares(view.job.id);
    if (!lines) return failure(lines);
    if (lines->empty()) return {};
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
    return {};
}

} // namespace passerelle::report
