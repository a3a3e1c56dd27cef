// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/ledger.hpp"
#include "daemon/report/facts.hpp"
#include "daemon/report/wording.hpp"

#include <string>
#include <vector>

/// What a person calls the words of core/words.hpp.
namespace passerelle::report {

[[nodiscard]] std::string_view name_of(ExportKind kind, Language language);
[[nodiscard]] std::string_view name_of(Product product, Language language);
[[nodiscard]] std::string_view name_of(ItemKind kind, Language language);
[[nodiscard]] std::string_view name_of(Action action, Language language);
[[nodiscard]] std::string_view name_of(ItemState state, Language language);
[[nodiscard]] std::string_view name_of(VerdictKind verdict, Language language);
[[nodiscard]] std::string_view name_of(JobPhase phase, Language language);
/// "Arrivés", as the heads and rows of tables have it.
[[nodiscard]] Phrase name_of(Outcome outcome);

/// The choices of a job, each a sentence; none for a text that is not the canonical JSON of the choices.
[[nodiscard]] std::vector<std::string> choices_in_words(const std::string& choices, Language language);

} // namespace passerelle::report
