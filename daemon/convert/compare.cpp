// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/compare.hpp"

#include "core/reason_codes.hpp"
#include "daemon/convert/rules.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>
#include <unordered_map>

namespace passerelle::convert {
namespace {

using Words = std::vector<std::uint64_t>;

Words joined(std::initializer_list<const WordList*> lists) {
    Words all;
    for (const WordList* list : lists)
        all.insert(all.end(), list->words().begin(), list->words().end());
    std::sort(all.begin(), all.end());
    return all;
}

/// Words of `left` that `right` does not have, as often as they are missing; both sorted.
std::size_t missing(const Words& left, const Words& right) {
    Words rest;
    std::set_difference(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(rest));
    return rest.size();
}

void without_repeats(Words& sorted) {
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
}

std::string text(std::size_t number) {
    return std::to_string(number);
}

class Comparison {
  public:
    Comparison(const Census& before, const Census& after) : before_(before), after_(after) {}

    std::vector<Reason> run() {
        words();
        running_words();
        facts();
        authors();
        sheets();
        if (before_.is_signed) reasons_.emplace_back(codes::convert_signature_lost);
        if (!before_.is_certain) reasons_.emplace_back(codes::convert_less_certain);
        return std::move(reasons_);
    }

  private:
    void counted(std::string_view code, std::size_t before, std::size_t after) {
        reasons_.emplace_back(code, std::vector<Reason::Parameter>{{"before", text(before)}, {"after", text(after)}});
    }

    void facts() {
        for (const Rule& rule : rules()) {
            const auto before = before_.facts.get(rule.fact);
            const auto after = after_.facts.get(rule.fact);
            if (before && after && !is_kept(rule.holds, *before, *after)) counted(rule.reason, *before, *after);
        }
    }

    void authors() {
        std::string gone;
        for (const std::string& author : before_.comment_authors) {
            if (!after_.comment_authors.contains(author)) gone += (gone.empty() ? "" : ", ") + author;
        }
        const bool has_comments = after_.facts.get(Fact::comments).value_or(0) > 0;
        if (!gone.empty() && has_comments)
            reasons_.emplace_back(codes::convert_comment_authors_lost,
                                  std::vector<Reason::Parameter>{{"authors", gone}});
    }

    void words_differ(std::size_t gone, std::size_t added) {
        reasons_.emplace_back(codes::convert_words_differ,
                              std::vector<Reason::Parameter>{{"missing", text(gone)}, {"added", text(added)}});
    }

    /// What fields show is neither missed nor counted as new.
    void words() {
        const Words before = joined({&before_.body, &before_.asides});
        const Words after = joined({&after_.body, &after_.asides});
        const std::size_t gone =
            missing(before, joined({&after_.body, &after_.asides, &after_.computed, &after_.running}));
        const std::size_t added =
            missing(after, joined({&before_.body, &before_.asides, &before_.computed, &before_.running}));
        const bool same_letters =
            before_.body.letters() + before_.asides.letters() == after_.body.letters() + after_.asides.letters();
        if (gone + added > 0 && same_letters) {
            reasons_.emplace_back(codes::convert_spaces_differ, std::vector<Reason::Parameter>{{"count", text(added)}});
        } else if (gone + added > 0) {
            words_differ(gone, added);
        }
        if (before == after && before_.body.words().size() == after_.body.words().size() &&
            before_.body.words() != after_.body.words()) {
            reasons_.emplace_back(codes::convert_order_differs);
        }
        comment_words();
    }

    void comment_words() {
        const std::size_t remarks = missing(joined({&before_.comments}), joined({&after_.comments}));
        if (remarks > 0 && before_.facts.get(Fact::comments) <= after_.facts.get(Fact::comments)) {
            reasons_.emplace_back(codes::convert_comments_differ,
                                  std::vector<Reason::Parameter>{{"missing", text(remarks)}});
        }
    }

    void running_words() {
        Words before = joined({&before_.running});
        Words after = joined({&after_.running, &after_.body, &after_.asides, &after_.computed});
        without_repeats(before);
        without_repeats(after);
        if (const std::size_t gone = missing(before, after); gone > 0) {
            reasons_.emplace_back(codes::convert_header_words_lost,
                                  std::vector<Reason::Parameter>{{"missing", text(gone)}});
        }
    }

    void sheets() {
        if (before_.sheets.size() != after_.sheets.size()) {
            return counted(codes::convert_sheets_differ, before_.sheets.size(), after_.sheets.size());
        }
        for (std::size_t i = 0; i < before_.sheets.size(); ++i)
            sheet(before_.sheets[i], after_.sheets[i]);
    }

    void sheet(const SheetCensus& before, const SheetCensus& after) {
        const auto differ = [&](std::string_view code, std::size_t count) {
            reasons_.emplace_back(code, std::vector<Reason::Parameter>{{"sheet", before.name}, {"count", text(count)}});
        };
        if (const std::size_t words = different_words(before.texts, after.texts); words > 0) {
            differ(codes::convert_cell_texts_differ, words);
        }
        if (const std::size_t values = different_numbers(before.numbers, after.numbers); values > 0) {
            differ(codes::convert_cell_values_differ, values);
        }
        if (before.results_comparable) {
            const std::size_t results = different_numbers(before.results, after.results) +
                                        different_words(before.result_texts, after.result_texts);
            if (results > 0) differ(codes::convert_formula_results_differ, results);
        }
        if (before.formulas > after.formulas) differ(codes::convert_formulas_lost, before.formulas - after.formulas);
        if (after.errors > before.errors) differ(codes::convert_formula_errors, after.errors - before.errors);
    }

    static std::size_t different_words(const WordList& before, const WordList& after) {
        const Words left = joined({&before});
        const Words right = joined({&after});
        return missing(left, right) + missing(right, left);
    }

    static std::size_t different_numbers(const std::vector<double>& before, const std::vector<double>& after) {
        const std::size_t common = std::min(before.size(), after.size());
        std::size_t different = std::max(before.size(), after.size()) - common;
        for (std::size_t i = 0; i < common; ++i) {
            // Fifteen digits are what spreadsheets keep; a moment is stored to the second at least.
            const double tolerance = std::max(std::abs(before[i]) * 1e-11, 6e-6);
            if (!(std::abs(before[i] - after[i]) <= tolerance)) ++different;
        }
        return different;
    }

    const Census& before_;
    const Census& after_;
    std::vector<Reason> reasons_;
};

} // namespace

std::vector<Reason> differences(const Census& before, const Census& after) {
    return Comparison(before, after).run();
}

VerdictKind verdict_of(const std::vector<Reason>& reasons) {
    const bool informs_only = std::all_of(reasons.begin(), reasons.end(), [](const Reason& reason) {
        return reason.code == codes::convert_less_certain;
    });
    return informs_only ? VerdictKind::faithful : VerdictKind::check;
}

std::vector<Reason> compare(const std::filesystem::path& original, const std::string& original_format,
                            const std::filesystem::path& result) {
    const auto before = count_original(original, original_format);
    if (!before) return {Reason(codes::convert_not_compared)};
    const auto after = count_opendocument(result);
    if (!after) return {Reason(codes::convert_not_compared)};
    return differences(*before, *after);
}

} // namespace passerelle::convert
