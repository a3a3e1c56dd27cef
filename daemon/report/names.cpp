// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/names.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace passerelle::report {
namespace {

Phrase phrase_of(ExportKind kind) {
    switch (kind) {
    case ExportKind::takeout:
        return {"export Google Takeout", "Google Takeout export"};
    case ExportKind::drive_download:
        return {"téléchargement depuis Google Drive", "download from Google Drive"};
    case ExportKind::dropbox:
        return {"téléchargement depuis Dropbox", "download from Dropbox"};
    case ExportKind::folder:
        return {"dossier", "folder"};
    }
    return {};
}

Phrase phrase_of(Product product) {
    switch (product) {
    case Product::files:
        return {"Fichiers", "Files"};
    case Product::photos:
        return {"Photos", "Photos"};
    case Product::contacts:
        return {"Contacts", "Contacts"};
    case Product::calendar:
        return {"Agenda", "Calendar"};
    case Product::keep:
        return {"Notes", "Notes"};
    case Product::tasks:
        return {"Tâches", "Tasks"};
    case Product::mail:
        return {"Messages", "Mail"};
    case Product::other:
        return {"Autre", "Other"};
    }
    return {};
}

Phrase phrase_of(ItemKind kind) {
    switch (kind) {
    case ItemKind::file:
        return {"fichier", "file"};
    case ItemKind::folder:
        return {"dossier", "folder"};
    case ItemKind::stub:
        return {"lien vers un document en ligne", "link to an online document"};
    case ItemKind::entry:
        return {"ni fichier ni dossier", "neither file nor folder"};
    }
    return {};
}

Phrase phrase_of(Action action) {
    switch (action) {
    case Action::upload:
        return {"envoyer tel quel", "send as it is"};
    case Action::convert:
        return {"convertir en OpenDocument", "convert to OpenDocument"};
    case Action::skip:
        return {"laisser de côté", "leave out"};
    case Action::move:
        return {"déplacer dans Nextcloud", "move within Nextcloud"};
    case Action::remove:
        return {"mettre à la corbeille", "move to the trash bin"};
    }
    return {};
}

Phrase phrase_of(ItemState state) {
    switch (state) {
    case ItemState::planned:
        return {"reste à faire", "still to do"};
    case ItemState::converted:
        return {"converti, reste à envoyer", "converted, still to send"};
    case ItemState::uploaded:
        return {"envoyé, dates à remettre", "sent, dates still to set"};
    case ItemState::done:
        return {"arrivé", "arrived"};
    case ItemState::skipped:
        return {"laissé de côté", "left out"};
    case ItemState::failed:
        return {"pas arrivé", "did not arrive"};
    }
    return {};
}

Phrase phrase_of(VerdictKind verdict) {
    switch (verdict) {
    case VerdictKind::faithful:
        return {"fidèle", "faithful"};
    case VerdictKind::check:
        return {"à comparer", "to compare"};
    case VerdictKind::kept:
        return {"format d'origine gardé", "own format kept"};
    }
    return {};
}

Phrase phrase_of(JobPhase phase) {
    switch (phase) {
    case JobPhase::planning:
        return {"en préparation", "being prepared"};
    case JobPhase::running:
        return {"en cours", "running"};
    case JobPhase::finishing:
        return {"en train de finir", "finishing"};
    case JobPhase::stopped:
        return {"arrêtée, peut reprendre", "stopped, can be resumed"};
    case JobPhase::finished:
        return {"terminée", "finished"};
    }
    return {};
}

std::vector<std::string_view> families(const nlohmann::json& convert, Language language) {
    static constexpr std::pair<const char*, Phrase> kFamilies[] = {
        {"text", {"textes", "text documents"}},
        {"spreadsheets", {"tableurs", "spreadsheets"}},
        {"presentations", {"présentations", "presentations"}}};
    std::vector<std::string_view> chosen;
    for (const auto& [key, phrase] : kFamilies)
        if (convert.at(key).get<bool>()) chosen.push_back(phrase.in(language));
    return chosen;
}

Phrase originals_in_words(Originals originals) {
    switch (originals) {
    case Originals::folder:
        return {"Les originaux des documents convertis sont gardés dans un dossier à part.",
                "The originals of converted documents are kept in a folder of their own."};
    case Originals::beside:
        return {"Les originaux des documents convertis sont gardés à côté d'eux.",
                "The originals of converted documents are kept beside them."};
    case Originals::discard:
        return {"Les originaux ne sont pas envoyés lorsque la conversion est fidèle.",
                "Originals are not sent where the conversion is faithful."};
    }
    return {};
}

std::string list_of(const Phrase& pattern, const auto& parts, Language language) {
    return fmt::format(fmt::runtime(pattern.in(language)), fmt::join(parts, ", "));
}

std::vector<std::string> in_words(const nlohmann::json& choices, Language language) {
    std::vector<std::string> words;
    if (const auto converted = families(choices.at("convert"), language); !converted.empty()) {
        const Phrase pattern{"Convertis en OpenDocument : {}.", "Converted to OpenDocument: {}."};
        words.push_back(list_of(pattern, converted, language));
        if (const auto originals = from_string<Originals>(choices.at("originals").get<std::string>()))
            words.emplace_back(originals_in_words(*originals).in(language));
    } else {
        words.emplace_back(Phrase{"Les documents gardent leur format.", "Documents keep their format."}.in(language));
    }
    using Patterns = std::vector<std::string>;
    if (const Patterns include = choices.at("include"); !include.empty())
        words.push_back(list_of({"Seulement : {}", "Only: {}"}, include, language));
    if (const Patterns exclude = choices.at("exclude"); !exclude.empty())
        words.push_back(list_of({"Sauf : {}", "Except: {}"}, exclude, language));
    return words;
}

} // namespace

std::string_view name_of(ExportKind kind, Language language) {
    return phrase_of(kind).in(language);
}
std::string_view name_of(Product product, Language language) {
    return phrase_of(product).in(language);
}
std::string_view name_of(ItemKind kind, Language language) {
    return phrase_of(kind).in(language);
}
std::string_view name_of(Action action, Language language) {
    return phrase_of(action).in(language);
}
std::string_view name_of(ItemState state, Language language) {
    return phrase_of(state).in(language);
}
std::string_view name_of(VerdictKind verdict, Language language) {
    return phrase_of(verdict).in(language);
}
std::string_view name_of(JobPhase phase, Language language) {
    return phrase_of(phase).in(language);
}

Phrase name_of(Outcome outcome) {
    switch (outcome) {
    case Outcome::done:
        return {"Arrivés", "Arrived"};
    case Outcome::skipped:
        return {"Laissés de côté", "Left out"};
    case Outcome::failed:
        return {"Pas envoyés", "Not sent"};
    case Outcome::pending:
        return {"Restent à faire", "Still to do"};
    }
    return {};
}

std::vector<std::string> choices_in_words(const std::string& choices, Language language) {
    try {
        return in_words(nlohmann::json::parse(choices), language);
    } catch (const nlohmann::json::exception&) {
        return {}; // written by another version; the report does without
    }
}

} // namespace passerelle::report
