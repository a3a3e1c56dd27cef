// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room: the words of the API that core/words.hpp does not spell, and reading words of both.
#pragma once

#include "core/words.hpp"
#include "daemon/log/log.hpp"
#include "daemon/report/report.hpp"
#include "daemon/service/desk.hpp"
#include "daemon/sharing/people.hpp"
#include "daemon/sharing/recipient.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle::api {

// Visible beside those below, where argument-dependent lookup would find only the one of a type's own room.
using journal::to_string;
using log::to_string;
using passerelle::to_string;
using report::to_string;
using service::to_string;

[[nodiscard]] std::string_view to_string(service::ExportPart::Place word);
[[nodiscard]] std::string_view to_string(service::ItemDecision::Wish word);
[[nodiscard]] std::string_view to_string(jobs::Activity word);
[[nodiscard]] std::string_view to_string(sharing::PrincipalKind word);
[[nodiscard]] std::string_view to_string(sharing::RecipientKind word);
[[nodiscard]] std::string_view to_string(sharing::MatchState word);
[[nodiscard]] std::string_view to_string(sharing::DecisionKind word);
[[nodiscard]] std::string_view to_string(sharing::Right word);

/// All words of a kind that a request may hold.
template <class Word> inline constexpr std::array<Word, 0> kWords{};
template <>
inline constexpr std::array kWords<service::ExportPart::Place>{service::ExportPart::Place::inbox,
                                                               service::ExportPart::Place::files};
template <>
inline constexpr std::array kWords<service::ItemDecision::Wish>{
    service::ItemDecision::Wish::skip, service::ItemDecision::Wish::upload, service::ItemDecision::Wish::convert};
template <>
inline constexpr std::array kWords<service::JobState>{
    service::JobState::draft,   service::JobState::planning, service::JobState::review,
    service::JobState::queued,  service::JobState::running,  service::JobState::paused,
    service::JobState::stopped, service::JobState::finished, service::JobState::cancelled};
template <>
inline constexpr std::array kWords<sharing::PrincipalKind>{
    sharing::PrincipalKind::user, sharing::PrincipalKind::group, sharing::PrincipalKind::domain,
    sharing::PrincipalKind::anyone, sharing::PrincipalKind::anyone_with_link};
template <>
inline constexpr std::array kWords<sharing::DecisionKind>{
    sharing::DecisionKind::undecided, sharing::DecisionKind::account,  sharing::DecisionKind::group,
    sharing::DecisionKind::new_group, sharing::DecisionKind::email,    sharing::DecisionKind::guest,
    sharing::DecisionKind::team,      sharing::DecisionKind::new_team, sharing::DecisionKind::nobody};
template <>
inline constexpr std::array kWords<ItemState>{ItemState::planned, ItemState::converted, ItemState::uploaded,
                                              ItemState::done,    ItemState::skipped,   ItemState::failed};
template <>
inline constexpr std::array kWords<VerdictKind>{VerdictKind::faithful, VerdictKind::check, VerdictKind::kept};
template <> inline constexpr std::array kWords<Gone>{Gone::keep, Gone::trash};
template <> inline constexpr std::array kWords<Originals>{Originals::folder, Originals::beside, Originals::discard};
template <> inline constexpr std::array kWords<Language>{Language::french, Language::english};
template <>
inline constexpr std::array kWords<log::Level>{log::Level::debug, log::Level::info, log::Level::warning,
                                               log::Level::error};

template <class Word> [[nodiscard]] std::optional<Word> read_word(std::string_view text) {
    for (const auto word : kWords<Word>)
        if (to_string(word) == text) return word;
    return std::nullopt;
}

/// "folder, beside, discard"
template <class Word> [[nodiscard]] std::string all_words() {
    std::string text;
    for (const auto word : kWords<Word>)
        text.append(text.empty() ? "" : ", ").append(to_string(word));
    return text;
}

} // namespace passerelle::api
