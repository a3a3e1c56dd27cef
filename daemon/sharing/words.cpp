// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/words.hpp"

#include "daemon/sharing/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <span>

namespace passerelle::sharing {
namespace {

constexpr std::size_t kMaxWordBytes = 200; // no right, answer or day is longer

// All as folded() gives them.
constexpr std::string_view kNone[] = {"aucun", "aucune",  "aucun acces", "aucun droit", "pas d acces", "rien",
                                      "none",  "nothing", "no access",   "no",          "traverse",    "non"};
constexpr std::string_view kView[] = {
    "lecture",      "lire",      "lecteur",   "lectrice",  "lecture seule",    "lecture seulement",
    "consultation", "voir",      "consulter", "peut lire", "peut voir",        "peut consulter",
    "visualiser",   "r",         "read",      "reader",    "read only",        "view",
    "viewer",       "view only", "can view",  "can read",  "viewer no comment"};
constexpr std::string_view kComment[] = {"commentaire",   "commentaires",   "commenter",         "commentateur",
                                         "commentatrice", "peut commenter", "comment",           "comments",
                                         "commenter",     "can comment",    "viewer can comment"};
constexpr std::string_view kEdit[] = {"modification",
                                      "modifier",
                                      "modifications",
                                      "modificateur",
                                      "peut modifier",
                                      "ecriture",
                                      "ecrire",
                                      "edition",
                                      "editer",
                                      "editeur",
                                      "editrice",
                                      "peut ecrire",
                                      "contribution",
                                      "contributeur",
                                      "contributrice",
                                      "w",
                                      "rw",
                                      "edit",
                                      "editor",
                                      "can edit",
                                      "write",
                                      "writer",
                                      "can write",
                                      "change",
                                      "contribute",
                                      "contributor",
                                      "contributing",
                                      "read write"};
constexpr std::string_view kManage[] = {
    "gestion",       "gerer",       "gestionnaire",  "peut gerer",     "responsable",     "proprietaire",
    "partage",       "partager",    "repartage",     "administration", "administrateur",  "administratrice",
    "manage",        "manager",     "can manage",    "management",     "owner",           "co owner",
    "organizer",     "organiser",   "fileorganizer", "file organizer", "content manager", "admin",
    "administrator", "full access", "share",         "reshare"};

bool holds(std::span<const std::string_view> words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

std::optional<Right> one_right(std::string_view word) {
    if (holds(kView, word)) return Right::view;
    if (holds(kComment, word)) return Right::comment;
    if (holds(kEdit, word)) return Right::edit;
    if (holds(kManage, word)) return Right::manage;
    if (holds(kNone, word)) return Right::none;
    return std::nullopt;
}

/// Puts one separator where people write "et", "and", '/', ',', '+' or '&'.
std::string with_one_separator(std::string text) {
    std::ranges::replace_if(
        text, [](char c) { return c == ',' || c == '+' || c == '&' || c == ';'; }, '/');
    for (const std::string_view word : {" et ", " and "})
        for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at))
            text.replace(at, word.size(), "/");
    return text;
}

std::optional<int> number_from(std::string_view digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || value < 0)
        return std::nullopt;
    return value;
}

std::optional<std::chrono::sys_days> checked_day(std::optional<int> year, std::optional<int> month,
                                                 std::optional<int> day) {
    if (!year || !month || !day || *year < 1970 || *year > 9999 || *month > 12 || *day > 31) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

constexpr std::string_view kAnyone[] = {"tout le monde", "tous", "public", "anyone", "everyone", "everybody"};
constexpr std::string_view kLink[] = {"lien",
                                      "link",
                                      "anyone with the link",
                                      "anyone with link",
                                      "toute personne ayant le lien",
                                      "tous ceux qui ont le lien"};

Principal named(PrincipalKind kind, std::string_view text) {
    std::string_view email;
    if (text.ends_with('>'))
        if (const auto open = text.rfind('<');
            open != std::string_view::npos && is_email(text.substr(open + 1, text.size() - open - 2))) {
            email = text.substr(open + 1, text.size() - open - 2);
            text = text.substr(0, open);
        }
    if (kind == PrincipalKind::domain) return domain(text);
    return kind == PrincipalKind::group ? group(text, email) : user(email, text);
}

std::optional<PrincipalKind> kind_from(std::string_view prefix) {
    const auto word = folded(prefix);
    if (word == "groupe" || word == "group") return PrincipalKind::group;
    if (word == "domaine" || word == "domain") return PrincipalKind::domain;
    if (word == "personne" || word == "person") return PrincipalKind::user;
    return std::nullopt;
}

} // namespace

std::optional<Right> right_from(std::string_view text) {
    if (text.size() > kMaxWordBytes) return std::nullopt;
    const auto words = folded(text);
    if (const auto right = one_right(words)) return right;
    const auto several = with_one_separator(words);
    std::optional<Right> highest;
    for (std::size_t start = 0, end = 0; start <= several.size(); start = end + 1) {
        end = std::min(several.find('/', start), several.size());
        const auto right = one_right(trimmed(std::string_view(several).substr(start, end - start)));
        if (!right || *right == Right::none) return std::nullopt;
        highest = highest ? std::max(*highest, *right) : right;
    }
    return highest;
}

std::string right_word(Right right, Language language) {
    const bool french = language == Language::french;
    switch (right) {
    case Right::none:
        return french ? "aucun" : "none";
    case Right::view:
        return french ? "lecture" : "read";
    case Right::comment:
        return french ? "commentaire" : "comment";
    case Right::edit:
        return french ? "modification" : "edit";
    case Right::manage:
        return french ? "gestion" : "manage";
    }
    return {};
}

std::optional<bool> yes_or_no_from(std::string_view text) {
    if (text.size() > kMaxWordBytes) return std::nullopt;
    constexpr std::string_view yes[] = {"oui", "yes", "o", "y", "x", "1", "true", "vrai"};
    constexpr std::string_view no[] = {"non", "no", "n", "0", "false", "faux"};
    const auto word = folded(text);
    if (holds(yes, word)) return true;
    if (holds(no, word)) return false;
    return std::nullopt;
}

std::string yes_or_no(bool yes, Language language) {
    if (language == Language::french) return yes ? "oui" : "non";
    return yes ? "yes" : "no";
}

std::optional<std::chrono::sys_days> day_from(std::string_view text) {
    text = trimmed(text);
    if (text.size() > kMaxWordBytes) return std::nullopt;
    if (text.size() > 10 && (text[10] == 'T' || text[10] == ' ')) text = text.substr(0, 10);
    if (text.size() == 10 && text[4] == '-' && text[7] == '-')
        return checked_day(number_from(text.substr(0, 4)), number_from(text.substr(5, 2)), number_from(text.substr(8)));
    const auto first = text.find_first_of("/.");
    const auto second = first == std::string_view::npos ? first : text.find(text[first], first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    return checked_day(number_from(text.substr(second + 1)), number_from(text.substr(first + 1, second - first - 1)),
                       number_from(text.substr(0, first)));
}

std::string day_text(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::optional<Principal> principal_from(std::string_view text) {
    text = trimmed(text);
    if (text.empty()) return std::nullopt;
    if (is_email(text)) return user(text);
    if (const auto colon = text.find(':'); colon != std::string_view::npos)
        if (const auto kind = kind_from(text.substr(0, colon))) {
            const auto principal = named(*kind, trimmed(text.substr(colon + 1)));
            return principal.name.empty() && principal.email.empty() ? std::nullopt : std::optional(principal);
        }
    const auto words = folded(text.substr(0, kMaxWordBytes));
    if (holds(kAnyone, words)) return Principal{PrincipalKind::anyone, {}, {}};
    if (holds(kLink, words)) return Principal{PrincipalKind::anyone_with_link, {}, {}};
    if (text.starts_with('@') && is_email("x" + std::string(text))) return domain(text.substr(1));
    const auto principal = named(PrincipalKind::user, text);
    // A mistyped address must not become a person of that name.
    if (principal.email.empty() && text.find('@') != std::string_view::npos) return std::nullopt;
    return principal;
}

std::string principal_text(const Principal& principal, Language language) {
    const bool french = language == Language::french;
    switch (principal.kind) {
    case PrincipalKind::user:
        // A bare name could be read as something else: "groupe : x", "tous".
        if (!principal.email.empty() && principal.name.find(':') == std::string::npos) return shown(principal);
        return (french ? "personne : " : "person: ") + shown(principal);
    case PrincipalKind::group: {
        const auto email = principal.email.empty() ? std::string() : "<" + principal.email + ">";
        const auto between = principal.name.empty() || email.empty() ? "" : " ";
        return (french ? "groupe : " : "group: ") + principal.name + between + email;
    }
    case PrincipalKind::domain:
        return (french ? "domaine : " : "domain: ") + principal.name;
    case PrincipalKind::anyone:
        return french ? "tout le monde" : "everyone";
    case PrincipalKind::anyone_with_link:
        return french ? "toute personne ayant le lien" : "anyone with the link";
    }
    return {};
}

} // namespace passerelle::sharing
