// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/words.hpp"
#include "daemon/sharing/matching.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a person decided about the people of an export.
namespace passerelle::sharing {

enum class DecisionKind {
    undecided, ///< shared with only where the match is found
    account,   ///< this account; the target is its user id
    group,     ///< this group; the target is its group id
    new_group, ///< create a group; the target is its name
    email,     ///< share by e-mail; the target is the address
    guest,     ///< invite as a guest; the target is the address
    team,      ///< this Team; the target is its id
    new_team,  ///< create a Team; the target is its name
    nobody,    ///< share nothing
};

struct Decision {
    DecisionKind kind = DecisionKind::undecided;
    std::string target{};

    friend bool operator==(const Decision&, const Decision&) = default;
};

struct PersonDecision {
    Principal principal;
    Decision decision;
    std::size_t line = 0; ///< of the table it was read from

    friend bool operator==(const PersonDecision&, const PersonDecision&) = default;
};

struct Person {
    Match match;
    Decision decision{};

    friend bool operator==(const Person&, const Person&) = default;
};

/// Whom to share with: as decided; undecided, the account or group that was found; else RecipientKind::undecided (or
/// domain), for which no share is made. Nothing where the decision is nobody.
[[nodiscard]] std::optional<Recipient> recipient_of(const Person& person);

/// The table `qui;état;propositions;décision;vers`, one line a person, in the language's separator and words.
[[nodiscard]] std::string people_csv(const std::vector<Person>& people, Language language);

struct DecisionList {
    std::vector<PersonDecision> decisions{};
    std::vector<Reason> problems{};
};

/// Reads people_csv()'s table, corrected or not; columns are known by their titles. A target without a decision means
/// this account, or this group for a group. Lines that decide nothing are left out; a line that cannot be understood is
/// a problem with its number.
[[nodiscard]] DecisionList read_people_csv(std::string_view text);

/// Puts the decisions into the table. A target may be an id, an address or a name of the directory; one that stands for
/// nobody or for several there leaves the person undecided and is a problem. Decisions about people who are not in the
/// table are passed over: they belong to another export of the installation.
[[nodiscard]] std::vector<Reason> decide(std::vector<Person>& people, const std::vector<PersonDecision>& decisions,
                                         const Directory& directory);

} // namespace passerelle::sharing
