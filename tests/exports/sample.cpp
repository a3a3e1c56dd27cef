// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/sample.hpp"

#include "tests/exports/downloads.hpp"
#include "tests/exports/sample_documents.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace passerelle::exports {
namespace fs = std::filesystem;

namespace {

/// Writes the list of files down; helpers name what recurs.
class Tree {
  public:
    explicit Tree(Locale locale) : locale_(locale) {
        add_minutes();
        add_budgets();
        add_communication();
        add_members();
        add_projects();
        add_oddities();
    }
    [[nodiscard]] std::vector<SampleFile> take() { return std::move(files_); }

  private:
    [[nodiscard]] std::string say(std::string_view french, std::string_view english) const {
        return either(locale_, french, english);
    }

    Sidecar& add(std::string path, Bytes content, Timestamp modified) {
        Sidecar sidecar{.modified = modified, .created = modified - std::chrono::days(9)};
        sidecar.permissions = {owner_};
        files_.push_back({std::move(path), std::move(content), std::move(sidecar)});
        return files_.back().sidecar;
    }

    void add_minutes() {
        const std::string folder = say("Comptes rendus", "Minutes");
        int number = 0;
        for (const int year : {2022, 2023, 2024})
            for (const unsigned month : {1U, 3U, 5U, 9U, 10U, 12U}) {
                if (year == 2024 && month > 5) continue;
                const std::string day = fmt::format("{}-{:02}-{:02}", year, month, 12 + number % 7);
                const std::string name = fmt::format("{} {}.docx", say("CR", "Minutes"), day);
                Sidecar& sidecar = add(fmt::format("{}/{}/{}", folder, year, name),
                                       to_docx(minutes(locale_, day, number++)), at(year, month, 20, 21, 5));
                if (year == 2024) sidecar.permissions.push_back(board_);
            }
        Sidecar& general = add(
            folder + "/" + say("CR 2024-03-16_ l_assemblée générale.docx", "Minutes 2024-03-16_ general assembly.docx"),
            to_docx(minutes(locale_, "2024-03-16", 40)), at(2024, 3, 17, 9, 30));
        general.title = say("CR 2024-03-16: l'assemblée générale.docx", "Minutes 2024-03-16: general assembly.docx");
        general.starred = true;
        add(folder + "/2022/" + say("Ordre du jour.doc", "Agenda.doc"), shipped("lettre.doc"), at(2022, 1, 8));
        add(folder + "/2022/" + say("Notes de séance.rtf", "Notes.rtf"), shipped("lettre.rtf"), at(2022, 1, 12));
    }

    void add_budgets() {
        const std::string folder = "Budget";
        for (const int year : {2022, 2023, 2024}) {
            Sidecar& sidecar =
                add(fmt::format("{}/Budget {}.xlsx", folder, year), to_xlsx(budget(locale_, year)), at(year, 2, 3, 18));
            sidecar.starred = year == 2024;
            sidecar.permissions.push_back(board_);
        }
        add(folder + "/Budget 2019.xls", shipped("budget.xls"), at(2019, 4, 1));
        add(folder + "/" + say("Suivi avec macros.xlsm", "Tracking with macros.xlsm"), to_xlsm(budget(locale_, 2021)),
            at(2021, 6, 1));
        for (int number = 1; number <= 5; ++number)
            add(fmt::format("{}/{}/{} {:03} {}.pdf", folder, say("Factures", "Invoices"),
                            say("Facture n°", "Invoice no."), number, say("Pépinière", "Nursery")),
                shipped("facture.pdf"), at(2024, static_cast<unsigned>(number), 11));
    }

    void add_communication() {
        const std::string folder = say("Communication", "Publicity");
        const std::string posters = folder + "/" + say("Affiches", "Posters");
        add(posters + "/" + say("Affiche fête d'été 2024.pdf", "Poster summer party 2024.pdf"), shipped("affiche.pdf"),
            at(2024, 5, 6));
        add(posters + "/" + say("Affiche.png", "Poster.png"), shipped("affiche.png"), at(2024, 5, 6));
        Sidecar& twin =
            add(posters + "/" + say("Affiche(1).png", "Poster(1).png"), shipped("photo1.jpg"), at(2024, 5, 7));
        twin.title = say("Affiche.png", "Poster.png");
        add(posters + "/" + say("Affiche.svg", "Poster.svg"), shipped("affiche.svg"), at(2024, 5, 5));
        const std::string photos = folder + "/" + say("Photos de l'été", "Summer photos");
        for (int number = 1; number <= 3; ++number)
            add(fmt::format("{}/DSC_{:04}.jpg", photos, 40 + number), shipped(fmt::format("photo{}.jpg", number)),
                at(2024, 6, 15, 14, 30 + number));
        add(folder + "/" + say("Fête des voisins 🎉.docx", "Street party 🎉.docx"),
            to_docx(letter(locale_, say("Fête des voisins", "Street party"))), at(2024, 5, 20))
            .permissions.push_back(everybody_);
        add(folder + "/" + say("Présentation de la saison 2024.pptx", "The season 2024.pptx"),
            to_pptx(presentation(locale_, 2024)), at(2024, 3, 10))
            .starred = true;
        add(folder + "/" + say("Présentation 2018.ppt", "Presentation 2018.ppt"), shipped("presentation.ppt"),
            at(2018, 9, 30));
    }

    void add_members() {
        const std::string folder = say("Adhésions", "Membership");
        for (const int year : {2022, 2023, 2024})
            add(fmt::format("{}/{} {}.csv", folder, say("Liste des membres", "Members"), year),
                members_list(locale_, year), at(year, 1, 31))
                .permissions.push_back(treasurer_);
        add(folder + "/" + say("Données sensibles.docx", "Confidential.docx"),
            encrypted(to_docx(letter(locale_, say("Données sensibles", "Confidential"))), "passerelle"),
            at(2023, 11, 2));
        add(folder + "/" + say("Modèles", "Templates") + "/" + say("Bulletin d'adhésion.docx", "Form.docx"),
            to_docx(letter(locale_, say("Bulletin d'adhésion", "Membership form"))), at(2022, 12, 1));
        add(folder + "/" + say("Modèles", "Templates") + "/" + say("Reçu avec macro.docm", "Receipt with macro.docm"),
            to_docm(letter(locale_, say("Reçu", "Receipt"))), at(2021, 12, 1));
        add(folder + "/" + say("Modèles", "Templates") + "/" + say("Courrier à l'en-tête.odt", "Letter.odt"),
            to_odt(letter(locale_, say("Courrier", "Letter"))), at(2023, 2, 1));
    }

    void add_projects() {
        const std::string folder = say("Projets", "Projects");
        const std::string garden = folder + "/" + say("Jardin de l'école", "School garden");
        add(garden + "/" + say("Convention avec la mairie.docx", "Agreement with the town.docx"),
            to_docx(letter(locale_, say("Convention", "Agreement"))), at(2024, 2, 20))
            .permissions.push_back(school_);
        add(garden + "/" + say("Plan des parcelles.svg", "Plots.svg"), shipped("affiche.svg"), at(2024, 2, 21));
        add(garden + "/" + say("Calendrier des semis.xlsx", "Sowing calendar.xlsx"), to_xlsx(budget(locale_, 2020)),
            at(2024, 2, 22));
        const std::string canteen = folder + "/" + say("Cantine d'à côté", "Next-door canteen");
        for (int number = 1; number <= 4; ++number)
            add(fmt::format("{}/{} {}.docx", canteen, say("Menu d'œufs et de légumes, semaine", "Menu, week"), number),
                to_docx(minutes(locale_, fmt::format("2024-04-{:02}", 7 * number), 50 + number)),
                at(2024, 4, 7U * static_cast<unsigned>(number)));
        add(canteen + "/" + say("Recettes.txt", "Recipes.txt"), Bytes::prose(3000, 5), at(2024, 4, 2));
        const std::string party = folder + "/" + say("Fête d'été", "Summer party");
        add(party + "/" + say("Budget de la fête.xlsx", "Party budget.xlsx"), to_xlsx(party_budget(locale_)),
            at(2024, 6, 1));
        add(party + "/" + say("Courses.txt", "Shopping.txt"),
            say("20 baguettes\n3 kg de fraises\n", "20 baguettes\n3 kg of strawberries\n"), at(2024, 6, 14));
        add(party + "/" + say("Film de la fête.mp4", "Party film.mp4"), Bytes::random(3 * kMiB, 77), at(2024, 6, 16));
    }

    void add_oddities() {
        const std::string folder = say("À trier", "To sort");
        add(folder + "/" + say("Abîmé.docx", "Damaged.docx"), to_docx(minutes(locale_, "2020-01-01", 9)).substr(0, 900),
            at(2020, 1, 2));
        add(folder + "/" + say("En fait du texte.docx", "Really a text.docx"), "Ceci est un fichier texte.\n",
            at(2020, 1, 3));
        add(folder + "/" + say("Vide.txt", "Empty.txt"), "", at(2020, 1, 4));
        const std::string title = say("Projet de charte pour le vivre-ensemble au jardin, rédigé à plusieurs mains "
                                      "lors de l'atelier d'été, relu par le "
                                      "comité, corrigé après l'assemblée générale extraordinaire, puis amendé à la "
                                      "demande des parents d'élèves de "
                                      "l'école élémentaire et des voisines et voisins",
                                      "Draft of a charter for living together in the garden, written by many hands in "
                                      "the summer workshop, read again by "
                                      "the board, corrected after the extraordinary general assembly, then amended as "
                                      "the parents of the primary school "
                                      "and the neighbours had asked for");
        add(folder + "/" + mangled(title, 50) + ".docx", to_docx(letter(locale_, title)), at(2023, 8, 8)).title =
            title + ".docx";
        add(folder + "/" + say("Bilan 50_ _ suite_.txt", "Report 50_ _ more_.txt"), Bytes::prose(800, 6),
            at(2023, 8, 9))
            .title = say("Bilan 50% / suite?.txt", "Report 50% / more?.txt");
    }

    Locale locale_;
    std::vector<SampleFile> files_;
    Permission owner_{.name = "Les Jardins", .email = "contact@jardins.example", .role = "owner"};
    Permission board_{.name = "Bureau", .email = "bureau@jardins.example", .role = "writer", .type = "group"};
    Permission treasurer_{.name = "Aïcha Benali", .email = "aicha@jardins.example", .role = "writer"};
    Permission school_{.name = "École des Tilleuls",
                       .email = "ecole@tilleuls.example",
                       .role = "reader",
                       .additional_roles = {"commenter"}};
    Permission everybody_{.name = "", .role = "reader", .type = "anyone", .with_link = true};
};

std::string association(Locale locale) {
    return either(locale, "Les Jardins de la Passerelle", "The Footbridge Gardens");
}

void add_products(TakeoutBuilder& takeout, Locale locale) {
    const auto say = [&](std::string_view french, std::string_view english) { return either(locale, french, english); };
    takeout.contacts({{"Jeanne", "Dupré", "jeanne@jardins.example", "+33 1 99 00 12 34"},
                      {"Aïcha", "Benali", "aicha@jardins.example", "", say("trésorière", "treasurer")},
                      {"Loïc", "Le Goff", "loic@jardins.example"}});
    takeout.calendar(say("Jardins : réunions", "Gardens: meetings"),
                     {{"ca-2024@jardins.example", say("Conseil d'administration", "Board"), at(2024, 9, 12, 18),
                       at(2024, 9, 12, 20), say("Local", "Hut")},
                      {"atelier@jardins.example", say("Atelier du samedi", "Saturday workshop"), at(2024, 4, 6, 9),
                       at(2024, 4, 6, 11), "", "FREQ=WEEKLY;BYDAY=SA"}});
    takeout.note({.title = say("Courses pour la fête", "Party shopping"),
                  .list = {{say("Gobelets", "Cups"), true}, {say("Guirlandes", "Garlands"), false}},
                  .labels = {say("Fête", "Party")},
                  .pinned = true,
                  .created = at(2024, 6, 1),
                  .edited = at(2024, 6, 12)});
    takeout.note({.title = say("Code du local", "Door code"),
                  .text = "1234",
                  .created = at(2023, 1, 1),
                  .edited = at(2023, 1, 1)});
    takeout.tasks({{say("À faire", "To do"),
                    {{.title = say("Renouveler l'assurance", "Renew the insurance"), .due = at(2024, 9, 30)},
                     {.title = say("Ranger la cabane", "Tidy the hut"), .completed = true}}}});
    for (int number = 1; number <= 2; ++number)
        takeout.photo(
            fmt::format("IMG_20240615_14300{}.jpg", number), shipped(fmt::format("photo{}.jpg", number)),
            {.taken = at(2024, 6, 15, 14, 30), .latitude = 47.2, .longitude = -1.55, .favorited = number == 1});
}

} // namespace

std::vector<SampleFile> sample_files(Locale locale) {
    return Tree(locale).take();
}

TakeoutBuilder sample_takeout(Locale locale) {
    TakeoutBuilder takeout(locale);
    const std::string drive = product_folder(locale, Product::files) + "/";
    int number = 0;
    for (SampleFile& file : sample_files(locale)) {
        file.sidecar.naming = number % 5 == 4 ? SidecarName::stem : SidecarName::full;
        const bool film = file.path.ends_with(".mp4");
        takeout.file(drive + file.path, file.content, file.sidecar).part(film || number % 2 == 1 ? 2 : 1);
        // Some sidecars lie in the other part than their files do.
        if (number % 4 == 0 || film) takeout.sidecar_part(number % 2 == 1 || film ? 1 : 2);
        if (film) takeout.loose();
        ++number;
    }
    Sidecar shared{
        .permissions = {{.name = "Bureau", .email = "bureau@jardins.example", .role = "writer", .type = "group"}}};
    takeout.folder(drive + "Budget", shared).part(2);
    takeout.folder(drive + either(locale, "Ateliers à venir", "Workshops to come"), Sidecar{}).part(2);
    add_products(takeout, locale);
    return takeout;
}

std::vector<fs::path> write_sample_takeout(const fs::path& directory, Locale locale) {
    return sample_takeout(locale).write(directory);
}

std::vector<fs::path> write_sample_drive_download(const fs::path& directory, Locale locale) {
    DriveDownloadBuilder download(association(locale));
    for (const SampleFile& file : sample_files(locale))
        download.file(file.path, file.content, file.sidecar.modified);
    return download.write(directory);
}

std::vector<fs::path> write_sample_dropbox(const fs::path& directory, Locale locale) {
    DropboxBuilder dropbox(association(locale));
    dropbox.decomposed_names();
    std::set<std::string> folders;
    for (const SampleFile& file : sample_files(locale)) {
        dropbox.file(file.path, file.content, *file.sidecar.modified);
        for (fs::path folder = fs::path(file.path).parent_path(); !folder.empty(); folder = folder.parent_path())
            folders.insert(folder.string());
    }
    const std::string projects = either(locale, "Projets", "Projects");
    dropbox.file(projects + "/" +
                     either(locale, "Charte (Copie en conflit de PC-12 2023-11-17).docx",
                            "Charter (Pierre's conflicted copy 2023-11-17).docx"),
                 to_docx(letter(locale, "Charte")), at(2023, 11, 17));
    dropbox.file(projects + "/.DS_Store", "system");
    dropbox.file(projects + "/" + either(locale, "Notes.paper", "Notes.paper"), "{}", at(2023, 11, 18));
    for (const std::string& folder : folders)
        dropbox.folder(folder);
    return {dropbox.write(directory)};
}

std::vector<fs::path> write_sample_folder(const fs::path& directory, Locale locale) {
    const fs::path root = directory / association(locale);
    FolderBuilder folder;
    for (const SampleFile& file : sample_files(locale))
        folder.file(file.path, file.content, *file.sidecar.modified);
    folder.google_stub(either(locale, "Comptes rendus/Brouillon.gdoc", "Minutes/Draft.gdoc"));
    folder.google_stub("Budget/Budget 2025.gsheet")
        .google_stub(either(locale, "Adhésions/Inscription.gform", "Membership/Form.gform"));
    folder.system_files("Budget");
    folder.write(root);
    return {root};
}

} // namespace passerelle::exports
