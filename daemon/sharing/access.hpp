// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Who had access to what, as the exports say it. All types are values, all functions pure.
namespace passerelle::sharing {

/// Whom an export names.
enum class PrincipalKind {
    user,
    group,
    domain,           ///< everybody of an organisation; the domain is the name
    anyone,           ///< everybody, the file can be found
    anyone_with_link, ///< everybody who was given the link
};

struct Principal {
    PrincipalKind kind = PrincipalKind::user;
    std::string email; ///< of a person or a group; empty where the export has none
    std::string name;  ///< as shown, or the domain

    friend bool operator==(const Principal&, const Principal&) = default;
};

/// Of the very same texts; identity_of() says who is the same person.
struct PrincipalHash {
    std::size_t operator()(const Principal& principal) const {
        const std::hash<std::string> hash;
        return (hash(principal.email) * 31 + hash(principal.name)) * 31 + static_cast<std::size_t>(principal.kind);
    }
};

/// From the least to the most; each includes those before it.
enum class Right {
    none,    ///< takes away what the folder above gives; only in lists that are not complete
    view,    ///< reader, viewer
    comment, ///< Nextcloud has no such right on a share: a viewer may comment
    edit,    ///< writer: change, create, delete
    manage,  ///< owner, organizer: also share with others
};

/// What one principal may do at one place.
struct Access {
    Principal principal;
    Right right = Right::view;
    bool may_download = true;
    std::optional<std::chrono::sys_days> expires{}; ///< the last day of the access
    std::string note{};                             ///< for the person who receives the share

    friend bool operator==(const Access&, const Access&) = default;
};

/// What is known of one file or folder.
struct NodeAccess {
    std::string path;       ///< with '/', without one at either end
    bool is_folder = false; ///< false also where a list does not say
    /// True: the list names everybody (a sidecar does). False: whoever is not in it has what the folder above gives.
    bool complete = false;
    std::vector<Access> accesses{};

    friend bool operator==(const NodeAccess&, const NodeAccess&) = default;
};

/// What a reader found. Nothing is left out in silence: what could not be understood is a problem.
struct AccessList {
    std::vector<NodeAccess> nodes{};
    std::vector<Reason> problems{};
};

/// Nextcloud's permission bits (OCP\Constants).
namespace permission {
inline constexpr std::uint32_t kRead = 1;
inline constexpr std::uint32_t kUpdate = 2;
inline constexpr std::uint32_t kCreate = 4;
inline constexpr std::uint32_t kDelete = 8;
inline constexpr std::uint32_t kShare = 16;
} // namespace permission

/// The bits of a share that gives `right`; a share of a file has neither create nor delete.
[[nodiscard]] std::uint32_t nextcloud_permissions(Right right, bool is_folder);

/// Equal for two principals exactly when they are the same: by kind and e-mail, without one by name.
[[nodiscard]] std::string identity_of(const Principal& principal);

/// "Jeanne Petit <jeanne@ex.org>", "Bureau", "ex.org": for a message. Never empty for a user, group or domain that has
/// anything to show.
[[nodiscard]] std::string shown(const Principal& principal);

/// Each principal once, in the order of their first appearance, with the first name that any entry gives.
[[nodiscard]] std::vector<Principal> principals_of(const std::vector<NodeAccess>& nodes);

/// Letters, one '@' with something on both sides, no space or bracket, at most 320 bytes: whether to take the text for
/// an address, not whether it is deliverable.
[[nodiscard]] bool is_email(std::string_view text);

/// What follows the '@', in lower case.
[[nodiscard]] std::string domain_of(std::string_view email);

/// A user with the texts cleaned as cleaned() does.
[[nodiscard]] Principal user(std::string_view email, std::string_view name = {});
[[nodiscard]] Principal group(std::string_view name, std::string_view email = {});
[[nodiscard]] Principal domain(std::string_view name);

} // namespace passerelle::sharing
