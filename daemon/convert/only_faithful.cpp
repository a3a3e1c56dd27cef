// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/only_faithful.hpp"

#include "core/reason_codes.hpp"

#include <algorithm>

namespace passerelle::convert {
namespace {

/// A font that is missing here limits how the document looks, not what was compared.
bool limits_comparison(const Reason& reason) {
    return reason.code != codes::convert_fonts_missing;
}

} // namespace

Verdict keep_unless_faithful(Verdict verdict, const std::filesystem::path& output) {
    if (verdict.kind != VerdictKind::check) return verdict;
    std::error_code ignored;
    std::filesystem::remove(output, ignored);
    verdict.kind = VerdictKind::kept;
    verdict.reasons.emplace(verdict.reasons.begin(), codes::convert_only_faithful);
    return verdict;
}

bool is_surely_faithful(const Verdict& verdict) {
    return verdict.kind == VerdictKind::faithful &&
           std::none_of(verdict.reasons.begin(), verdict.reasons.end(), limits_comparison);
}

} // namespace passerelle::convert
