// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/facts.hpp"

#include "core/reason_codes.hpp"

#include <algorithm>

namespace passerelle::report {
namespace {

Severity severity_of(const Reason& reason) {
    return Catalogue::instance().severity(reason.code);
}

} // namespace

Outcome outcome_of(ItemState state) {
    switch (state) {
    case ItemState::planned:
    case ItemState::converted:
    case ItemState::uploaded:
        return Outcome::pending;
    case ItemState::done:
        return Outcome::done;
    case ItemState::skipped:
        return Outcome::skipped;
    case ItemState::failed:
        return Outcome::failed;
    }
    return Outcome::pending;
}

std::string_view to_string(Outcome outcome) {
    switch (outcome) {
    case Outcome::done:
        return "done";
    case Outcome::skipped:
        return "skipped";
    case Outcome::failed:
        return "failed";
    case Outcome::pending:
        return "pending";
    }
    return "pending";
}

bool tells_of_a_name(const Reason& reason) {
    static constexpr std::string_view kRooms[] = {"name.", "target.", "source.name_", "source.path_"};
    return severity_of(reason) == Severity::notice &&
           std::ranges::any_of(kRooms, [&](auto room) { return reason.code.starts_with(room); });
}

Reason leading_reason(const journal::Item& item) {
    const auto weight = [&](const Reason& reason) {
        if (item.state == ItemState::skipped && tells_of_a_name(reason)) return -1;
        return static_cast<int>(severity_of(reason));
    };
    const Reason* leading = nullptr;
    for (const Reason& reason : item.reasons) {
        const bool later_wins = item.state == ItemState::failed;
        if (leading == nullptr || weight(reason) > weight(*leading) ||
            (later_wins && weight(reason) == weight(*leading)))
            leading = &reason;
    }
    return leading == nullptr ? Reason() : *leading;
}

bool needs_attention(const journal::Item& item) {
    if (item.state == ItemState::failed) return true;
    Severity highest = Severity::info;
    for (const Reason& reason : item.reasons)
        highest = std::max(highest, severity_of(reason));
    if (item.verdict == VerdictKind::check && (item.reasons.empty() || highest > Severity::info)) return true;
    return highest >= Severity::warning;
}

std::string place_of(const journal::Item& item) {
    if (item.state == ItemState::skipped) {
        const bool stands_there = std::ranges::any_of(
            item.reasons, [](const Reason& reason) { return reason.code == codes::target_identical; });
        return stands_there ? item.existing : std::string();
    }
    const auto* upload = item.upload(journal::Role::main);
    return upload == nullptr || upload->target.empty() ? item.target : upload->target;
}

std::string original_place_of(const journal::Item& item) {
    if (const auto* upload = item.upload(journal::Role::original)) return upload->target;
    const bool to_come = outcome_of(item.state) == Outcome::pending && item.action == Action::convert && !item.verdict;
    return to_come ? item.original_target : std::string();
}

} // namespace passerelle::report
