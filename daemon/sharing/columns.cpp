// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/columns.hpp"

#include "daemon/sharing/text.hpp"

#include <algorithm>

namespace passerelle::sharing {
namespace {

/// The first line that has a word of the header's decides. "Owner email" and "Partagé par" name whoever gave the
/// access, not whoever has it.
struct Rule {
    std::string_view words; ///< separated by spaces, as folded() gives them
    std::optional<Column> column;
};
constexpr Rule kRules[] = {
    {"owner proprietaire owners by par id identifiant size taille date created cree", std::nullopt},
    {"group groupe groups groupes", Column::group},
    {"path chemin emplacement location", Column::path},
    {"folder dossier dossiers folders file fichier item element", Column::folder},
    {"download telechargement telecharger", Column::download},
    {"expiration expire expires expiry echeance until jusqu", Column::expires},
    {"note notes remarque message", Column::note},
    {"email mail courriel adresse address", Column::email},
    {"right rights droit droits access acces permission permissions role roles autorisation autorisations",
     Column::right},
    {"name nom", Column::name},
    {"who qui person personne member membre membres user utilisateur utilisatrice collaborator collaborateur invitee "
     "invite recipient destinataire with avec",
     Column::who},
};

bool has_word(std::string_view words, std::string_view word) {
    for (std::size_t start = 0, end = 0; start < words.size(); start = end + 1) {
        end = std::min(words.find(' ', start), words.size());
        if (words.substr(start, end - start) == word) return true;
    }
    return false;
}

std::optional<Column> column_of(std::string_view title) {
    if (title.size() > 100) return std::nullopt; // no title, a text
    const auto words = folded(title);
    for (const auto& rule : kRules)
        for (std::size_t start = 0, end = 0; start < words.size(); start = end + 1) {
            end = std::min(words.find(' ', start), words.size());
            if (has_word(rule.words, std::string_view(words).substr(start, end - start))) return rule.column;
        }
    return std::nullopt;
}

} // namespace

void Columns::set(Column column, std::size_t position) {
    auto& at = at_[static_cast<std::size_t>(column)];
    if (!at) at = position;
}

Columns Columns::from_header(const CsvRow& header) {
    Columns columns;
    for (std::size_t position = 0; position < header.cells.size(); ++position)
        if (const auto column = column_of(header.cells[position])) columns.set(*column, position);
    return columns;
}

Columns Columns::in_order() {
    Columns columns;
    constexpr Column order[] = {Column::folder,   Column::who,     Column::right,
                                Column::download, Column::expires, Column::note};
    for (std::size_t position = 0; position < std::size(order); ++position)
        columns.set(order[position], position);
    return columns;
}

const std::string& Columns::cell(const CsvRow& row, Column column) const {
    static const std::string nothing;
    const auto at = at_[static_cast<std::size_t>(column)];
    return at ? row.cell(*at) : nothing;
}

std::size_t Columns::known() const {
    return static_cast<std::size_t>(std::ranges::count_if(at_, [](const auto& at) { return at.has_value(); }));
}

bool Columns::are_enough() const {
    const bool somebody = has(Column::email) || has(Column::who) || has(Column::group) || has(Column::name);
    return (has(Column::path) || has(Column::folder)) && somebody && has(Column::right);
}

} // namespace passerelle::sharing
