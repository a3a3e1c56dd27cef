// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/names.hpp"

#include "core/reason_codes.hpp"
#include "daemon/plan/unicode.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::plan {

namespace {

constexpr std::size_t kMaxExtensionBytes = 16;
constexpr std::array<std::string_view, 4> kTarPackers{"gz", "bz2", "xz", "zst"};

bool is_extension_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Control characters of ASCII and Latin-1, and U+FFFE and U+FFFF: the server refuses the first, and an XML answer
/// cannot carry the last.
bool is_control(std::string_view point) {
    if (point.size() == 1) return static_cast<unsigned char>(point[0]) < 0x20 || point[0] == 0x7F;
    if (point.size() == 2) return point[0] == '\xC2' && static_cast<unsigned char>(point[1]) < 0xA0;
    return point == "\xEF\xBF\xBE" || point == "\xEF\xBF\xBF";
}

std::size_t point_bytes(char first) {
    const auto byte = static_cast<unsigned char>(first);
    if (byte < 0xC0) return 1;
    if (byte < 0xE0) return 2;
    return byte < 0xF0 ? 3 : 4;
}

/// The server trims such a name before it looks at it, and finds nothing or a folder's own name.
bool says_nothing(std::string_view name) {
    const auto first = name.find_first_not_of(' ');
    if (first == std::string_view::npos) return true;
    const auto core = name.substr(first, name.find_last_not_of(' ') - first + 1);
    return core == "." || core == "..";
}

std::string_view without_end(std::string_view name, std::string_view endings) {
    const auto last = name.find_last_not_of(endings);
    return last == std::string_view::npos ? std::string_view{} : name.substr(0, last + 1);
}

/// A dot in front belongs to the basename, as the server sees it: ".htaccess" has no extension.
std::string_view basename(std::string_view name) {
    return name.substr(0, name.find('.', 1));
}

void change(CleanName& clean, std::string_view code, std::string after) {
    if (after == clean.name) return;
    clean.reasons.emplace_back(code, std::vector<Reason::Parameter>{{"before", clean.name}, {"after", after}});
    clean.name = std::move(after);
}

} // namespace

NameCleaner::NameCleaner(const nextcloud::NameRules& rules) : max_bytes_(rules.max_name_bytes) {
    for (const auto& character : rules.forbidden_characters) {
        if (character.size() == 1 && static_cast<unsigned char>(character[0]) < forbidden_ascii_.size())
            forbidden_ascii_[static_cast<unsigned char>(character[0])] = true;
        else if (!character.empty())
            forbidden_points_.insert(unicode::nfc(character));
    }
    forbidden_ascii_['/'] = true; // the separator of paths, whatever the rules say
    for (const auto& name : rules.forbidden_names)
        reserved_names_.insert(unicode::case_key(name));
    for (const auto& name : rules.forbidden_basenames)
        reserved_basenames_.insert(unicode::case_key(name));
    for (const auto& extension : rules.forbidden_extensions) {
        if (extension == " " || extension == ".")
            forbidden_endings_ += extension;
        else if (!extension.empty())
            forbidden_extensions_.push_back(unicode::case_key(extension));
    }
    for (const auto* candidate : {"_", "-", "x"}) {
        replacement_ = candidate;
        if (!is_forbidden(replacement_)) break;
    }
}

CleanName NameCleaner::clean(std::string_view wanted) const {
    CleanName clean{std::string(wanted), {}};
    change(clean, codes::name_forbidden_character, unicode::repaired(clean.name, replacement_));
    change(clean, codes::name_normalized, unicode::nfc(clean.name));
    change(clean, codes::name_forbidden_character, with_allowed_characters(clean.name));
    if (says_nothing(clean.name)) change(clean, codes::name_empty, replacement_);
    // Each repair may call for another (a cut can leave a space at the end), and each makes the name shorter or longer
    // by one sign that no rule minds, so this ends.
    for (std::string before; before != clean.name && !is_fine(clean.name);) {
        before = clean.name;
        change(clean, codes::name_trailing, without_trailing(clean.name));
        change(clean, codes::name_forbidden_extension, without_forbidden_extension(clean.name));
        change(clean, codes::name_reserved, without_reserved_name(clean.name));
        change(clean, codes::name_too_long, cut(clean.name));
    }
    return clean;
}

std::string NameCleaner::numbered(std::string_view clean_name, unsigned number, bool folder) const {
    const auto stem_bytes = folder ? clean_name.size() : extension_start(clean_name);
    const auto extension = clean_name.substr(stem_bytes);
    const auto suffix = with_allowed_characters(fmt::format(" ({})", number));
    return fitted(clean_name.substr(0, stem_bytes), fmt::format("{}{}", suffix, extension));
}

std::string NameCleaner::fitted(std::string_view stem, std::string_view tail) const {
    const auto room = max_bytes_ - std::min(max_bytes_, tail.size());
    if (stem.size() > room) stem = without_end(stem.substr(0, unicode::front_bytes(stem, room)), " ");
    return fmt::format("{}{}", stem, tail);
}

std::string NameCleaner::with_allowed_characters(std::string_view name) const {
    std::string result;
    result.reserve(name.size());
    while (!name.empty()) {
        const auto point = name.substr(0, point_bytes(name.front()));
        result += is_control(point) || is_forbidden(point) ? std::string_view(replacement_) : point;
        name.remove_prefix(point.size());
    }
    return result;
}

std::string NameCleaner::without_trailing(std::string_view name) const {
    const auto kept = without_end(name, forbidden_endings_);
    return std::string(kept.empty() ? std::string_view(replacement_) : kept);
}

std::string NameCleaner::without_forbidden_extension(std::string_view name) const {
    const auto key = unicode::case_key(name);
    const auto ends = [&](const std::string& extension) { return key.ends_with(extension); };
    if (std::ranges::none_of(forbidden_extensions_, ends)) return std::string(name);
    const auto dot = std::min(name.rfind('.'), name.size());
    return fitted(name.substr(0, dot), fmt::format("{}{}", name.substr(dot), replacement_));
}

std::string NameCleaner::without_reserved_name(std::string_view name) const {
    std::string result(name);
    if (is_reserved(unicode::case_key(name))) result.insert(basename(name).size(), replacement_);
    return result;
}

std::string NameCleaner::cut(std::string_view name) const {
    if (name.size() <= max_bytes_) return std::string(name);
    const auto stem_bytes = extension_start(name);
    return fitted(name.substr(0, stem_bytes), name.substr(stem_bytes));
}

bool NameCleaner::is_fine(std::string_view name) const {
    if (name.size() > max_bytes_ || name.find_last_not_of(forbidden_endings_) != name.size() - 1) return false;
    const auto key = unicode::case_key(name);
    const auto ends = [&](const std::string& extension) { return key.ends_with(extension); };
    return !is_reserved(key) && std::ranges::none_of(forbidden_extensions_, ends);
}

bool NameCleaner::is_reserved(const std::string& key) const {
    return reserved_names_.contains(key) || reserved_basenames_.contains(std::string(basename(key)));
}

bool NameCleaner::is_forbidden(std::string_view code_point) const {
    if (code_point.size() == 1 && static_cast<unsigned char>(code_point[0]) < forbidden_ascii_.size())
        return forbidden_ascii_[static_cast<unsigned char>(code_point[0])];
    return !forbidden_points_.empty() && forbidden_points_.contains(std::string(code_point));
}

std::size_t extension_start(std::string_view name) {
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return name.size();
    const auto letters = name.substr(dot + 1);
    if (letters.empty() || letters.size() > kMaxExtensionBytes || !std::ranges::all_of(letters, is_extension_character))
        return name.size();
    constexpr std::string_view kTar = ".tar";
    const bool packed_tar = std::ranges::find(kTarPackers, letters) != kTarPackers.end() && dot > kTar.size() &&
                            name.substr(0, dot).ends_with(kTar);
    return packed_tar ? dot - kTar.size() : dot;
}

std::string name_from_title(std::string_view title, std::string_view exported_name) {
    const auto extension = exported_name.substr(extension_start(exported_name));
    const auto own = unicode::case_key(title.substr(extension_start(title)));
    const auto expected = unicode::case_key(extension);
    // An export that cuts long names may have left half an extension: then the title knows better.
    const bool cut_short = expected.size() > 1 && own.starts_with(expected);
    if (unicode::case_key(title).ends_with(expected) || cut_short) return std::string(title);
    return fmt::format("{}{}", title, extension);
}

} // namespace passerelle::plan
