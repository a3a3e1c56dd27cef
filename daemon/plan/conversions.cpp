// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/conversions.hpp"

#include "daemon/plan/names.hpp"
#include "daemon/plan/unicode.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace passerelle::plan {

namespace {

struct Format {
    std::string_view extension;
    bool ConvertChoice::*family;
    std::string_view becomes; ///< empty: it carries macros and stays as it is
};

// Templates (dot, xlt, pot) and slide shows (pps) are missing on purpose: what makes them special does not survive.
constexpr std::array<Format, 10> kFormats{{
    {".doc", &ConvertChoice::text, "odt"},
    {".docx", &ConvertChoice::text, "odt"},
    {".rtf", &ConvertChoice::text, "odt"},
    {".xls", &ConvertChoice::spreadsheets, "ods"},
    {".xlsx", &ConvertChoice::spreadsheets, "ods"},
    {".ppt", &ConvertChoice::presentations, "odp"},
    {".pptx", &ConvertChoice::presentations, "odp"},
    {".docm", &ConvertChoice::text, ""},
    {".xlsm", &ConvertChoice::spreadsheets, ""},
    {".pptm", &ConvertChoice::presentations, ""},
}};

/// Lock and side files of office programs and macOS, which have a document's extension and are none.
bool only_looks_like_a_document(std::string_view name) {
    return name.starts_with("~$") || name.starts_with("._");
}

const Format* chosen_format(const std::string& name, const ConvertChoice& choice) {
    if (only_looks_like_a_document(name)) return nullptr;
    const auto extension = unicode::case_key(std::string_view(name).substr(extension_start(name)));
    const auto* const found = std::ranges::find(kFormats, std::string_view(extension), &Format::extension);
    return found == kFormats.end() || !(choice.*(found->family)) ? nullptr : found;
}

} // namespace

std::optional<std::string> conversion_of(const std::string& name, const ConvertChoice& choice) {
    const auto* format = chosen_format(name, choice);
    if (!format || format->becomes.empty()) return std::nullopt;
    return std::string(format->becomes);
}

bool is_chosen(std::string_view format, const ConvertChoice& choice) {
    const auto* const found = std::ranges::find(kFormats, format, &Format::becomes);
    return found != kFormats.end() && choice.*(found->family);
}

bool keeps_macros(const std::string& name, const ConvertChoice& choice) {
    const auto* format = chosen_format(name, choice);
    return format && format->becomes.empty();
}

} // namespace passerelle::plan
