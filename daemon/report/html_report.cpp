// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/html_parts.hpp"
#include "report/page_css.hpp"

namespace passerelle::report {
namespace {

void write_head(Page& page, const View& view) {
    page.put("<!DOCTYPE html>");
    page.put("<html lang=\"{}\">", to_string(view.language));
    page.put("<head>");
    page.put("<meta charset=\"utf-8\">");
    page.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    page.put("<meta name=\"robots\" content=\"noindex\">");
    // The page needs nothing but its own style; whatever a name might smuggle in could neither run nor call home.
    page.put("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
    page.put("<title>{} {}</title>", page.say({"Rapport de la migration", "Report of migration"}), view.job.id.value);
    page.put("<style>{}</style>", kPageCss);
    page.put("</head>");
}

void write_foot(Page& page) {
    page.put("<footer><p>{}</p></footer>",
             page.say({"Cette page se suffit à elle-même. Vous pouvez l'imprimer, la garder, ou l'envoyer à quelqu'un "
                       "qui vous aide : elle contient des noms de fichiers, mais ni leur contenu, ni mot de passe.",
                       "This page stands on its own. You can print it, keep it, or send it to somebody who helps you: "
                       "it holds names of files, but neither their content nor any password."}));
}

} // namespace

std::string html_path(std::string_view path) {
    std::string markup;
    for (const char letter : html_text(path)) {
        markup += letter;
        if (letter == '/') markup += "<wbr>";
    }
    return markup;
}

std::string path_markup(std::string_view path) {
    return "<bdi class=\"path\">" + html_path(path) + "</bdi>";
}

std::string column_head(const Page& page, const Phrase& name) {
    return "<th scope=\"col\">" + page.say(name) + "</th>";
}

Result<void> write_html(const View& view, std::ostream& out) {
    Page page(out, view.language);
    write_head(page, view);
    page.put("<body><main>");
    write_overview(page, view);
    write_groups(page, view);
    if (auto shares = write_shares(page, view); !shares) return shares;
    write_folders(page, view.digest);
    auto written = write_ledger(page, view);
    if (!written) return failure(written);
    write_details(page, view);
    page.put("</main>");
    write_foot(page);
    page.put("</body></html>");
    return {};
}

} // namespace passerelle::report
