// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/compare.hpp"

#include "core/reason_codes.hpp"
#include "daemon/convert/compare_sheets.hpp"
#include "daemon/convert/fonts.hpp"
#include "daemon/convert/rules.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string_view>
#include <unordered_map>

namespace passerelle::convert {
namespace {

constexpr std::size_t kShownWords = 5;
constexpr std::size_t kShownBytes = 40;

using Words = std::vector<std::uint64_t>;

Words joined(std::initializer_list<const WordList*> lists) {
    Words all;
    for (const WordList* list : lists)
        all.insert(all.end(), list->words().begin(), list->words().end());
    std::sort(all.begin(), all.end());
    return all;
}

/// Words of `left` that `right` does not have, as often as they are missing; both sorted.
Words rest_of(const Words& left, const Words& right) {
    Words rest;
    std::set_difference(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(rest));
    return rest;
}

std::size_t missing(const Words& left, const Words& right) {
    return rest_of(left, right).size();
}

/// Not more than `kShownBytes` of a word, and no half character at its end.
std::string shortened(std::string_view word) {
    if (word.size() <= kShownBytes) return std::string(word);
    std::size_t end = kShownBytes;
    while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80)
        --end;
    return std::string(word.substr(0, end)) + "…";
}

/// The first few of the sought words (sorted) as people read them; empty when they stand too far behind to be kept.
std::string shown(std::initializer_list<const WordList*> lists, const Words& sought) {
    std::string text;
    std::set<std::uint64_t> found;
    const auto take = [&](std::uint64_t hash, std::string_view word) {
        if (!std::binary_search(sought.begin(), sought.end(), hash) || !found.insert(hash).second) return true;
        if (found.size() > kShownWords) {
            text += ", …";
            return false;
        }
        text += (text.empty() ? "« " : ", « ") + shortened(word) + " »";
        return true;
    };
    for (const WordList* list : lists)
        if (found.size() <= kShownWords) list->for_each_shown(take);
    return text.empty() ? "…" : text;
}

void without_repeats(Words& sorted) {
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
}

/// These say how far the comparison goes, or how the document will look on this machine.
constexpr std::array<std::string_view, 4> kInforming = {codes::convert_linked_pictures, codes::convert_less_certain,
                                                        codes::convert_fonts_missing,
                                                        codes::convert_results_not_compared};

bool informs_only(const Reason& reason) {
    return std::find(kInforming.begin(), kInforming.end(), reason.code) != kInforming.end();
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
        if (const auto lost = lost_metadata(before_.metadata, after_.metadata); !lost.empty())
            reasons_.emplace_back(codes::convert_metadata_lost, std::vector<Reason::Parameter>{{"fields", lost}});
        if (before_.linked_pictures > 0)
            reasons_.emplace_back(codes::convert_linked_pictures,
                                  std::vector<Reason::Parameter>{{"count", text(before_.linked_pictures)}});
        fonts();
        if (before_.is_signed) reasons_.emplace_back(codes::convert_signature_lost);
        if (!before_.is_certain) reasons_.emplace_back(codes::convert_less_certain);
        return std::move(reasons_);
    }

  private:
    void facts() {
        for (const Rule& rule : rules()) {
            const auto before = before_.facts.get(rule.fact);
            const auto after = found_again(rule.fact);
            if (!before || !after || is_kept(rule.holds, *before, *after)) continue;
            reasons_.emplace_back(rule.reason,
                                  std::vector<Reason::Parameter>{{"before", text(*before)},
                                                                 {"after", text(*after)},
                                                                 {"gone", text(*before - std::min(*before, *after))}});
        }
    }

    /// An equation that another program made is an embedded object, and may have become one that can be edited.
    [[nodiscard]] std::optional<std::uint64_t> found_again(Fact fact) const {
        const auto after = after_.facts.get(fact);
        if (fact != Fact::embedded_objects || !after) return after;
        const std::uint64_t known = before_.facts.get(Fact::equations).value_or(0);
        const std::uint64_t equations = after_.facts.get(Fact::equations).value_or(0);
        return *after + (equations - std::min(equations, known));
    }

    void fonts() {
        std::string names;
        for (const std::string& font : missing_fonts(before_.fonts))
            names += (names.empty() ? "" : ", ") + font;
        if (!names.empty())
            reasons_.emplace_back(codes::convert_fonts_missing, std::vector<Reason::Parameter>{{"fonts", names}});
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

    /// Some of the missing words are shown; where none is missing, some of the new ones.
    void words_differ(std::size_t total, const Words& gone, const Words& added) {
        const Census& of = gone.empty() ? after_ : before_;
        reasons_.emplace_back(
            codes::convert_words_differ,
            std::vector<Reason::Parameter>{{"missing", text(gone.size())},
                                           {"total", text(total)},
                                           {"added", text(added.size())},
                                           {"words", shown({&of.body, &of.asides}, gone.empty() ? added : gone)}});
    }

    /// What fields show is neither missed nor counted as new.
    void words() {
        const Words before = joined({&before_.body, &before_.asides});
        const Words after = joined({&after_.body, &after_.asides});
        const Words gone = rest_of(before, joined({&after_.body, &after_.asides, &after_.computed, &after_.running}));
        const Words added =
            rest_of(after, joined({&before_.body, &before_.asides, &before_.computed, &before_.running}));
        const bool same_letters =
            before_.body.letters() + before_.asides.letters() == after_.body.letters() + after_.asides.letters();
        const bool differ = !gone.empty() || !added.empty();
        if (differ && same_letters) {
            reasons_.emplace_back(codes::convert_spaces_differ,
                                  std::vector<Reason::Parameter>{{"count", text(added.size())}});
        } else if (differ) {
            words_differ(before.size(), gone, added);
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
        auto found = sheet_differences(before_.sheets, after_.sheets);
        std::move(found.begin(), found.end(), std::back_inserter(reasons_));
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
    return std::all_of(reasons.begin(), reasons.end(), informs_only) ? VerdictKind::faithful : VerdictKind::check;
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
