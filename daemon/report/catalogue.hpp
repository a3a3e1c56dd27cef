// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"
#include "core/words.hpp"
#include "daemon/report/message.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::report {

/// How much a reason matters to a person.
enum class Severity {
    info,    ///< as it should be
    notice,  ///< worth knowing, nothing to do
    warning, ///< worth a look
    error,   ///< something did not arrive
};

[[nodiscard]] std::string_view to_string(Severity severity);

/// The texts of config/reasons.json, which the program carries in itself. A value; reading it is safe from any thread.
class Catalogue {
  public:
    /// The one of this program. A broken file is a broken build: std::runtime_error.
    [[nodiscard]] static const Catalogue& instance();
    /// From a text of the form of config/reasons.json.
    [[nodiscard]] static Catalogue parse(std::string_view json);

    /// What happened, its parameters filled in; a parameter that the reason does not have becomes an empty text.
    [[nodiscard]] std::string text(const Reason& reason, Language language) const;
    /// What happened to several items at once: their parameters differ, so "…" stands for each.
    [[nodiscard]] std::string general_text(std::string_view code, Language language) const;
    [[nodiscard]] std::string general_advice(std::string_view code, Language language) const;
    /// What the person can do.
    [[nodiscard]] std::string advice(const Reason& reason, Language language) const;
    [[nodiscard]] Severity severity(std::string_view code) const;
    /// The texts as the file has them, with {name} for each parameter; for whoever fills them in elsewhere.
    [[nodiscard]] std::string_view text_pattern(std::string_view code, Language language) const;
    [[nodiscard]] std::string_view advice_pattern(std::string_view code, Language language) const;
    /// Every code there is.
    [[nodiscard]] std::vector<std::string_view> codes() const;
    [[nodiscard]] bool knows(std::string_view code) const { return entries_.find(code) != entries_.end(); }

  private:
    struct Entry {
        Severity severity = Severity::notice;
        Message text[2]; ///< by Language
        Message advice[2];
    };

    std::map<std::string, Entry, std::less<>> entries_;
};

} // namespace passerelle::report
