// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/program/sample_tree.hpp"

#include "core/hash.hpp"
#include "tests/exports/office.hpp"
#include "tests/exports/sample.hpp"
#include "tests/exports/sample_documents.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <map>

namespace passerelle::program {
namespace {

using exports::Locale;
using fakes::TreeEntry;
using fakes::TreeSnapshot;

TreeEntry entry_of(const exports::Bytes& bytes, std::optional<Timestamp> modified) {
    TreeEntry entry;
    entry.size = bytes.size();
    entry.sha256 = sha256_hex(bytes.to_string());
    entry.modified = modified ? to_epoch(*modified) : 0;
    return entry;
}

/// Where a file of the sample's drive lands, where that is neither the name it had in the archive nor the title that
/// its sidecar tells.
const std::map<std::string, std::string>& odd_names() {
    static const std::map<std::string, std::string> names{
        {"Communication/Affiches/Affiche(1).png", "Affiche (2).png"},
        {"Publicity/Posters/Poster(1).png", "Poster (2).png"},
        {"À trier/Bilan 50_ _ suite_.txt", "Bilan 50% _ suite?.txt"},
        {"To sort/Report 50_ _ more_.txt", "Report 50% _ more?.txt"},
        {"À trier/Projet de charte pour le vivre-ensemble au jardin,.docx",
         "Projet de charte pour le vivre-ensemble au jardin, rédigé à plusieurs mains lors de l'atelier d'été, relu "
         "par "
         "le comité, corrigé après l'assemblée générale extraordinaire, puis amendé à la demande des parents d'élèves "
         "de l'école.docx"},
        {"To sort/Draft of a charter for living together in the gard.docx",
         "Draft of a charter for living together in the garden, written by many hands in the summer workshop, read "
         "again by the board, corrected after the extraordinary general assembly, then amended as the parents of the "
         "primary school and the neighbours.docx"}};
    return names;
}

std::string with_its_title(const exports::SampleFile& file) {
    std::filesystem::path path(file.path);
    if (const auto odd = odd_names().find(file.path); odd != odd_names().end())
        path.replace_filename(odd->second);
    else if (!file.sidecar.title.empty())
        path.replace_filename(file.sidecar.title);
    return path.string();
}

void add_takeout(TreeSnapshot& tree, Locale locale, const std::string& root) {
    const auto drive = exports::product_folder(locale, Product::files) + "/";
    const auto photos = exports::product_folder(locale, Product::photos) + "/";
    for (const auto& [path, bytes] : exports::sample_takeout(locale).files()) {
        if (path.starts_with(drive)) continue;
        const bool photo = path.starts_with(photos);
        auto& entry = tree[root + path] =
            entry_of(bytes, photo ? std::optional(exports::at(2024, 6, 15, 14, 30)) : std::nullopt);
        entry.favorite = path.ends_with("IMG_20240615_143001.jpg");
    }
    for (const auto& file : exports::sample_files(locale)) {
        auto& entry = tree[root + with_its_title(file)] = entry_of(file.content, file.sidecar.modified);
        entry.created = to_epoch(*file.sidecar.created);
        entry.favorite = file.sidecar.starred;
    }
}

void add_download(TreeSnapshot& tree, Locale locale, const std::string& root) {
    for (const auto& file : exports::sample_files(locale))
        tree[root + file.path] = entry_of(file.content, file.sidecar.modified);
}

} // namespace

TreeSnapshot sample_files_on_server(Shape shape, Locale locale, const std::string& destination) {
    TreeSnapshot tree;
    const auto association = exports::either(locale, "Les Jardins de la Passerelle", "The Footbridge Gardens");
    switch (shape) {
    case Shape::takeout:
        add_takeout(tree, locale, destination + "/");
        break;
    case Shape::drive_download:
        add_download(tree, locale, destination + "/" + association + "/");
        break;
    case Shape::folder:
        add_download(tree, locale, destination + "/");
        break;
    case Shape::dropbox: {
        add_download(tree, locale, destination + "/");
        const auto charter = exports::either(locale, "Projets/Charte (Copie en conflit de PC-12 2023-11-17).docx",
                                             "Projects/Charter (Pierre's conflicted copy 2023-11-17).docx");
        tree[destination + "/" + charter] =
            entry_of(to_docx(exports::letter(locale, "Charte")), exports::at(2023, 11, 17));
        break;
    }
    }
    return tree;
}

void expect_files(const TreeSnapshot& actual, const TreeSnapshot& expected, std::int64_t since,
                  const std::set<std::string>& empty_folders) {
    std::set<std::string> folders = empty_folders;
    for (auto [path, wanted] : expected) {
        for (auto folder = std::filesystem::path(path).parent_path(); !folder.empty(); folder = folder.parent_path())
            folders.insert(folder.string());
        const auto found = actual.find(path);
        if (found == actual.end()) {
            ADD_FAILURE() << path << " is missing";
            continue;
        }
        if (wanted.modified == 0 && found->second.modified >= since) wanted.modified = found->second.modified;
        EXPECT_EQ(found->second, wanted) << path;
    }
    for (const auto& [path, entry] : actual)
        EXPECT_TRUE(entry.folder ? folders.contains(path) : expected.contains(path)) << path << " is too much";
    for (const auto& folder : folders) {
        const auto found = actual.find(folder);
        EXPECT_TRUE(found != actual.end() && found->second.folder) << folder << " is missing";
    }
}

} // namespace passerelle::program
