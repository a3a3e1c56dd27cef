// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/places.hpp"

#include "core/reason_codes.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/sharing_session.hpp"
#include "daemon/sharing/csv_table.hpp"
#include "daemon/sharing/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <set>

namespace passerelle::cli {
namespace {

constexpr Sentence kWritten{"Le tableau des dossiers est écrit : {}", "The table of folders is written: {}"};
constexpr Sentence kOwn{"mes fichiers", "own files"};
constexpr Sentence kTeamFolder{"dossier d'équipe : ", "team folder: "};
constexpr Sentence kTeam{"équipe : ", "team: "};

enum class Kind { own, team_folder, team };

struct Word {
    std::string_view text; ///< as sharing::folded() writes it
    Kind kind;
};
constexpr Word kWords[] = {{"", Kind::own},
                           {"mes fichiers", Kind::own},
                           {"own files", Kind::own},
                           {"dossier d equipe", Kind::team_folder},
                           {"dossier de groupe", Kind::team_folder},
                           {"team folder", Kind::team_folder},
                           {"group folder", Kind::team_folder},
                           {"equipe", Kind::team},
                           {"team", Kind::team}};

struct Destination {
    Kind kind = Kind::own;
    std::string name; ///< of the team folder or the Team
};

/// Nothing where the text is none.
std::optional<Destination> destination_of(std::string_view text, const std::string& place) {
    const auto colon = text.find(':');
    const auto word = sharing::folded(text.substr(0, colon));
    const auto* known = std::ranges::find(kWords, std::string_view(word), &Word::text);
    if (known == std::end(kWords)) return std::nullopt;
    const auto name = colon == text.npos ? std::string_view() : sharing::trimmed(text.substr(colon + 1));
    if (name.find('/') != name.npos) return std::nullopt;
    if (known->kind == Kind::own) return colon == text.npos ? std::optional(Destination()) : std::nullopt;
    return Destination{known->kind, name.empty() ? place : std::string(name)};
}

Error unreadable(const sharing::CsvRow& row, const std::string& value) {
    return Error(ErrorKind::job, codes::team_folder_places_unreadable, "",
                 {{"line", std::to_string(row.line)}, {"value", sharing::cleaned(value, 200)}});
}

bool is_header(const sharing::CsvRow& row) {
    const auto word = sharing::folded(row.cell(1));
    return word == "destination" || word == "vers" || word == "to";
}

std::string bare(std::string_view path) {
    while (path.starts_with('/'))
        path.remove_prefix(1);
    while (path.ends_with('/'))
        path.remove_suffix(1);
    return std::string(path);
}

} // namespace

Result<Places> read_places(std::string_view csv) {
    const auto table = sharing::parse_csv(csv);
    Places places;
    std::set<std::pair<Kind, std::string>> taken;
    for (const auto& row : table.rows) {
        if (&row == &table.rows.front() && is_header(row)) continue;
        const auto place = bare(row.cell(0));
        const auto destination = destination_of(row.cell(1), place);
        if (!destination || place.empty()) return unreadable(row, row.cell(1));
        if (destination->kind == Kind::own) continue;
        if (!taken.emplace(destination->kind, destination->name).second)
            return unreadable(row, row.cell(1)); // two folders into one
        (destination->kind == Kind::team ? places.teams : places.team_folders)[place] = destination->name;
    }
    return places;
}

std::string places_csv(const sources::Inventory& inventory, const plan::Choices& choices, Language language) {
    const char separator = language == Language::french ? ';' : ',';
    std::set<std::string> folders;
    for (const auto& item : inventory.items) {
        const auto slash = item.path.find('/');
        if (slash != std::string::npos || item.kind == ItemKind::folder) folders.insert(item.path.substr(0, slash));
    }
    std::string table(sharing::kByteOrderMark);
    table += sharing::csv_line({language == Language::french ? "dossier" : "folder", "destination"}, separator);
    for (const auto& folder : folders) {
        std::string destination(kOwn.in(language));
        if (const auto at = choices.team_folders.find(folder); at != choices.team_folders.end())
            destination = std::string(kTeamFolder.in(language)) + at->second;
        else if (const auto team = choices.teams.find(folder); team != choices.teams.end())
            destination = std::string(kTeam.in(language)) + team->second;
        table += sharing::csv_line({folder, destination}, separator);
    }
    return table;
}

Result<void> settle_places(const std::filesystem::path& file, const sources::Inventory& inventory, bool write,
                           Language language, plan::Choices& choices) {
    if (file.empty()) return {};
    auto table = read_table(file);
    if (!table) return failure(table);
    if (*table) {
        auto places = read_places(**table);
        if (!places) return failure(places);
        for (auto& [place, folder] : places->team_folders)
            choices.team_folders[place] = std::move(folder);
        for (auto& [place, team] : places->teams)
            choices.teams[place] = std::move(team);
        return {};
    }
    if (!write) return Error(ErrorKind::job, codes::file_unreadable, "", {{"file", file.string()}});
    if (auto written = write_table(file, places_csv(inventory, choices, language)); !written) return written;
    say(fmt::format(fmt::runtime(kWritten.in(language)), file.string()));
    return {};
}

} // namespace passerelle::cli
