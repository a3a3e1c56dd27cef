// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/details.hpp"
#include "daemon/report/headline.hpp"
#include "daemon/report/names.hpp"
#include "daemon/report/ods_parts.hpp"

#include <algorithm>

namespace passerelle::report {
namespace {

using Width = SheetColumn::Width;
using Cells = SheetColumn::Cells;

constexpr SheetColumn kColumns[] = {{Width::wide, Cells::text},
                                    {Width::middle, Cells::number},
                                    {Width::middle, Cells::number},
                                    {Width::middle, Cells::number},
                                    {Width::middle, Cells::number}};

/// The sheet under construction, in the language of the report.
class Summary {
  public:
    Summary(Sheets& sheets, const View& view) : sheets_(sheets), view_(view) {}

    void write() {
        sheets_.begin(std::string(Phrase{"Synthèse", "Summary"}.in(view_.language)), kColumns);
        write_outcome();
        write_sum();
        write_documents();
        write_reasons();
        write_details();
        sheets_.end();
    }

  private:
    [[nodiscard]] std::string say(const Phrase& phrase) const {
        return typeset(phrase.in(view_.language), view_.language);
    }
    template <class Cell> void row(const Cell& cells) {
        sheets_.begin_row();
        cells();
        sheets_.end_row();
    }
    void line(std::string_view text) {
        if (!text.empty()) row([&] { sheets_.text(text); });
    }
    void heading(const Phrase& name) {
        row([] {});
        row([&] { sheets_.strong(say(name)); });
    }

    void write_outcome() {
        const auto totals = totals_of(view_);
        row([&] { sheets_.title(typeset(headline(totals, view_.language), view_.language)); });
        line(typeset(subline(totals, view_.language), view_.language));
        if (view_.job.stopped_by) write_reason(*view_.job.stopped_by);
        for (const auto& problem : view_.job.problems)
            write_reason(problem);
    }

    void write_reason(const Reason& reason) {
        const auto& catalogue = Catalogue::instance();
        line(catalogue.text(reason, view_.language) + " " + catalogue.advice(reason, view_.language));
    }

    void write_tally(std::string_view name, const Tally& tally) {
        row([&] {
            sheets_.text(name);
            for (const auto count : {tally.files, tally.folders, tally.items(), tally.bytes})
                sheets_.number(count);
        });
    }

    void write_sum() {
        row([] {});
        row([&] {
            for (const auto& name :
                 {Phrase{"Le compte", "The sum"}, Phrase{"Fichiers", "Files"}, Phrase{"Dossiers", "Folders"},
                  Phrase{"Éléments", "Items"}, Phrase{"Taille (octets)", "Size (bytes)"}})
                sheets_.strong(say(name));
        });
        for (const auto outcome : kOutcomes)
            write_tally(say(name_of(outcome)), view_.digest.all.of(outcome));
        write_tally(say({"Total dans l'export", "Total in the export"}), view_.digest.all.seen());
    }

    void write_documents() {
        const auto figures = document_figures(view_.digest);
        if (figures.empty()) return;
        heading({"Vos documents", "Your documents"});
        for (const auto& figure : figures)
            row([&] {
                sheets_.text(say(figure.what));
                sheets_.number(figure.count);
            });
    }

    /// Most frequent first.
    void write_reasons() {
        std::vector<std::pair<std::string, std::uint64_t>> reasons(view_.digest.reasons.begin(),
                                                                   view_.digest.reasons.end());
        if (reasons.empty()) return;
        std::ranges::stable_sort(reasons, std::ranges::greater(), [](const auto& reason) { return reason.second; });
        heading({"Ce qui a été remarqué", "What was noticed"});
        for (const auto& reason : reasons)
            row([&] {
                sheets_.text(Catalogue::instance().general_text(reason.first, view_.language));
                sheets_.number(reason.second);
            });
    }

    void write_details() {
        heading({"Cette migration", "This migration"});
        for (const auto& detail : details_of(view_))
            for (const auto& text : detail.lines)
                row([&] {
                    sheets_.text(say(detail.name));
                    sheets_.text(text);
                });
        row([&] {
            sheets_.text(say({"Rapport écrit", "Report written"}));
            sheets_.text(human_time(view_.written_at, view_.language));
        });
    }

    Sheets& sheets_;
    const View& view_;
};

} // namespace

void write_summary_sheet(Sheets& sheets, const View& view) {
    Summary(sheets, view).write();
}

} // namespace passerelle::report
