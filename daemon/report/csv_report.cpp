// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/ledger_table.hpp"
#include "daemon/report/safe_text.hpp"
#include "daemon/report/view.hpp"

#include <ostream>

namespace passerelle::report {
namespace {

constexpr std::string_view kByteOrderMark = "\ufeff"; // without it Excel reads the accents as Windows-1252

/// One line of the table.
class Row {
  public:
    Row(std::ostream& out, char separator) : out_(out), separator_(separator) {}
    ~Row() { out_ << "\r\n"; }
    Row(const Row&) = delete;
    Row& operator=(const Row&) = delete;

    void put(std::string_view text) { cell(csv_text(text, separator_)); }
    void put(const LedgerPath& value) { cell(csv_path(value.path, separator_)); }
    void put(std::uint64_t number) { cell(std::to_string(number)); }
    void put(Timestamp moment) { cell(table_time(moment).value_or(iso_time(moment))); }

  private:
    void cell(const std::string& ready) {
        if (!first_) out_ << separator_;
        first_ = false;
        out_ << ready;
    }

    std::ostream& out_;
    char separator_;
    bool first_ = true;
};

void write_row(std::ostream& out, char separator, const journal::Item& item, Language language) {
    Row row(out, separator);
    for (const auto& cell : ledger_cells(item, language))
        std::visit([&](const auto& value) { row.put(value); }, cell);
}

} // namespace

Result<void> write_csv(const View& view, std::ostream& out) {
    // Spreadsheets expect the separator of the language: the comma is French for the decimal point.
    const char separator = view.language == Language::french ? ';' : ',';
    out << kByteOrderMark;
    {
        Row header(out, separator);
        for (const auto& column : kLedgerColumns)
            header.put(column.in(view.language));
    }
    return for_each_item(view.journal, view.job.id, [&](const journal::Item& item) {
        write_row(out, separator, item, view.language);
        return out.good();
    });
}

} // namespace passerelle::report
