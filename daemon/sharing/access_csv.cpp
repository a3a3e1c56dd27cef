// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/access_csv.hpp"

#include "core/reason_codes.hpp"
#include "daemon/sharing/columns.hpp"
#include "daemon/sharing/csv_table.hpp"
#include "daemon/sharing/paths.hpp"
#include "daemon/sharing/text.hpp"
#include "daemon/sharing/words.hpp"

#include <algorithm>
#include <unordered_map>

namespace passerelle::sharing {
namespace {

constexpr std::size_t kMaxNoteBytes = 1000; // of a share's note in Nextcloud

/// "lecture sans téléchargement" is a right and an answer in one.
bool takes_no_download(std::string& right) {
    for (const std::string_view end :
         {" sans telechargement", " sans telecharger", " without download", " no download"})
        if (right.ends_with(end)) {
            right.resize(right.size() - end.size());
            while (right.ends_with(' ') || right.ends_with(','))
                right.pop_back();
            return true;
        }
    return false;
}

/// Turns the rows of a table into nodes.
class Reader {
  public:
    Reader(const Columns& columns, AccessList& list) : columns_(columns), list_(list) {}

    void read(const CsvRow& row) {
        const auto& text = columns_.cell(row, Column::path).empty() ? columns_.cell(row, Column::folder)
                                                                    : columns_.cell(row, Column::path);
        const auto path = plain_path(text);
        Access access;
        const auto who = principal_of(row);
        const auto& right = columns_.cell(row, Column::right);
        if (path.empty() || !who || right.empty()) {
            if (!told_) problem(row, codes::share_line_incomplete);
            told_ = false;
            return;
        }
        access.principal = *who;
        if (!read_right(row, right, access) || !read_rest(row, access)) return;
        add(row, path, text.ends_with('/'), std::move(access));
    }

  private:
    void problem(const CsvRow& row, std::string_view code, std::string_view value = {}) {
        std::vector<Reason::Parameter> parameters{{"line", std::to_string(row.line)}};
        if (!value.empty()) parameters.emplace_back("value", cleaned(value, 200));
        list_.problems.emplace_back(code, std::move(parameters));
    }

    std::optional<Principal> principal_of(const CsvRow& row) {
        const auto& email = columns_.cell(row, Column::email);
        const auto& name = columns_.cell(row, Column::name);
        if (is_email(email)) return user(email, name.empty() ? columns_.cell(row, Column::who) : name);
        if (const auto& group_name = columns_.cell(row, Column::group); !group_name.empty()) return group(group_name);
        for (const auto* text : {&email, &columns_.cell(row, Column::who), &name}) {
            if (text->empty()) continue;
            auto found = principal_from(*text);
            if (!found) {
                problem(row, codes::share_who_unknown, *text);
                told_ = true;
            }
            return found;
        }
        return std::nullopt;
    }

    bool read_right(const CsvRow& row, const std::string& text, Access& access) {
        auto word = folded(std::string_view(text).substr(0, 200));
        if (takes_no_download(word)) access.may_download = false;
        const auto right = right_from(word);
        if (!right) problem(row, codes::share_right_unknown, text);
        access.right = right.value_or(Right::none);
        return right.has_value();
    }

    bool read_rest(const CsvRow& row, Access& access) {
        if (const auto& text = columns_.cell(row, Column::download); !text.empty()) {
            const auto answer = yes_or_no_from(text);
            if (!answer) problem(row, codes::share_answer_unknown, text);
            if (!answer) return false;
            access.may_download = access.may_download && *answer;
        }
        if (const auto& text = columns_.cell(row, Column::expires); !text.empty()) {
            access.expires = day_from(text);
            if (!access.expires) problem(row, codes::share_date_unknown, text);
            if (!access.expires) return false;
        }
        access.note = columns_.cell(row, Column::note).substr(0, kMaxNoteBytes);
        while (!is_utf8(access.note))
            access.note.pop_back(); // cut within a character
        return true;
    }

    void add(const CsvRow& row, const std::string& path, bool is_folder, Access access) {
        const auto [at, fresh] = index_.try_emplace(path, list_.nodes.size());
        if (fresh) list_.nodes.push_back({path, is_folder});
        auto& node = list_.nodes[at->second];
        node.is_folder = node.is_folder || is_folder;
        const auto line = path + '\n' + identity_of(access.principal);
        const auto [known, first] = lines_.try_emplace(line, node.accesses.size());
        if (first) {
            node.accesses.push_back(std::move(access));
            return;
        }
        // Twice the same person at one place: the lesser of both, so that a slip gives nobody more.
        problem(row, codes::share_line_twice, shown(access.principal));
        auto& before = node.accesses[known->second];
        before.right = std::min(before.right, access.right);
        before.may_download = before.may_download && access.may_download;
        if (access.expires && (!before.expires || *access.expires < *before.expires)) before.expires = access.expires;
    }

    const Columns& columns_;
    AccessList& list_;
    std::unordered_map<std::string, std::size_t> index_; ///< of the nodes by path
    std::unordered_map<std::string, std::size_t> lines_; ///< of a node's accesses by path and principal
    bool told_ = false;                                  ///< why the row has nobody
};

std::string titles_of(const CsvRow& row) {
    std::string titles;
    for (const auto& cell : row.cells) {
        if (titles.size() > 200) break;
        if (!titles.empty()) titles += ", ";
        titles += cleaned(cell, 50);
    }
    return titles;
}

} // namespace

AccessList read_access_csv(std::string_view text) {
    AccessList list;
    auto table = parse_csv(text);
    list.problems = std::move(table.problems);
    if (table.rows.empty()) return list;
    auto columns = Columns::from_header(table.rows.front());
    // A line of content can hold a word of a title by chance; it is a header if no right stands where one would be.
    const bool headless = !columns.are_enough() && right_from(table.rows.front().cell(2)).has_value();
    if (headless) columns = Columns::in_order();
    if (!columns.are_enough()) {
        list.problems.emplace_back(codes::share_columns_unknown,
                                   std::vector<Reason::Parameter>{{"columns", titles_of(table.rows.front())}});
        return list;
    }
    Reader reader(columns, list);
    for (auto row = table.rows.begin() + (headless ? 0 : 1); row != table.rows.end(); ++row)
        reader.read(*row);
    return list;
}

std::string access_csv(const std::vector<NodeAccess>& nodes, Language language) {
    const bool french = language == Language::french;
    const char separator = french ? ';' : ',';
    std::string table(kByteOrderMark);
    table += french ? csv_line({"dossier", "qui", "droits", "téléchargement", "expiration", "note"}, separator)
                    : csv_line({"folder", "who", "rights", "download", "expires", "note"}, separator);
    for (const auto& node : nodes)
        for (const auto& access : node.accesses)
            table +=
                csv_line({"/" + node.path + (node.is_folder ? "/" : ""), principal_text(access.principal, language),
                          right_word(access.right, language), yes_or_no(access.may_download, language),
                          access.expires ? day_text(*access.expires) : "", access.note},
                         separator);
    return table;
}

} // namespace passerelle::sharing
