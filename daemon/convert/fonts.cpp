// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/fonts.hpp"

#include <algorithm>
#include <array>
#include <fontconfig/fontconfig.h>
#include <memory>
#include <string_view>
#include <utility>

namespace passerelle::convert {
namespace {

/// Fonts with letters of the same width, which LibreOffice takes by itself (its VCL.xcu).
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kReplacements = {{
    {"arial", "liberation sans"},
    {"helvetica", "liberation sans"},
    {"arial narrow", "liberation sans narrow"},
    {"times new roman", "liberation serif"},
    {"times", "liberation serif"},
    {"courier new", "liberation mono"},
    {"calibri", "carlito"},
    {"cambria", "caladea"},
}};

/// Signs that LibreOffice draws from a font of its own.
constexpr std::array<std::string_view, 5> kSigns = {"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings"};

std::string in_small_letters(std::string_view name) {
    std::string small(name);
    std::transform(small.begin(), small.end(), small.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return small;
}

std::set<std::string> fonts_of_this_machine() {
    const std::unique_ptr<FcConfig, void (*)(FcConfig*)> config(::FcInitLoadConfigAndFonts(), ::FcConfigDestroy);
    const std::unique_ptr<FcPattern, void (*)(FcPattern*)> all(::FcPatternCreate(), ::FcPatternDestroy);
    const std::unique_ptr<FcObjectSet, void (*)(FcObjectSet*)> family(::FcObjectSetBuild(FC_FAMILY, nullptr),
                                                                      ::FcObjectSetDestroy);
    std::set<std::string> names;
    if (!config || !all || !family) return names;
    const std::unique_ptr<FcFontSet, void (*)(FcFontSet*)> fonts(::FcFontList(config.get(), all.get(), family.get()),
                                                                 ::FcFontSetDestroy);
    for (int font = 0; fonts && font < fonts->nfont; ++font) {
        FcChar8* name = nullptr;
        for (int i = 0; ::FcPatternGetString(fonts->fonts[font], FC_FAMILY, i, &name) == FcResultMatch; ++i)
            names.insert(in_small_letters(reinterpret_cast<const char*>(name)));
    }
    return names;
}

} // namespace

std::set<std::string> missing_fonts(const std::set<std::string>& asked) {
    static const std::set<std::string> there = fonts_of_this_machine();
    std::set<std::string> missing;
    for (const std::string& font : asked) {
        const std::string name = in_small_letters(font);
        const auto* const replacement = std::find_if(kReplacements.begin(), kReplacements.end(),
                                                     [&](const auto& pair) { return pair.first == name; });
        const bool replaced = replacement != kReplacements.end() && there.contains(std::string(replacement->second));
        const bool is_sign = std::find(kSigns.begin(), kSigns.end(), name) != kSigns.end();
        if (!name.empty() && !is_sign && !replaced && !there.contains(name)) missing.insert(font);
    }
    return missing;
}

} // namespace passerelle::convert
