// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/compare_sheets.hpp"

#include "core/reason_codes.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>

namespace passerelle::convert {
namespace {

constexpr std::size_t kNamedCells = 5;

// Fifteen digits are what spreadsheets keep; a moment is stored to the second at least.
bool is_same(double before, double after) {
    return std::abs(before - after) <= std::max(std::abs(before) * 1e-11, 6e-6);
}

/// The cells that differ in one way: how many, and the first ones' addresses.
class Differing {
  public:
    void add(CellAddress address) {
        if (++count_ <= kNamedCells) named_ += (count_ == 1 ? "" : ", ") + to_string(address);
    }
    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] std::string named() const { return count_ > kNamedCells ? named_ + ", …" : named_; }

  private:
    std::size_t count_ = 0;
    std::string named_;
};

Reason in_sheet(std::string_view code, const std::string& sheet, std::size_t count, const std::string& cells) {
    return Reason(code, {{"sheet", sheet}, {"count", std::to_string(count)}, {"cells", cells}});
}

/// Walks through both sheets in the order of their cells.
class SheetComparison {
  public:
    /// `results_move`: some formula in the workbook has another result with every opening, and others may follow it.
    SheetComparison(const SheetCensus& before, const SheetCensus& after, bool results_move)
        : before_(before), after_(after), results_move_(results_move) {}

    std::vector<Reason> run() {
        auto right = after_.cells.begin();
        for (auto left = before_.cells.begin(); left != before_.cells.end(); ++left) {
            for (; right != after_.cells.end() && right->address() < left->address(); ++right)
                added(*right);
            if (right == after_.cells.end() || left->address() < right->address())
                missing(*left);
            else
                both(*left, *right++);
        }
        std::for_each(right, after_.cells.end(), [this](const Cell& cell) { added(cell); });
        return reasons();
    }

    [[nodiscard]] std::size_t not_compared() const { return not_compared_; }

  private:
    void added(const Cell& cell) { (cell.kind == Cell::Kind::text ? texts_ : values_).add(cell.address()); }

    void missing(const Cell& cell) {
        if (cell.has_formula) formulas_.add(cell.address());
        if (cell.kind == Cell::Kind::text && cell.content != 0) texts_.add(cell.address());
        if (cell.kind == Cell::Kind::number) values_.add(cell.address());
    }

    void both(const Cell& before, const Cell& after) {
        const auto address = before.address();
        if (before.has_formula && !after.has_formula) formulas_.add(address);
        if (before.kind == Cell::Kind::error) return; // whatever shows there now is no worse
        if (after.kind == Cell::Kind::error) return errors_.add(address);
        if (after.calls_unknown) unknown_.add(address);
        const bool same =
            before.kind == after.kind && (before.kind == Cell::Kind::number ? is_same(before.number(), after.number())
                                                                            : before.content == after.content);
        if (!before.has_formula) {
            if (!same) (before.kind == Cell::Kind::text ? texts_ : values_).add(address);
        } else if (before.may_change || (!same && results_move_)) {
            ++not_compared_;
        } else if (!same) {
            results_.add(address);
        }
    }

    std::vector<Reason> reasons() {
        std::vector<Reason> all;
        const auto differ = [&](std::string_view code, const Differing& cells) {
            if (cells.count() > 0) all.push_back(in_sheet(code, before_.name, cells.count(), cells.named()));
        };
        differ(codes::convert_cell_texts_differ, texts_);
        differ(codes::convert_cell_values_differ, values_);
        differ(codes::convert_formula_results_differ, results_);
        differ(codes::convert_formulas_lost, formulas_);
        differ(codes::convert_formulas_unknown, unknown_);
        differ(codes::convert_formula_errors, errors_);
        return all;
    }

    const SheetCensus& before_;
    const SheetCensus& after_;
    bool results_move_;
    std::size_t not_compared_ = 0;
    Differing texts_;
    Differing values_;
    Differing results_;
    Differing formulas_;
    Differing unknown_;
    Differing errors_;
};

bool has_moving_results(const SheetCensus& sheet) {
    return std::any_of(sheet.cells.begin(), sheet.cells.end(), [](const Cell& cell) { return cell.may_change; });
}

} // namespace

std::vector<Reason> sheet_differences(const std::vector<SheetCensus>& before, const std::vector<SheetCensus>& after) {
    if (before.size() != after.size()) {
        return {Reason(codes::convert_sheets_differ,
                       {{"before", std::to_string(before.size())}, {"after", std::to_string(after.size())}})};
    }
    const bool results_move = std::any_of(before.begin(), before.end(), has_moving_results);
    std::vector<Reason> all;
    std::size_t not_compared = 0;
    const auto take = [&](std::vector<Reason> reasons) {
        std::move(reasons.begin(), reasons.end(), std::back_inserter(all));
    };
    for (std::size_t i = 0; i < before.size(); ++i) {
        SheetComparison comparison(before[i], after[i], results_move);
        take(comparison.run());
        not_compared += comparison.not_compared();
    }
    if (not_compared > 0)
        all.emplace_back(codes::convert_results_not_compared,
                         std::vector<Reason::Parameter>{{"count", std::to_string(not_compared)}});
    return all;
}

} // namespace passerelle::convert
