// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/collisions.hpp"

#include "core/reason_codes.hpp"
#include "daemon/plan/unicode.hpp"

#include <algorithm>

namespace passerelle::plan {

Result<FolderNames> FolderNames::read(Target& target, const std::string& path, bool exists) {
    FolderNames names;
    if (!exists) return names;
    auto entries = target.list(path);
    if (!entries) return failure(entries);
    if (!entries->has_value()) return names;
    for (auto& entry : **entries) {
        names.occupants_.try_emplace(unicode::case_key(entry.name), Occupant{entry.name});
        auto key = unicode::nfc(entry.name);
        names.standing_.try_emplace(std::move(key), std::move(entry));
    }
    return names;
}

const Target::Entry* FolderNames::standing(const std::string& name) const {
    const auto found = standing_.find(name);
    return found == standing_.end() ? nullptr : &found->second;
}

const FolderNames::Occupant* FolderNames::alike(const std::string& name) const {
    const auto found = occupants_.find(unicode::case_key(name));
    return found == occupants_.end() ? nullptr : &found->second;
}

bool FolderNames::is_taken(const std::string& name, bool folder) const {
    const auto* occupant = alike(name);
    if (!occupant) return false;
    const auto* entry = standing(name);
    return !(folder && entry && entry->folder && !occupant->planned);
}

Reason FolderNames::reason(const std::string& wanted, bool folder, const std::string& after) const {
    const auto* occupant = alike(wanted);
    const auto* entry = standing(wanted);
    const std::vector<Reason::Parameter> parameters{{"before", wanted}, {"after", after}};
    if (entry && !(entry->folder && folder)) {
        if (entry->folder) return Reason(codes::target_folder_in_the_way, parameters);
        return Reason(folder ? codes::target_file_in_the_way : codes::target_exists_beside, parameters);
    }
    if (entry || occupant->name == wanted) return Reason(codes::name_duplicate, parameters);
    return Reason(codes::name_case_twin, {{"before", wanted}, {"after", after}, {"other", occupant->name}});
}

unsigned FolderNames::next_number(const std::string& name) const {
    const auto* occupant = alike(name);
    return occupant ? occupant->next_number : 2;
}

void FolderNames::take(const std::string& name) {
    auto& occupant = occupants_[unicode::case_key(name)];
    occupant.name = name;
    occupant.planned = true;
}

void FolderNames::used_numbers_below(const std::string& name, unsigned number) {
    if (const auto found = occupants_.find(unicode::case_key(name)); found != occupants_.end())
        found->second.next_number = std::max(found->second.next_number, number);
}

} // namespace passerelle::plan
