// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>

namespace passerelle::sharing {

/// Whom a share in Nextcloud can be for, and whom none is made for without a person's decision.
enum class RecipientKind {
    user,      ///< an account; the id is its user id
    group,     ///< a group that exists; the id is its group id
    new_group, ///< a group to be created; the id is its name
    email,     ///< a share by e-mail; the id is the address
    guest,     ///< a guest account to be invited; the id is the address
    team,      ///< a Team (app circles) that exists; the id is its id
    new_team,  ///< the Team of this name, to be created where there is none; the id is its name
    // Below: proposals only.
    undecided, ///< a person or group that nobody has confirmed; the id is how they are called
    domain,    ///< everybody of an organisation; the id is the domain
    public_,   ///< everybody, or everybody with the link
};

/// A value.
struct Recipient {
    RecipientKind kind = RecipientKind::user;
    std::string id;

    friend auto operator<=>(const Recipient&, const Recipient&) = default;
    friend bool operator==(const Recipient&, const Recipient&) = default;
};

struct RecipientHash {
    std::size_t operator()(const Recipient& recipient) const {
        return std::hash<std::string>()(recipient.id) * 31 + static_cast<std::size_t>(recipient.kind);
    }
};

} // namespace passerelle::sharing
