// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/html_parts.hpp"
#include "daemon/report/names.hpp"

namespace passerelle::report {
namespace {

std::string lines(const std::vector<std::string>& texts, const auto& markup) {
    std::string joined;
    for (const auto& text : texts)
        joined += (joined.empty() ? "" : "<br>") + markup(text);
    return joined;
}

} // namespace

void write_details(Page& page, const View& view) {
    const auto& job = view.job;
    const auto entry = [&](const Phrase& name, const std::string& markup) {
        if (!markup.empty()) page.put("<div><dt>{}</dt><dd>{}</dd></div>", page.say(name), markup);
    };
    page.put("<section><h2>{}</h2><dl>", page.say({"Cette migration", "This migration"}));
    entry({"Depuis", "From"},
          fmt::format("{} ({})", path_markup(job.export_name), html_text(name_of(job.export_kind, page.language()))));
    entry({"Fichiers de l'export", "Files of the export"}, lines(job.export_paths, path_markup));
    entry({"Vers", "To"}, html_text(job.key.server_url));
    entry({"Compte", "Account"}, html_text(job.key.user_id));
    entry({"Dossier d'arrivée", "Destination folder"},
          job.key.destination.empty() ? page.say({"à la racine des fichiers", "the top of the files"})
                                      : path_markup(job.key.destination));
    entry({"Vos choix", "Your choices"}, lines(choices_in_words(job.key.choices, page.language()), html_text));
    entry({"État", "State"}, html_text(name_of(job.phase, page.language())));
    entry({"Commencée", "Started"}, html_text(human_time(job.created_at, page.language())));
    entry({"Dernier changement", "Last change"}, html_text(human_time(job.updated_at, page.language())));
    entry({"Place prise dans Nextcloud", "Room taken in Nextcloud"}, page.bytes(view.digest.arrived_bytes));
    page.put("</dl></section>");
}

} // namespace passerelle::report
