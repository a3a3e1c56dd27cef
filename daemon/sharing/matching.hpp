// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"
#include "daemon/sharing/access.hpp"
#include "daemon/sharing/recipient.hpp"

#include <string>
#include <vector>

/// Who the people of an export are in Nextcloud. Pure functions over what the server answered.
namespace passerelle::sharing {

/// An account; one with several addresses may be listed once for each.
struct Account {
    std::string id;
    std::string email; ///< empty where the server does not tell
    std::string name;  ///< as shown
};

struct KnownGroup {
    std::string id;
    std::string name; ///< as shown
};

/// What the server knows of the people asked for.
struct Directory {
    std::vector<Account> accounts;
    std::vector<KnownGroup> groups;
    std::vector<KnownGroup> teams{}; ///< only those that a decision names
};

enum class MatchState {
    found,     ///< one account has this very address, one group this very name: no question is left
    suggested, ///< one that may be meant; a person has to confirm it
    ambiguous, ///< several that may be meant
    unknown,   ///< nobody
    outsider,  ///< nobody, and no account has an address of that domain
};

struct Match {
    Principal principal;
    MatchState state = MatchState::unknown;
    std::vector<Recipient> candidates; ///< accounts or groups; one for found and suggested
    Reason reason;                     ///< without a code for found

    friend bool operator==(const Match&, const Match&) = default;
};

/// One match for each user, group and domain, in their order; everybody and links are nobody to be matched. Addresses
/// are compared without case. The dots and "+tag" of a Gmail address, the "+tag" of any, and an equal name only
/// suggest. Nextcloud's own group "admin" is never found, only suggested.
[[nodiscard]] std::vector<Match> match_people(const std::vector<Principal>& principals, const Directory& directory);

} // namespace passerelle::sharing
