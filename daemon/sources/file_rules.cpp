// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/file_rules.hpp"

#include "core/reason_codes.hpp"
#include "daemon/sources/bounded_json.hpp"

#include <algorithm>
#include <array>

namespace passerelle::sources {
namespace {

constexpr std::array<std::string_view, 7> kSystemFiles{"desktop.ini", "thumbs.db",     ".ds_store",      "icon\r",
                                                       ".dropbox",    ".dropbox.attr", ".dropbox.device"};
constexpr std::string_view kDropboxCache = ".dropbox.cache";

constexpr std::array<std::string_view, 14> kGoogleStubs{".gdoc",    ".gsheet", ".gslides",     ".gform",    ".gdraw",
                                                        ".gmap",    ".gsite",  ".gjam",        ".glink",    ".gtable",
                                                        ".gscript", ".gnote",  ".gmaillayout", ".gshortcut"};
constexpr std::array<std::string_view, 2> kPaperStubs{".paper", ".papert"};
constexpr std::uint64_t kStubLimit = 16 * kKiB;

/// As Dropbox's programs have named them, in English and French (docs: its help page on conflicted copies).
constexpr std::array<std::string_view, 5> kConflictMarks{"conflicted copy", "copie en conflit", "(case conflict",
                                                         "(unicode encoding conflict", "(conflit de casse"};

constexpr std::array<std::string_view, 3> kSharedPlaces{"Shared drives", "Drive partagés", ".shortcut-targets-by-id"};

template <class List> bool contains(const List& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

bool is_conflicted_copy(std::string_view name) {
    if (name.find('(') == std::string_view::npos) return false;
    const auto lower = lower_ascii(name);
    return std::any_of(kConflictMarks.begin(), kConflictMarks.end(),
                       [&](std::string_view mark) { return lower.find(mark) != std::string::npos; });
}

bool in_dropbox_cache(std::string_view path) {
    return path == kDropboxCache || (path.starts_with(kDropboxCache) && path[kDropboxCache.size()] == '/') ||
           path.find("/.dropbox.cache/") != std::string_view::npos;
}

} // namespace

std::string lower_ascii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

std::string_view name_of_path(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

std::string_view folder_of_path(std::string_view path) {
    const auto cut = path.rfind('/');
    return cut == std::string_view::npos ? std::string_view() : path.substr(0, cut);
}

std::string join_path(std::string_view folder, std::string_view name) {
    std::string path(folder);
    if (!path.empty()) path += '/';
    return path.append(name);
}

std::string_view extension_of(std::string_view name) {
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == name.size() || name.size() - dot > 9) return {};
    const auto extension = name.substr(dot);
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    return std::all_of(extension.begin() + 1, extension.end(), plain) ? extension : std::string_view();
}

std::string_view stem_of(std::string_view name) {
    return name.substr(0, name.size() - extension_of(name).size());
}

bool is_system_file(std::string_view name) {
    return contains(kSystemFiles, lower_ascii(name));
}

std::uint64_t stub_limit(std::string_view name) {
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos) return 0;
    const auto extension = lower_ascii(name.substr(dot));
    return contains(kGoogleStubs, extension) || contains(kPaperStubs, extension) ? kStubLimit : 0;
}

std::optional<std::string> stub_link(std::string_view name, std::string_view content) {
    const auto document = parse_bounded_json(content);
    if (!document || !document->is_object()) {
        // A .paper's form is not documented; one that is this small cannot be a document.
        const bool paper = contains(kPaperStubs, lower_ascii(name.substr(name.rfind('.'))));
        return paper || content.empty() ? std::optional<std::string>("") : std::nullopt;
    }
    if (auto url = text_of(*document, "url"); !url.empty()) return url;
    if (const auto id = text_of(*document, "doc_id"); !id.empty()) return "https://drive.google.com/open?id=" + id;
    return "";
}

void apply_file_rules(Item& item) {
    const auto name = name_of_path(item.path);
    if (item.kind == ItemKind::folder) {
        if (contains(kSharedPlaces, name))
            item.reasons.emplace_back(codes::source_shared_place,
                                      std::vector<Reason::Parameter>{{"place", std::string(name)}});
        if (in_dropbox_cache(item.path + '/')) {
            item.leave_out = true;
            item.reasons.emplace_back(codes::source_system_file);
        }
        return;
    }
    if (item.kind != ItemKind::file) return;
    if (is_conflicted_copy(name)) item.reasons.emplace_back(codes::source_conflicted_copy);
    if (is_system_file(name) || in_dropbox_cache(item.path)) {
        item.leave_out = true;
        item.reasons.emplace_back(codes::source_system_file);
    }
}

} // namespace passerelle::sources
