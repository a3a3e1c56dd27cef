// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/products.hpp"

#include "daemon/sources/file_rules.hpp"

#include <array>
#include <utility>

namespace passerelle::sources {
namespace {

using Row = std::pair<std::string_view, Product>;

/// Parts of the page's names: the exact spelling has changed over the years ("PHOTOS", "GOOGLE_PHOTOS", "Google
/// Photos").
constexpr std::array kEnglish{Row{"drive", Product::files},       Row{"photos", Product::photos},
                              Row{"contacts", Product::contacts}, Row{"calendar", Product::calendar},
                              Row{"keep", Product::keep},         Row{"tasks", Product::tasks},
                              Row{"mail", Product::mail}};

constexpr std::array kFolders{Row{"Drive", Product::files},
                              Row{"Google Drive", Product::files},
                              Row{"Mon Drive", Product::files},
                              Row{"My Drive", Product::files},
                              Row{"Google Photos", Product::photos},
                              Row{"Google Fotos", Product::photos},
                              Row{"Google Foto", Product::photos},
                              Row{"Contacts", Product::contacts},
                              Row{"Kontakte", Product::contacts},
                              Row{"Calendar", Product::calendar},
                              Row{"Agenda", Product::calendar},
                              Row{"Google Agenda", Product::calendar},
                              Row{"Kalender", Product::calendar},
                              Row{"Keep", Product::keep},
                              Row{"Google Keep", Product::keep},
                              Row{"Tasks", Product::tasks},
                              Row{"Tâches", Product::tasks},
                              Row{"Google Tasks", Product::tasks},
                              Row{"Mail", Product::mail},
                              Row{"Gmail", Product::mail},
                              Row{"Messages", Product::mail}};

} // namespace

Product product_by_english_name(std::string_view english_name) {
    const auto lower = lower_ascii(english_name);
    for (const auto& [part, product] : kEnglish)
        if (lower.find(part) != std::string::npos) return product;
    return Product::other;
}

std::optional<Product> product_by_folder(std::string_view folder) {
    for (const auto& [name, product] : kFolders)
        if (folder == name) return product;
    return std::nullopt;
}

std::optional<Product> product_by_file(std::string_view name) {
    const auto extension = lower_ascii(extension_of(name));
    if (extension == ".ics") return Product::calendar;
    if (extension == ".vcf") return Product::contacts;
    if (extension == ".mbox") return Product::mail;
    if (name == "Tasks.json") return Product::tasks;
    if (name == "Labels.txt") return Product::keep;
    return std::nullopt;
}

} // namespace passerelle::sources
