// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"
#include "core/result.hpp"
#include "core/words.hpp"
#include "daemon/report/wording.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace passerelle::cli {

/// A sentence of the program in both languages, chosen where it is said.
using Sentence = report::Phrase;

/// One line on stderr.
void say(std::string_view line);
/// What went wrong and what the person can do, on stderr.
void say_error(const Error& error, Language language);
/// A reason's text, with the advice where something can be done.
[[nodiscard]] std::string explain(const Reason& reason, Language language);

/// "1:02:03" or "2:03"
[[nodiscard]] std::string human_duration(std::chrono::seconds duration);

} // namespace passerelle::cli
