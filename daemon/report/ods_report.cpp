// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/ledger_table.hpp"
#include "daemon/report/ods_package.hpp"
#include "daemon/report/ods_parts.hpp"

#include <fmt/format.h>

namespace passerelle::report {
namespace {

constexpr const char* kMediaType = "application/vnd.oasis.opendocument.spreadsheet";
constexpr std::size_t kPage = 500;

using Width = SheetColumn::Width;
using Cells = SheetColumn::Cells;

constexpr std::array<SheetColumn, kLedgerColumns.size()> kColumns{{{Width::wide, Cells::text},
                                                                   {Width::narrow, Cells::text},
                                                                   {Width::narrow, Cells::text},
                                                                   {Width::middle, Cells::text},
                                                                   {Width::middle, Cells::text},
                                                                   {Width::narrow, Cells::number},
                                                                   {Width::middle, Cells::moment},
                                                                   {Width::wide, Cells::text},
                                                                   {Width::middle, Cells::text},
                                                                   {Width::narrow, Cells::text},
                                                                   {Width::narrow, Cells::text},
                                                                   {Width::narrow, Cells::text},
                                                                   {Width::middle, Cells::text},
                                                                   {Width::narrow, Cells::text},
                                                                   {Width::narrow, Cells::text},
                                                                   {Width::wide, Cells::text},
                                                                   {Width::wide, Cells::text},
                                                                   {Width::middle, Cells::text}}};

/// Puts a cell of the ledger into the row.
struct PutCell {
    Sheets& sheets;
    void operator()(const std::string& text) const { sheets.text(text); }
    void operator()(const LedgerPath& path) const { sheets.path(path.path); }
    void operator()(std::uint64_t number) const { sheets.number(number); }
    void operator()(Timestamp moment) const { sheets.moment(moment); }
};

/// content.xml as it is asked for: one page of the ledger is in memory.
class Content {
  public:
    Content(const View& view, std::uint64_t rows_per_sheet)
        : view_(view), rows_per_sheet_(rows_per_sheet), sheets_(view.language) {}

    [[nodiscard]] const std::vector<WrittenSheet>& sheets() const { return sheets_.written(); }

    Result<std::string> next() {
        switch (step_) {
        case Step::opening:
            write_summary_sheet(sheets_, view_);
            begin_ledger();
            step_ = Step::ledger;
            return sheets_.take();
        case Step::ledger:
            return page();
        case Step::closing:
            return close();
        case Step::over:
            return std::string();
        }
        return std::string();
    }

  private:
    enum class Step { opening, ledger, closing, over };

    void begin_ledger() {
        auto name = std::string(Phrase{"Fichiers", "Files"}.in(view_.language));
        if (++ledgers_ > 1) name += fmt::format(" {}", ledgers_);
        sheets_.begin(name, kColumns);
        std::array<std::string, kLedgerColumns.size()> names;
        for (std::size_t column = 0; column < names.size(); ++column)
            names.at(column) = kLedgerColumns.at(column).in(view_.language);
        sheets_.head(names);
    }

    Result<std::string> page() {
        auto items = view_.journal.items(view_.job.id, {}, after_, kPage);
        if (!items) return failure(items);
        for (const auto& item : *items)
            write(item);
        if (items->size() < kPage) {
            sheets_.end();
            step_ = Step::closing;
        } else {
            after_ = items->back().id;
        }
        return sheets_.take();
    }

    void write(const journal::Item& item) {
        if (sheets().back().rows >= rows_per_sheet_) {
            sheets_.end();
            begin_ledger();
        }
        sheets_.begin_row();
        for (const auto& cell : ledger_cells(item, view_.language))
            std::visit(PutCell{sheets_}, cell);
        sheets_.end_row();
    }

    Result<std::string> close() {
        write_folder_sheet(sheets_, view_);
        if (auto shares = write_share_sheets(sheets_, view_); !shares) return failure(shares);
        step_ = Step::over;
        return sheets_.finish();
    }

    const View& view_;
    const std::uint64_t rows_per_sheet_;
    Sheets sheets_;
    Step step_ = Step::opening;
    ItemId after_{};
    int ledgers_ = 0;
};

} // namespace

Result<void> write_ods(const View& view, std::ostream& out, std::uint64_t rows_per_sheet) {
    Content content(view, rows_per_sheet);
    std::vector<Part> parts{{"content.xml", [&] { return content.next(); }},
                            {"styles.xml", one_piece([&] { return ods_styles(view.language); })},
                            {"settings.xml", one_piece([&] { return ods_settings(content.sheets()); })}};
    return write_package(kMediaType, std::move(parts), view.written_at, out);
}

} // namespace passerelle::report
