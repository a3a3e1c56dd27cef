// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/report/digest.hpp"
#include "daemon/report/safe_text.hpp"
#include "daemon/report/view.hpp"
#include "daemon/report/wording.hpp"

#include <fmt/format.h>
#include <ostream>
#include <string>

/// The pieces of the page. Whatever comes from outside passes through html_text().
namespace passerelle::report {

/// The page under construction: a stream and the language. Confined to the call that writes it.
class Page {
  public:
    Page(std::ostream& out, Language language) : out_(out), language_(language) {}

    [[nodiscard]] Language language() const { return language_; }
    [[nodiscard]] bool good() const { return out_.good(); }
    /// A sentence, ready to stand in an element.
    [[nodiscard]] std::string text(std::string_view sentence) const { return html_text(typeset(sentence, language_)); }
    [[nodiscard]] std::string say(const Phrase& phrase) const { return text(phrase.in(language_)); }
    [[nodiscard]] std::string say(std::uint64_t count, const CountedPhrase& phrase) const {
        return text(counted(count, phrase, language_));
    }
    [[nodiscard]] std::string number(std::uint64_t value) const { return grouped(value, language_); }
    [[nodiscard]] std::string bytes(std::uint64_t value) const { return human_bytes(value, language_); }

    /// `pattern` is markup; its arguments are ready to stand in it.
    template <class... Values> void put(fmt::format_string<Values...> pattern, Values&&... values) {
        out_ << fmt::format(pattern, std::forward<Values>(values)...) << '\n';
    }

  private:
    std::ostream& out_;
    Language language_;
};

/// `<bdi class="path">…</bdi>`: a name in any direction of writing leaves its surroundings alone.
[[nodiscard]] std::string path_markup(std::string_view path);
/// A name that can break at its slashes; on phones and paper paths are wider than the page.
[[nodiscard]] std::string html_path(std::string_view path);

/// `<th scope="col">…</th>`
[[nodiscard]] std::string column_head(const Page& page, const Phrase& name);

/// html_overview.cpp: the headline, why it stopped, the sum, the converted documents.
void write_overview(Page& page, const View& view);
/// html_groups.cpp: what asks for attention, names, formats, what was left out.
void write_groups(Page& page, const View& view);
/// html_shares.cpp: who sees what, where shares were applied, and what became of team folders. Errors are the
/// journal's.
[[nodiscard]] Result<void> write_shares(Page& page, const View& view);
/// html_tables.cpp: by folder, then the whole ledger or where to find it. Errors are the journal's.
void write_folders(Page& page, const Digest& digest);
[[nodiscard]] Result<void> write_ledger(Page& page, const View& view);
/// html_details.cpp: what was migrated, from where to where, with which choices.
void write_details(Page& page, const View& view);

} // namespace passerelle::report
