// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/names.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <stdexcept>
#include <utf8proc.h>
#include <utility>

namespace passerelle::exports {
namespace {

struct ProductNames {
    Product product;
    const char* key;
    const char* french;
    const char* english;
    const char* german;
};

constexpr auto kProducts = std::to_array<ProductNames>({
    {Product::files, "DRIVE", "Drive", "Drive", "Drive"},
    {Product::photos, "GOOGLE_PHOTOS", "Google Photos", "Google Photos", "Google Fotos"},
    {Product::contacts, "CONTACTS", "Contacts", "Contacts", "Kontakte"},
    {Product::calendar, "CALENDAR", "Agenda", "Calendar", "Kalender"},
    {Product::keep, "KEEP", "Keep", "Keep", "Notizen"},
    {Product::tasks, "TASKS", "Tâches", "Tasks", "Aufgaben"},
    {Product::mail, "GMAIL", "Messagerie", "Mail", "Gmail"},
    {Product::other, "GROUPS", "Groups", "Groups", "Groups"},
});

const ProductNames& names_of(Product product) {
    for (const ProductNames& names : kProducts)
        if (names.product == product) return names;
    throw std::invalid_argument("a product without names");
}

const char* choose(Locale locale, const char* french, const char* english, const char* german) {
    switch (locale) {
    case Locale::french:
        return french;
    case Locale::english:
        return english;
    case Locale::german:
        return german;
    }
    return english;
}

bool starts_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
}

/// What French names use of the upper half of code page 437.
constexpr auto kCp437 = std::to_array<std::pair<std::string_view, char>>({
    {"Ç", '\x80'}, {"ü", '\x81'}, {"é", '\x82'}, {"â", '\x83'}, {"ä", '\x84'}, {"à", '\x85'}, {"ç", '\x87'},
    {"ê", '\x88'}, {"ë", '\x89'}, {"è", '\x8a'}, {"ï", '\x8b'}, {"î", '\x8c'}, {"Ä", '\x8e'}, {"É", '\x90'},
    {"æ", '\x91'}, {"Æ", '\x92'}, {"ô", '\x93'}, {"ö", '\x94'}, {"û", '\x96'}, {"ù", '\x97'}, {"ÿ", '\x98'},
    {"Ö", '\x99'}, {"Ü", '\x9a'}, {"ß", '\xe1'}, {"°", '\xf8'},
});

std::chrono::year_month_day date_of(Timestamp moment) {
    return {std::chrono::floor<std::chrono::days>(moment)};
}

std::chrono::hh_mm_ss<std::chrono::seconds> clock_of(Timestamp moment) {
    return std::chrono::hh_mm_ss(moment - std::chrono::floor<std::chrono::days>(moment));
}

} // namespace

std::string product_folder(Locale locale, Product product) {
    const ProductNames& names = names_of(product);
    return choose(locale, names.french, names.english, names.german);
}

std::string product_key(Product product) {
    return names_of(product).key;
}

std::string browser_name(Locale locale) {
    return choose(locale, "archive_browser.html", "archive_browser.html", "Archiv_Übersicht.html");
}

std::string all_contacts(Locale locale) {
    return choose(locale, "Tous les contacts", "All Contacts", "Alle Kontakte");
}

std::string photos_of_year(Locale locale, int year) {
    return fmt::format("{} {}", choose(locale, "Photos de", "Photos from", "Fotos von"), year);
}

std::string mangled(std::string_view title, std::size_t limit) {
    std::string name = first_characters(title, limit);
    for (char& byte : name)
        if (std::string_view("%&*\\|:'/\r\n").find(byte) != std::string_view::npos) byte = '_';
    return name;
}

std::string first_characters(std::string_view text, std::size_t limit) {
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++at)
        if (starts_character(text[at]) && characters++ == limit) return std::string(text.substr(0, at));
    return std::string(text);
}

std::string nfd(std::string_view text) {
    const std::string copy(text);
    utf8proc_uint8_t* decomposed = utf8proc_NFD(reinterpret_cast<const utf8proc_uint8_t*>(copy.c_str()));
    if (decomposed == nullptr) throw std::invalid_argument("no UTF-8: " + copy);
    std::string name(reinterpret_cast<const char*>(decomposed));
    std::free(decomposed);
    return name;
}

std::string cp437(std::string_view text) {
    std::string name;
    while (!text.empty()) {
        std::size_t length = 1;
        while (length < text.size() && !starts_character(text[length]))
            ++length;
        const std::string_view character = text.substr(0, length);
        text.remove_prefix(length);
        const auto* known =
            std::find_if(kCp437.begin(), kCp437.end(), [&](const auto& pair) { return pair.first == character; });
        if (length > 1 && known == kCp437.end())
            throw std::invalid_argument("not in code page 437: " + std::string(character));
        name += length == 1 ? character.front() : known->second;
    }
    return name;
}

std::string compact_time(Timestamp moment) {
    const auto date = date_of(moment);
    const auto clock = clock_of(moment);
    return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", int(date.year()), unsigned(date.month()),
                       unsigned(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string iso_time(Timestamp moment, int milliseconds) {
    const auto date = date_of(moment);
    const auto clock = clock_of(moment);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", int(date.year()), unsigned(date.month()),
                       unsigned(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                       milliseconds);
}

Timestamp at(int year, unsigned month, unsigned day, int hour, int minute, int second) {
    const std::chrono::sys_days date(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
    return date + std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
}

} // namespace passerelle::exports
