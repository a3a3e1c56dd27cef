// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/ledger.hpp"
#include "daemon/report/wording.hpp"

#include <array>
#include <string>
#include <variant>

/// The table of all items, as csv and the spreadsheet have it: docs/report-format.md describes its columns.
namespace passerelle::report {

inline constexpr std::array kLedgerColumns{Phrase{"Chemin dans l'export", "Path in the export"},
                                           Phrase{"Nature", "Kind"},
                                           Phrase{"Produit", "Product"},
                                           Phrase{"Prévu", "Planned"},
                                           Phrase{"État", "State"},
                                           Phrase{"Taille (octets)", "Size (bytes)"},
                                           Phrase{"Modifié le", "Modified"},
                                           Phrase{"Destination dans Nextcloud", "Destination in Nextcloud"},
                                           Phrase{"Destination de l'original", "Destination of the original"},
                                           Phrase{"SHA-256", "SHA-256"},
                                           Phrase{"SHA-256 de l'original", "SHA-256 of the original"},
                                           Phrase{"Vérifié par", "Verified by"},
                                           Phrase{"Conversion", "Conversion"},
                                           Phrase{"Demande votre attention", "Needs your attention"},
                                           Phrase{"Peut être réessayé", "Can be retried"},
                                           Phrase{"Explications", "Explanations"},
                                           Phrase{"Que faire", "What to do"},
                                           Phrase{"Codes", "Codes"}};

/// Tables show it by rooted_path().
struct LedgerPath {
    std::string path;
};

/// As it is in the ledger: names in it may hold anything. An empty text is an empty cell.
using LedgerCell = std::variant<std::string, LedgerPath, std::uint64_t, Timestamp>;

[[nodiscard]] std::array<LedgerCell, kLedgerColumns.size()> ledger_cells(const journal::Item& item, Language language);

} // namespace passerelle::report
