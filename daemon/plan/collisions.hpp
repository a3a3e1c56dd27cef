// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"
#include "core/result.hpp"
#include "daemon/plan/plan.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace passerelle::plan {

/// A name, and what it is compared by: two names are alike when they differ at most by case or composition, since some
/// of the computers that will synchronise the folder tell them apart no more. A value.
struct ComparedName {
    std::string text;
    std::string key; ///< unicode::case_key
    explicit ComparedName(std::string name);
};

/// The names in one folder of the target: what stands there, and what the plan has put there so far. Two names are
/// alike when they differ at most by case or composition: some of the computers that will synchronise the folder tell
/// them apart no more. Confined to a thread.
class FolderNames {
  public:
    /// A folder that does not exist yet.
    FolderNames() = default;

    /// Asks `target` what stands in `path` if that folder exists.
    [[nodiscard]] static Result<FolderNames> read(Target& target, const std::string& path, bool exists);

    /// What stands there under exactly this name, before the plan.
    [[nodiscard]] const Target::Entry* standing(const std::string& name) const;

    /// True when a newcomer would share the name, or one that is alike, with something. A folder shares a standing
    /// folder of its very name as long as nothing else of the plan does.
    [[nodiscard]] bool is_taken(const ComparedName& name, bool folder) const;

    /// Why `wanted` cannot be had and what it became. Precondition: is_taken(wanted, folder).
    [[nodiscard]] Reason reason(const ComparedName& wanted, bool folder, const std::string& after) const;

    /// From which number on one that is alike may be free; remembered so that many twins cost little.
    [[nodiscard]] unsigned next_number(const ComparedName& name) const;

    /// Precondition: the name is not taken.
    void take(const ComparedName& name);
    /// Notes that numbers below `number` are used up for names like this one.
    void used_numbers_below(const ComparedName& name, unsigned number);

  private:
    struct Occupant {
        std::string name;
        bool planned = false;
        unsigned next_number = 2;
    };
    [[nodiscard]] const Occupant* alike(const ComparedName& name) const;

    std::unordered_map<std::string, Target::Entry> standing_;
    std::unordered_map<std::string, Occupant> occupants_; ///< by unicode::case_key
};

} // namespace passerelle::plan
