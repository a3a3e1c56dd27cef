// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/missing_parts.hpp"

#include "core/reason_codes.hpp"

#include <fmt/format.h>
#include <map>
#include <set>
#include <string>

namespace passerelle::sources {
namespace {

constexpr int kMaxShown = 20;

std::string gaps_in(const std::set<int>& numbers) {
    std::string gaps;
    int shown = 0;
    int expected = 1;
    for (const int number : numbers) {
        for (; expected < number && shown < kMaxShown; ++expected, ++shown)
            gaps += fmt::format("{}{:03}", gaps.empty() ? "" : ", ", expected);
        expected = number + 1;
    }
    return gaps;
}

} // namespace

void report_missing_parts(const std::vector<FoundPart>& parts, std::vector<Reason>& problems) {
    // Batches are taken together: whether each begins at 1 is not known, and a false alarm is worse than a hint less.
    std::map<std::string, std::set<int>> numbers;
    for (const auto& part : parts)
        if (part.name) numbers[part.name->export_name].insert(part.name->number);
    for (const auto& [name, present] : numbers) {
        const auto gaps = gaps_in(present);
        if (!gaps.empty())
            problems.emplace_back(codes::export_part_missing, std::vector<Reason::Parameter>{{"numbers", gaps}});
    }
}

} // namespace passerelle::sources
