// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/places.hpp"

#include "core/reason_codes.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/sharing_session.hpp"
#include "daemon/sharing/csv_table.hpp"
#include "daemon/sharing/text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <set>

namespace passerelle::cli {
namespace {

constexpr Sentence kWritten{"Le tableau des dossiers est écrit : {}", "The table of folders is written: {}"};
constexpr Sentence kOwn{"mes fichiers", "own files"};
constexpr Sentence kTeam{"dossier d'équipe : ", "team folder: "};

// As sharing::folded() writes them.
constexpr std::array<std::string_view, 3> kOwnWords{"", "mes fichiers", "own files"};
constexpr std::array<std::string_view, 4> kTeamWords{"dossier d equipe", "dossier de groupe", "team folder",
                                                     "group folder"};

/// The team folder's name, empty for one's own files; nothing where the text is neither.
std::optional<std::string> team_of(std::string_view destination, const std::string& place) {
    const auto colon = destination.find(':');
    const auto word = sharing::folded(destination.substr(0, colon));
    if (colon == std::string_view::npos && std::ranges::find(kOwnWords, word) != kOwnWords.end()) return std::string();
    if (std::ranges::find(kTeamWords, word) == kTeamWords.end()) return std::nullopt;
    if (colon == std::string_view::npos) return place;
    std::string name(sharing::trimmed(destination.substr(colon + 1)));
    if (name.find('/') != std::string::npos) return std::nullopt;
    return name.empty() ? place : name;
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

Result<std::map<std::string, std::string>> read_places(std::string_view csv) {
    const auto table = sharing::parse_csv(csv);
    std::map<std::string, std::string> teams;
    std::set<std::string> taken;
    for (const auto& row : table.rows) {
        if (&row == &table.rows.front() && is_header(row)) continue;
        const auto place = bare(row.cell(0));
        const auto team = team_of(row.cell(1), place);
        if (!team || place.empty()) return unreadable(row, row.cell(1));
        if (team->empty()) continue;
        if (!taken.insert(*team).second) return unreadable(row, row.cell(1)); // two folders into one
        teams[place] = *team;
    }
    return teams;
}

std::string places_csv(const sources::Inventory& inventory, const std::map<std::string, std::string>& team_folders,
                       Language language) {
    const char separator = language == Language::french ? ';' : ',';
    std::set<std::string> folders;
    for (const auto& item : inventory.items) {
        const auto slash = item.path.find('/');
        if (slash != std::string::npos || item.kind == ItemKind::folder) folders.insert(item.path.substr(0, slash));
    }
    std::string table(sharing::kByteOrderMark);
    table += sharing::csv_line({language == Language::french ? "dossier" : "folder", "destination"}, separator);
    for (const auto& folder : folders) {
        const auto team = team_folders.find(folder);
        const auto destination = team == team_folders.end() ? std::string(kOwn.in(language))
                                                            : std::string(kTeam.in(language)) + team->second;
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
        for (auto& [place, team] : *places)
            choices.team_folders[place] = std::move(team);
        return {};
    }
    if (!write) return Error(ErrorKind::job, codes::file_unreadable, "", {{"file", file.string()}});
    if (auto written = write_table(file, places_csv(inventory, choices.team_folders, language)); !written)
        return written;
    say(fmt::format(fmt::runtime(kWritten.in(language)), file.string()));
    return {};
}

} // namespace passerelle::cli
