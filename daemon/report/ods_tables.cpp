// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/names.hpp"
#include "daemon/report/ods_parts.hpp"
#include "daemon/report/share_words.hpp"

#include <algorithm>
#include <array>

namespace passerelle::report {
namespace {

using Width = SheetColumn::Width;
using Cells = SheetColumn::Cells;
using journal::ShareLine;
using journal::TeamChange;

struct Head {
    Phrase name;
    SheetColumn column;
};

template <std::size_t Count>
void begin(Sheets& sheets, const Phrase& name, const std::array<Head, Count>& heads, Language language) {
    std::array<SheetColumn, Count> columns;
    std::array<std::string, Count> names;
    for (std::size_t index = 0; index < Count; ++index) {
        columns.at(index) = heads.at(index).column;
        names.at(index) = heads.at(index).name.in(language);
    }
    sheets.begin(std::string(name.in(language)), columns);
    sheets.head(names);
}

std::string texts_of(const std::vector<Reason>& reasons, Language language) {
    std::string texts;
    for (const auto& reason : reasons)
        texts += (texts.empty() ? "" : " ") + Catalogue::instance().text(reason, language);
    return texts;
}

constexpr SheetColumn kWide{Width::wide, Cells::text};
constexpr SheetColumn kMiddle{Width::middle, Cells::text};
constexpr SheetColumn kNumber{Width::narrow, Cells::number};

void write_row(Sheets& sheets, const ShareLine& line, Language language) {
    sheets.begin_row();
    sheets.path(line.path);
    sheets.text(kind_of(line.with).in(language));
    sheets.text(line.shown());
    sheets.text(right_of(line).in(language));
    line.expires ? sheets.day(*line.expires) : sheets.text({});
    sheets.text(name_of(line.state).in(language));
    sheets.text(texts_of(line.reasons, language));
    sheets.end_row();
}

void write_row(Sheets& sheets, const TeamChange& change, Language language) {
    std::string objects;
    for (const auto object : objects_of(change))
        objects += (objects.empty() ? "" : " → ") + std::string(object);
    sheets.begin_row();
    sheets.text(change.folder);
    sheets.text(name_of(change.act).in(language));
    sheets.text(objects);
    sheets.text(state_of(change).in(language));
    sheets.text(texts_of(change.reasons, language));
    sheets.end_row();
}

constexpr std::array kShareHeads{Head{{"Quoi", "What"}, kWide},
                                 Head{{"Nature", "Kind"}, kMiddle},
                                 Head{{"Qui", "Who"}, kMiddle},
                                 Head{{"Peut", "May"}, kMiddle},
                                 Head{{"Jusqu'au", "Until"}, kMiddle},
                                 Head{{"État", "State"}, kMiddle},
                                 Head{{"Explications", "Explanations"}, kWide}};

constexpr std::array kChangeHeads{Head{{"Dossier d'équipe", "Team folder"}, kMiddle}, Head{{"Quoi", "What"}, kMiddle},
                                  Head{{"Pour", "For"}, kWide}, Head{{"État", "State"}, kMiddle},
                                  Head{{"Explications", "Explanations"}, kWide}};

/// The lines of the journal in an order; no sheet for none.
template <class Line, class Order, std::size_t Count>
Result<void> write_lines(Sheets& sheets, const Phrase& name, const std::array<Head, Count>& heads,
                         Result<std::vector<Line>> lines, Order order, Language language) {
    if (!lines) return failure(lines);
    if (lines->empty()) return {};
    std::ranges::stable_sort(*lines, {}, order);
    begin(sheets, name, heads, language);
    for (const auto& line : *lines)
        write_row(sheets, line, language);
    sheets.end();
    return {};
}

} // namespace

void write_folder_sheet(Sheets& sheets, const View& view) {
    static constexpr std::array kHeads{Head{{"Dossier", "Folder"}, kWide},
                                       Head{{"Arrivés", "Arrived"}, kNumber},
                                       Head{{"Laissés de côté", "Left out"}, kNumber},
                                       Head{{"Pas envoyés", "Not sent"}, kNumber},
                                       Head{{"Restent à faire", "Still to do"}, kNumber},
                                       Head{{"Éléments", "Items"}, kNumber},
                                       Head{{"Taille (octets)", "Size (bytes)"}, kNumber}};
    begin(sheets, {"Dossiers", "Folders"}, kHeads, view.language);
    for (const auto& [path, sums] : view.digest.folders) {
        sheets.begin_row();
        path.empty() ? sheets.text("/") : sheets.path(path);
        for (const auto outcome : kOutcomes)
            sheets.number(sums.of(outcome).items());
        sheets.number(sums.seen().items());
        sheets.number(sums.seen().bytes);
        sheets.end_row();
    }
    sheets.end();
}

Result<void> write_share_sheets(Sheets& sheets, const View& view) {
    auto shares = write_lines(sheets, {"Partages", "Shares"}, kShareHeads, view.journal.shares(view.job.id),
                              &ShareLine::path, view.language);
    if (!shares) return shares;
    return write_lines(sheets, {"Dossiers d'équipe", "Team folders"}, kChangeHeads,
                       view.journal.team_changes(view.job.id), &TeamChange::folder, view.language);
}

} // namespace passerelle::report
