// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/sample_documents.hpp"

#include "tests/exports/bytes.hpp"

#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace passerelle::exports {
namespace {

using Style = Paragraph::Style;

struct Person {
    const char* given;
    const char* family;
};
constexpr auto kPeople = std::to_array<Person>({{"Jeanne", "Dupré"},
                                                {"Aïcha", "Benali"},
                                                {"Loïc", "Le Goff"},
                                                {"François", "Çelik"},
                                                {"Maëlle", "O'Brien"},
                                                {"Zoé", "N'Diaye"},
                                                {"Noël", "Lacœur"},
                                                {"Inès", "García"},
                                                {"Rémi", "Thévenot"},
                                                {"Élodie", "d'Hérouville"}});

const Person& person(int number) {
    return kPeople[static_cast<std::size_t>(number) % kPeople.size()];
}

struct Line {
    const char* french;
    const char* english;
    double planned;
    double spent;
};
constexpr auto kSpending = std::to_array<Line>({{"Graines et plants", "Seeds and plants", 420, 391.5},
                                                {"Outils", "Tools", 310, 355.25},
                                                {"Assurance", "Insurance", 186, 186},
                                                {"Location de la salle", "Hall rent", 240, 200},
                                                {"Goûters et fête d'été", "Snacks and summer party", 350, 412.8}});

/// About `size` bytes of words. Bytes::prose may end inside of a character, which no document may.
std::string prose(unsigned size, unsigned seed) {
    std::string text = Bytes::prose(size, seed).to_string();
    text.resize(text.rfind(' '));
    return text + ".";
}

} // namespace

TextDocument minutes(Locale locale, std::string_view day, int number) {
    const auto say = [&](std::string_view french, std::string_view english) { return either(locale, french, english); };
    TextDocument document{.title = say("Compte rendu", "Minutes"), .author = "Jeanne Dupré", .blocks = {}};
    const auto add = [&](auto block) { document.blocks.emplace_back(std::move(block)); };
    add(Paragraph{fmt::format("{} {}", say("Compte rendu de la réunion du", "Minutes of the meeting of"), day),
                  Style::heading1});
    add(Paragraph{say("Les Jardins de la Passerelle, local de l'impasse des Œillets.",
                      "The Footbridge Gardens, in the hut of Carnation Lane.")});
    add(Paragraph{say("Présences", "Who was there"), Style::heading2});
    for (int guest = 0; guest < 4; ++guest)
        add(Paragraph{fmt::format("{} {}", person(number + guest).given, person(number + guest).family),
                      Style::bullet});
    add(Paragraph{say("Décisions", "What was decided"), Style::heading2});
    add(Paragraph{.text = say("La parcelle n° 7 est confiée à l'école : les enfants y sèmeront dès le printemps.",
                              "Plot no. 7 goes to the school: the children will sow there from spring on."),
                  .footnote = say("Sous réserve de l'accord de la mairie.", "If the town hall agrees.")});
    add(Paragraph{.text = say("L'achat d'une cuve de récupération d'eau est voté à l'unanimité.",
                              "Buying a rainwater tank is agreed by all."),
                  .comment =
                      say("Demander un deuxième devis avant de signer.", "Ask for a second offer before signing.")});
    add(Paragraph{prose(400 + 150U * static_cast<unsigned>(number % 7), static_cast<unsigned>(number))});
    add(Paragraph{say("Qui fait quoi", "Who does what"), Style::heading2});
    TextTable tasks{{{say("Tâche", "Task"), say("Qui", "Who"), say("Pour quand", "Until")}}};
    tasks.rows.push_back(
        {say("Réserver la salle", "Book the hall"), person(number).given, say("fin du mois", "end of the month")});
    tasks.rows.push_back(
        {say("Relancer les cotisations", "Remind of the fees"), person(number + 1).given, say("15 mai", "15 May")});
    tasks.rows.push_back(
        {say("Commander le terreau", "Order the soil"), person(number + 2).given, say("dès que possible", "soon")});
    add(tasks);
    return document;
}

TextDocument letter(Locale locale, std::string_view subject) {
    TextDocument document{.title = std::string(subject), .author = "Loïc Le Goff", .blocks = {}};
    document.blocks.emplace_back(Paragraph{std::string(subject), Style::heading1});
    document.blocks.emplace_back(Paragraph{either(locale, "Madame, Monsieur,", "Dear Madam or Sir,")});
    document.blocks.emplace_back(Paragraph{
        either(locale,
               "Depuis 2011, notre association cultive un terrain au bord de la rivière et l'ouvre à tout le quartier.",
               "Since 2011 our association has grown a garden by the river and opened it to the neighbourhood.")});
    document.blocks.emplace_back(Paragraph{either(locale, "Bien à vous,", "Yours,")});
    return document;
}

std::vector<Sheet> budget(Locale locale, int year) {
    const auto say = [&](std::string_view french, std::string_view english) { return either(locale, french, english); };
    const std::string plan_name = say("Prévu", "Planned");
    Sheet plan{plan_name, {{fmt::format("Budget {}", year), say("Prévu (€)", "Planned (€)")}}};
    Sheet real{say("Réalisé", "Spent"),
               {{say("Poste", "Line"), say("Réalisé (€)", "Spent (€)"), say("Écart (€)", "Difference (€)")}}};
    double planned = 0;
    double spent = 0;
    int row = 1;
    for (const Line& line : kSpending) {
        ++row;
        const double more = 10.0 * (year % 10);
        plan.rows.push_back({say(line.french, line.english), line.planned + more});
        real.rows.push_back({say(line.french, line.english), line.spent + more,
                             Formula{fmt::format("{}!B{}-B{}", plan_name, row, row), line.planned - line.spent}});
        planned += line.planned + more;
        spent += line.spent + more;
    }
    plan.rows.push_back({say("Total", "Total"), Formula{fmt::format("SUM(B2:B{})", row), planned}});
    real.rows.push_back({say("Total", "Total"), Formula{fmt::format("SUM(B2:B{})", row), spent},
                         Formula{fmt::format("{}!B{}-B{}", plan_name, row + 1, row + 1), planned - spent}});
    return {plan, real};
}

std::vector<Sheet> party_budget(Locale locale) {
    auto sheets = budget(locale, 2024);
    const std::string spent = sheets[1].name;
    const Line& hall = kSpending[3];
    sheets.push_back({either(locale, "Recherche", "Look-up"),
                      {{either(locale, hall.french, hall.english),
                        Formula{fmt::format("_xlfn.XLOOKUP(A1,{0}!A2:A6,{0}!B2:B6)", spent), hall.spent + 40}}}});
    return sheets;
}

std::vector<Slide> presentation(Locale locale, int year) {
    const auto say = [&](std::string_view french, std::string_view english) { return either(locale, french, english); };
    return {{fmt::format("{} {}", say("Une saison au jardin", "A season in the garden"), year),
             {say("Les Jardins de la Passerelle", "The Footbridge Gardens")},
             say("Remercier la mairie et l'école.", "Thank the town hall and the school.")},
            {say("Ce que nous avons fait", "What we did"),
             {say("42 ateliers", "42 workshops"), say("Une tonne de légumes", "A ton of vegetables"),
              say("Une fête d'été", "A summer party")}},
            {say("Et après ?", "And now?"),
             {say("La cuve d'eau", "The water tank"), say("La parcelle de l'école", "The school's plot")},
             say("Laisser du temps aux questions.", "Leave time for questions.")}};
}

std::string members_list(Locale locale, int year) {
    std::string csv = either(locale, "Prénom;Nom;Courriel;Cotisation (€)\n", "First name;Name;E-mail;Fee (€)\n");
    for (int number = 0; number < 10; ++number)
        csv += fmt::format("{};{};membre{}@jardins.example;{}\n", person(number + year).given,
                           person(number + year).family, number, number % 3 == 0 ? 15 : 25);
    return csv;
}

std::string shipped(std::string_view name) {
    const std::filesystem::path file = std::filesystem::path(PASSERELLE_SAMPLE_DOCUMENTS) / name;
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (!in || bytes.str().empty()) throw std::runtime_error("cannot read " + file.string());
    return bytes.str();
}

} // namespace passerelle::exports
