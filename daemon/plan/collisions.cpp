// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/collisions.hpp"

#include "core/reason_codes.hpp"
#include "daemon/plan/unicode.hpp"

#include <algorithm>

namespace passerelle::plan {

ComparedName::ComparedName(std::string name) : text(std::move(name)), key(unicode::case_key(text)) {}

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

const FolderNames::Occupant* FolderNames::alike(const ComparedName& name) const {
    const auto found = occupants_.find(name.key);
    return found == occupants_.end() ? nullptr : &found->second;
}

bool FolderNames::is_taken(const ComparedName& name, bool folder) const {
    const auto* occupant = alike(name);
    if (!occupant) return false;
    const auto* entry = standing(name.text);
    return !(folder && entry && entry->folder && !occupant->planned);
}

Reason FolderNames::reason(const ComparedName& wanted, bool folder, const std::string& after) const {
    const auto* occupant = alike(wanted);
    const auto* entry = standing(wanted.text);
    const std::vector<Reason::Parameter> parameters{{"before", wanted.text}, {"after", after}};
    if (entry && !(entry->folder && folder)) {
        if (entry->folder) return Reason(codes::target_folder_in_the_way, parameters);
        return Reason(folder ? codes::target_file_in_the_way : codes::target_exists_beside, parameters);
    }
    if (entry || occupant->name == wanted.text) return Reason(codes::name_duplicate, parameters);
    return Reason(codes::name_case_twin, {{"before", wanted.text}, {"after", after}, {"other", occupant->name}});
}

unsigned FolderNames::next_number(const ComparedName& name) const {
    const auto* occupant = alike(name);
    return occupant ? occupant->next_number : 2;
}

void FolderNames::take(const ComparedName& name) {
    auto& occupant = occupants_[name.key];
    occupant.name = name.text;
    occupant.planned = true;
}

void FolderNames::used_numbers_below(const ComparedName& name, unsigned number) {
    if (const auto found = occupants_.find(name.key); found != occupants_.end())
        found->second.next_number = std::max(found->second.next_number, number);
}

} // namespace passerelle::plan
