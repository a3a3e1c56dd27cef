// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/details.hpp"

#include "daemon/report/names.hpp"

#include <algorithm>

namespace passerelle::report {
namespace {

Detail destination_of(const journal::Job& job, Language language) {
    const Phrase name{"Dossier d'arrivée", "Destination folder"};
    if (!job.key.destination.empty()) return {name, {job.key.destination}, true};
    return {name, {std::string(Phrase{"à la racine des fichiers", "the top of the files"}.in(language))}};
}

} // namespace

std::vector<Detail> details_of(const View& view) {
    const auto& job = view.job;
    const auto language = view.language;
    std::vector<Detail> details{
        {{"Depuis", "From"}, {job.export_name}, true},
        {{"Nature de l'export", "Kind of export"}, {std::string(name_of(job.export_kind, language))}},
        {{"Fichiers de l'export", "Files of the export"}, job.export_paths, true},
        {{"Vers", "To"}, {job.key.server_url}},
        {{"Compte", "Account"}, {job.key.user_id}},
        destination_of(job, language),
        {{"Vos choix", "Your choices"}, choices_in_words(job.key.choices, language)},
        {{"État", "State"}, {std::string(name_of(job.phase, language))}},
        {{"Commencée", "Started"}, {human_time(job.created_at, language)}},
        {{"Dernier changement", "Last change"}, {human_time(job.updated_at, language)}},
        {{"Place prise dans Nextcloud", "Room taken in Nextcloud"},
         {human_bytes(view.digest.arrived_bytes, language)}}};
    std::erase_if(details, [](const Detail& detail) {
        return std::ranges::all_of(detail.lines, [](const std::string& line) { return line.empty(); });
    });
    return details;
}

std::vector<Figure> document_figures(const Digest& digest) {
    std::vector<Figure> figures{
        {digest.faithful,
         {"au format OpenDocument, sans différence relevée", "in OpenDocument format, no difference found"}},
        {digest.check - digest.not_compared,
         {"au format OpenDocument, à comparer avec l'original",
          "in OpenDocument format, to compare with the original"}},
        {digest.not_compared,
         {"au format OpenDocument, sans comparaison possible avec l'ancien format",
          "in OpenDocument format, which could not be compared with the old format"}},
        {digest.kept, {"dans leur format d'origine", "in their own format"}}};
    std::erase_if(figures, [](const Figure& figure) { return figure.count == 0; });
    return figures;
}

} // namespace passerelle::report
