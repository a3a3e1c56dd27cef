// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/archive_browser.hpp"

#include "tests/exports/markup.hpp"

#include <fmt/format.h>
#include <map>

namespace passerelle::exports {
namespace {

constexpr Product kAll[] = {Product::files, Product::photos, Product::contacts, Product::calendar,
                            Product::keep,  Product::tasks,  Product::mail,     Product::other};

struct Folder {
    std::map<std::string, Folder> folders;
    std::vector<std::string> files;

    void add(std::string_view path) {
        const std::size_t slash = path.find('/');
        if (slash == std::string_view::npos) return files.emplace_back(path), void();
        folders[std::string(path.substr(0, slash))].add(path.substr(slash + 1));
    }
};

std::string key_of(Locale locale, const std::string& folder) {
    for (const Product product : kAll)
        if (product_folder(locale, product) == folder) return product_key(product);
    return "OTHER";
}

std::string heading(const std::string& key, const std::string& folder) {
    return fmt::format("<h1 class=\"data-folder-name\" data-english-name=\"{}\" data-folder-name=\"{}\">{}</h1>", key,
                       escaped(folder), escaped(folder));
}

// The page puts one blank in front of a file's name, which is not part of it.
void list(const Folder& folder, std::string& html) {
    for (const auto& [name, inner] : folder.folders) {
        html += fmt::format("<div class=\"folder\"><button class=\"extracted extracted-folder collapsed\">"
                            "<div class=\"extracted-folder-name\">{}</div></button>\n",
                            escaped(name));
        list(inner, html);
        html += "</div>\n";
    }
    for (const std::string& file : folder.files)
        html +=
            fmt::format("<div class=\"file-leaf\"><div class=\"extracted-file-name\"> {}</div></div>\n", escaped(file));
}

} // namespace

std::string archive_browser(Locale locale, const std::vector<std::string>& paths) {
    Folder root;
    for (const std::string& path : paths)
        root.add(path);
    std::string html = "<!DOCTYPE html>\n<html><head><meta charset=\"UTF-8\"><title>Takeout</title></head>\n<body>\n";
    for (const auto& [folder, content] : root.folders) {
        const std::string key = key_of(locale, folder);
        html += fmt::format(
            "<div class=\"service-tile\" id=\"service-tile-{}\"><button><div class=\"service_summary\"><div>{}"
            "</div></div></button></div>\n",
            key, heading(key, folder));
    }
    for (const auto& [folder, content] : root.folders) {
        const std::string key = key_of(locale, folder);
        html += fmt::format(
            "<div class=\"service-detail\" id=\"service-details-{}\">\n<div class=\"service_name\">{}</div>\n", key,
            heading(key, folder));
        list(content, html);
        html += "</div>\n";
    }
    return html + "</body></html>\n";
}

} // namespace passerelle::exports
