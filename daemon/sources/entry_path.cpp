// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/sources/archive.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::sources {
namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Both separators count here: a name with backslashes is one name on Linux and a way out on Windows.
bool leads_outside(std::string_view path) {
    if (path.starts_with('/') || path.starts_with('\\')) return true;
    if (path.size() >= 3 && is_letter(path[0]) && path[1] == ':' && (path[2] == '/' || path[2] == '\\')) return true;
    while (!path.empty()) {
        const auto cut = path.find_first_of("/\\");
        if (path.substr(0, cut) == "..") return true;
        path.remove_prefix(cut == std::string_view::npos ? path.size() : cut + 1);
    }
    return false;
}

std::string tidy(std::string_view path) {
    std::string tidied;
    tidied.reserve(path.size());
    while (!path.empty()) {
        const auto cut = path.find('/');
        const auto part = path.substr(0, cut);
        if (!part.empty() && part != ".") {
            if (!tidied.empty()) tidied += '/';
            tidied += part;
        }
        path.remove_prefix(cut == std::string_view::npos ? path.size() : cut + 1);
    }
    return tidied;
}

} // namespace

void place_entry(Entry& entry, std::string_view path) {
    if (path == "/") { // Dropbox's zips begin with their own root
        entry.type = EntryType::folder;
        return;
    }
    if (path.ends_with('/') && entry.type == EntryType::file) entry.type = EntryType::folder;
    if (leads_outside(path)) {
        entry.path = path.substr(0, kMaxPathBytes);
        entry.outside = true;
        entry.reject(Reason(codes::source_unsafe_path));
        return;
    }
    entry.path = tidy(path);
    if (entry.path.size() > kMaxPathBytes || std::count(entry.path.begin(), entry.path.end(), '/') > kMaxDepth) {
        const auto bytes = entry.path.size();
        entry.path.resize(std::min(bytes, kMaxPathBytes));
        entry.outside = true;
        entry.reject(Reason(codes::source_path_too_long, {{"bytes", fmt::to_string(bytes)}}));
    } else if (entry.path.empty() && entry.type != EntryType::folder) {
        entry.outside = true;
        entry.reject(Reason(codes::source_unsafe_path));
    }
}

} // namespace passerelle::sources
