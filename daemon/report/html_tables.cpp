// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/html_parts.hpp"
#include "daemon/report/names.hpp"

namespace passerelle::report {
namespace {

constexpr std::size_t kFoldersShown = 200;
constexpr std::uint64_t kLedgerShown = 2'000; // more lines than that help nobody in a browser

/// The outcomes that have a column in the table of folders: those that some file has.
std::vector<Outcome> columns_of(const Sums& all) {
    std::vector<Outcome> columns{Outcome::done};
    for (const auto outcome : {Outcome::skipped, Outcome::failed, Outcome::pending})
        if (all.of(outcome).files > 0) columns.push_back(outcome);
    return columns;
}

void write_folder_row(Page& page, const std::string& name, const Sums& sums, const std::vector<Outcome>& columns) {
    std::string cells;
    for (const auto outcome : columns)
        cells += fmt::format("<td>{}</td>", page.number(sums.of(outcome).files));
    page.put("<tr><th scope=\"row\">{}</th>{}<td>{}</td><td>{}</td></tr>", name, cells, page.number(sums.seen().files),
             page.bytes(sums.seen().bytes));
}

std::string folder_name(const Page& page, const std::string& path) {
    return path.empty() ? page.say({"(hors de tout dossier)", "(in no folder)"}) : path_markup(path);
}

/// What became of an item, in words that stand on their own.
std::string fate_of(const Page& page, const journal::Item& item) {
    std::string fate = fmt::format("<span class=\"dot {}\"></span>{}", to_string(outcome_of(item.state)),
                                   html_text(name_of(item.state, page.language())));
    if (item.verdict)
        fate += fmt::format(" <small>({}{})</small>", page.say({"conversion : ", "conversion: "}),
                            html_text(name_of(*item.verdict, page.language())));
    return fate;
}

void write_ledger_row(Page& page, const journal::Item& item) {
    const auto& catalogue = Catalogue::instance();
    page.put("<tr><td>{}", path_markup(item.source_path));
    const bool nowhere = item.state == ItemState::failed && !item.has_arrived(journal::Role::main);
    if (const auto place = place_of(item); !place.empty() && place != item.source_path && !nowhere)
        page.put("<p class=\"place\">→ {}</p>", path_markup(place));
    if (const auto original = original_place_of(item); !original.empty())
        page.put("<p class=\"place\">{} {}</p>", page.say({"original →", "original →"}), path_markup(original));
    page.put("</td><td>{}", fate_of(page, item));
    for (const auto& reason : item.reasons)
        page.put("<p class=\"why\">{}</p>", page.text(catalogue.text(reason, page.language())));
    for (const auto& upload : item.uploads)
        if (upload.state == journal::UploadState::arrived)
            page.put("<p class=\"digest\">SHA-256 {} ({} {})</p>", html_text(upload.sha256),
                     page.say({"vérifié par", "verified by"}), html_text(upload.verified_by));
    page.put("</td><td>{}</td></tr>", item.kind == ItemKind::folder ? std::string() : page.bytes(item.size));
}

} // namespace

void write_folders(Page& page, const Digest& digest) {
    page.put("<section><h2>{}</h2><p>{}</p>", page.say({"Dossier par dossier", "Folder by folder"}),
             page.say({"En nombre de fichiers. Un sous-dossier qui a sa propre ligne n'est compté que dans celle-ci.",
                       "In numbers of files. A subfolder that has a line of its own is counted in that one only."}));
    page.put("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">",
             page.say({"Table des dossiers", "Table of folders"}));
    const auto columns = columns_of(digest.all);
    std::string heads = column_head(page, {"Dossier", "Folder"});
    for (const auto outcome : columns)
        heads += column_head(page, name_of(outcome));
    heads += column_head(page, {"Dans l'export", "In the export"}) + column_head(page, {"Taille", "Size"});
    page.put("<table class=\"folders\"><thead><tr>{}</tr></thead><tbody>", heads);
    std::size_t rows = 0;
    Sums others;
    for (const auto& [path, sums] : digest.folders) {
        if (++rows <= kFoldersShown)
            write_folder_row(page, folder_name(page, path), sums, columns);
        else
            others += sums;
    }
    constexpr CountedPhrase kOthers{{"{} autre dossier", "{} other folder"},
                                    {"{} autres dossiers", "{} other folders"}};
    if (rows > kFoldersShown) write_folder_row(page, page.say(rows - kFoldersShown, kOthers), others, columns);
    page.put("</tbody><tfoot>");
    write_folder_row(page, page.say({"Total", "Total"}), digest.all, columns);
    page.put("</tfoot></table></div></section>");
}

Result<void> write_ledger(Page& page, const View& view) {
    page.put("<section><h2>{}</h2>", page.say({"Le registre complet", "The full ledger"}));
    if (const auto items = view.digest.all.seen().items(); items > kLedgerShown) {
        constexpr CountedPhrase kTooMany{{"", ""},
                                         {"Il a {} lignes, trop pour cette page. Il s'ouvre dans un tableur :",
                                          "It has {} lines, too many for this page. It opens in a spreadsheet:"}};
        page.put("<p>{} <code>passerelle report {} --format ods</code></p></section>", page.say(items, kTooMany),
                 view.job.id.value);
        return {};
    }
    page.put("<details><summary>{}</summary>",
             page.say({"Montrer ce qu'est devenu chaque élément", "Show what became of each item"}));
    page.put("<table class=\"ledger\"><thead><tr>{}</tr></thead><tbody>",
             column_head(page, {"Dans l'export", "In the export"}) +
                 column_head(page, {"Ce qu'il est devenu", "What became of it"}) +
                 column_head(page, {"Taille", "Size"}));
    auto walked = for_each_item(view.journal, view.job.id, [&](const journal::Item& item) {
        write_ledger_row(page, item);
        return page.good();
    });
    if (!walked) return failure(walked);
    page.put("</tbody></table></details></section>");
    return {};
}

} // namespace passerelle::report
