// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/report/html_parts.hpp"

namespace passerelle::report {
namespace {

constexpr std::uint64_t kAlwaysOpen = 5; // so few are quicker read than opened

/// How a section's groups show their items.
struct Style {
    bool folded = false;       ///< behind a line that opens
    bool with_place = false;   ///< where the item is on the server
    bool unless_above = false; ///< what asks for attention was listed above: only its number
};

/// Below its group's text an item repeats only what the group does not say.
void write_reasons(Page& page, const Group& group, const journal::Item& item) {
    const auto& catalogue = Catalogue::instance();
    const auto said = group.items == 1 ? catalogue.text(group.reason, page.language())
                                       : catalogue.general_text(group.reason.code, page.language());
    for (const auto& reason : item.reasons) {
        if (catalogue.severity(reason.code) == Severity::info && reason.code != group.reason.code) continue;
        const auto text = catalogue.text(reason, page.language());
        if (text != said) page.put("<p class=\"why\">{}</p>", page.text(text));
    }
}

void write_item(Page& page, const Group& group, const journal::Item& item, const Style& style) {
    page.put("<li>{} <small>{}</small>", path_markup(item.source_path),
             item.kind == ItemKind::folder ? page.say({"dossier", "folder"}) : page.bytes(item.size));
    if (item.state == ItemState::failed && item.retryable)
        page.put("<small>· {}</small>", page.say({"peut être réessayé", "can be retried"}));
    if (const auto place = place_of(item); style.with_place && !place.empty())
        page.put("<p class=\"place\">{} {}</p>", page.say({"dans Nextcloud :", "in Nextcloud:"}), path_markup(place));
    if (const auto original = original_place_of(item); style.with_place && !original.empty())
        page.put("<p class=\"place\">{} {}</p>", page.say({"l'original :", "the original:"}), path_markup(original));
    write_reasons(page, group, item);
    page.put("</li>");
}

void write_items(Page& page, const Group& group, const Style& style) {
    page.put("<ul class=\"items\">");
    for (const auto& item : group.first)
        write_item(page, group, item, style);
    page.put("</ul>");
    constexpr CountedPhrase kMore{
        {"Et {} autre : le fichier csv le nomme.", "And {} more: the csv file names it."},
        {"Et {} autres : le fichier csv les nomme tous.", "And {} more: the csv file names them all."}};
    if (group.items > group.first.size())
        page.put("<p class=\"more\">{}</p>", page.say(group.items - group.first.size(), kMore));
}

/// Something is said also where the ledger gives no reason.
Phrase text_without_reason(const journal::Item& item) {
    if (item.verdict == VerdictKind::check)
        return {"Converti ; à comparer avec l'original quand vous aurez le temps.",
                "Converted; to be compared with the original when you have the time."};
    if (item.verdict == VerdictKind::kept)
        return {"Pas converti : arrivé tel quel.", "Not converted: arrived as it is."};
    return {"Aucune raison n'a été notée.", "No reason was noted."};
}

std::string text_of(const Group& group, Language language) {
    const auto& catalogue = Catalogue::instance();
    if (group.reason.code.empty()) return std::string(text_without_reason(group.first.front()).in(language));
    return group.items == 1 ? catalogue.text(group.reason, language)
                            : catalogue.general_text(group.reason.code, language);
}

void write_group(Page& page, const Group& group, const Style& style) {
    constexpr CountedPhrase kItems{{"{} élément", "{} item"}, {"{} éléments", "{} items"}};
    const auto& catalogue = Catalogue::instance();
    const auto advice = group.items == 1 ? catalogue.advice(group.reason, page.language())
                                         : catalogue.general_advice(group.reason.code, page.language());
    page.put("<article><h3>{}</h3>", page.text(text_of(group, page.language())));
    page.put("<p class=\"advice\">{} <small class=\"code\">{}</small></p>", page.text(advice),
             html_text(group.reason.code));
    const auto size = page.say(group.items, kItems);
    if (style.unless_above && catalogue.severity(group.reason.code) >= Severity::warning) {
        page.put("<p class=\"more\">{}{}</p>", size, page.say({", nommés plus haut.", ", named above."}));
    } else if (style.folded && group.items > kAlwaysOpen) {
        page.put("<details><summary>{}</summary>", size);
        write_items(page, group, style);
        page.put("</details>");
    } else {
        write_items(page, group, style);
    }
    page.put("</article>");
}

void write_section(Page& page, const Phrase& title, const Phrase& introduction, const Groups& groups,
                   const Style& style) {
    if (groups.empty()) return;
    page.put("<section><h2>{}</h2><p>{}</p>", page.say(title), page.say(introduction));
    for (const auto& group : groups)
        write_group(page, group, style);
    page.put("</section>");
}

void write_attention(Page& page, const Digest& digest) {
    if (digest.attention == 0) return;
    page.put("<section class=\"attention\"><h2>{}</h2>",
             page.say({"Ce qui demande votre attention", "What needs your attention"}));
    if (!digest.failed.empty()) {
        page.put("<p>{}</p>", page.say({"Ceci n'a pas pu être envoyé. Tout est encore dans votre export.",
                                        "This could not be sent. All of it is still in your export."}));
        for (const auto& group : digest.failed)
            write_group(page, group, {});
    }
    if (!digest.to_check.empty()) {
        page.put("<p>{}</p>", page.say({"Ceci mérite un coup d'œil, quand vous aurez le temps.",
                                        "This is worth a look, when you have the time."}));
        for (const auto& group : digest.to_check)
            write_group(page, group, {.with_place = true});
    }
    page.put("</section>");
}

} // namespace

void write_groups(Page& page, const View& view) {
    const auto& digest = view.digest;
    write_attention(page, digest);
    write_section(page, {"Les noms qui ont changé", "Names that changed"},
                  {"Le contenu est le même ; seul le nom diffère.", "The content is the same; only the name differs."},
                  digest.renamed, {.folded = true, .with_place = true});
    write_section(page, {"Les documents convertis sans comparaison", "Documents converted without comparison"},
                  {"Aucune différence n'a été relevée, mais elle n'a pas pu être cherchée partout.",
                   "No difference was found, but it could not be looked for everywhere."},
                  digest.uncompared, {.folded = true, .with_place = true});
    write_section(
        page, {"Les documents qui gardent leur format", "Documents that keep their format"},
        {"Ils sont arrivés tels quels, et s'ouvrent comme avant.", "They arrived as they are, and open as before."},
        digest.own_format, {.folded = true, .with_place = true});
    write_section(page, {"Ce qui a été laissé de côté, et pourquoi", "What was left out, and why"},
                  {"Rien n'est effacé : tout est encore dans votre export.",
                   "Nothing is deleted: all of it is still in your export."},
                  digest.left_out, {.folded = true, .unless_above = true});
}

} // namespace passerelle::report
