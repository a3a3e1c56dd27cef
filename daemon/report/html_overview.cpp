// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/details.hpp"
#include "daemon/report/headline.hpp"
#include "daemon/report/html_parts.hpp"
#include "daemon/report/names.hpp"

namespace passerelle::report {
namespace {

void write_headline(Page& page, const View& view) {
    const auto totals = totals_of(view);
    const Phrase title{"Rapport de la migration {} · {}", "Report of migration {} · {}"};
    page.put("<header><p class=\"eyebrow\">{}</p>",
             html_text(fmt::format(fmt::runtime(title.in(page.language())), view.job.id.value,
                                   human_time(view.written_at, page.language()))));
    page.put("<h1>{}</h1>", page.text(headline(totals, page.language())));
    if (const auto more = subline(totals, page.language()); !more.empty())
        page.put("<p class=\"lead\">{}</p>", page.text(more));
    page.put("</header>");
}

void write_reason_box(Page& page, const Reason& reason) {
    const auto& catalogue = Catalogue::instance();
    page.put("<div class=\"note {}\"><p><strong>{}</strong> {} <small class=\"code\">{}</small></p></div>",
             catalogue.severity(reason.code) >= Severity::warning ? "look" : "calm",
             page.text(catalogue.text(reason, page.language())), page.text(catalogue.advice(reason, page.language())),
             html_text(reason.code));
}

void write_how_to_go_on(Page& page, const View& view) {
    if (view.job.phase == JobPhase::stopped)
        page.put("<p>{} <code>passerelle resume {}</code></p>", page.say({"Pour reprendre :", "To go on:"}),
                 view.job.id.value);
    else if (view.job.phase == JobPhase::finished && view.digest.retryable > 0)
        page.put("<p>{} <code>passerelle retry {}</code></p>",
                 page.say({"Une partie peut être envoyée en réessayant :", "Some of it can be sent by trying again:"}),
                 view.job.id.value);
}

/// A picture of the table below it; the table says the same in numbers.
void write_bar(Page& page, const Sums& sums) {
    const auto seen = sums.seen().items();
    if (seen == 0) return;
    page.put("<div class=\"bar\" aria-hidden=\"true\">");
    for (const auto outcome : kOutcomes)
        if (const auto items = sums.of(outcome).items(); items > 0)
            page.put("<span class=\"{}\" style=\"flex-grow:{}\"></span>", to_string(outcome), items);
    page.put("</div>");
}

void write_sum_row(Page& page, std::string_view name, const Tally& tally) {
    page.put("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>", name, page.number(tally.files),
             page.number(tally.folders), page.bytes(tally.bytes));
}

void write_sum(Page& page, const Digest& digest) {
    page.put("<section><h2>{}</h2>", page.say({"Le compte", "The sum"}));
    write_bar(page, digest.all);
    page.put("<table class=\"sum\"><caption>{}</caption><thead><tr><td></td>{}</tr></thead><tbody>",
             page.say({"Chaque élément de l'export est compté une fois, et une seule. Les tailles sont arrondies.",
                       "Each thing in the export is counted once, and once only. Sizes are rounded."}),
             column_head(page, {"Fichiers", "Files"}) + column_head(page, {"Dossiers", "Folders"}) +
                 column_head(page, {"Taille", "Size"}));
    for (const auto outcome : kOutcomes)
        write_sum_row(page,
                      fmt::format("<span class=\"dot {}\"></span>{}", to_string(outcome), page.say(name_of(outcome))),
                      digest.all.of(outcome));
    page.put("</tbody><tfoot>");
    write_sum_row(page, page.say({"Total dans l'export", "Total in the export"}), digest.all.seen());
    page.put("</tfoot></table>");
    if (digest.all.of(Outcome::pending).items() == 0)
        page.put("<p>{}</p>", page.say({"Il ne reste rien à envoyer.", "Nothing is left to be sent."}));
    if (digest.all.of(Outcome::done).files > 0)
        page.put("<p>{}</p>",
                 page.say({"Chaque fichier arrivé a été vérifié : le contenu reçu par Nextcloud est, octet pour octet, "
                           "celui qui est parti.",
                           "Each file that arrived was verified: what Nextcloud received is, byte for byte, what was "
                           "sent."}));
    page.put("</section>");
}

void write_documents(Page& page, const Digest& digest) {
    if (document_figures(digest).empty()) return;
    page.put("<section><h2>{}</h2><ul class=\"figures\">", page.say({"Vos documents", "Your documents"}));
    for (const auto& figure : document_figures(digest))
        page.put("<li><strong>{}</strong> {}</li>", page.number(figure.count), page.say(figure.what));
    page.put("</ul></section>");
}

} // namespace

void write_overview(Page& page, const View& view) {
    write_headline(page, view);
    if (view.job.stopped_by) write_reason_box(page, *view.job.stopped_by);
    write_how_to_go_on(page, view);
    for (const auto& problem : view.job.problems)
        write_reason_box(page, problem);
    write_sum(page, view.digest);
    write_documents(page, view.digest);
}

} // namespace passerelle::report
