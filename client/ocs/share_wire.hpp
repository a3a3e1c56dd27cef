// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Shares as they stand on the wire (app files_sharing, api/v1), and as callers of the façade see them. Paths: relative
/// to the user's files, UTF-8, no slash at either end; the wire has a slash before them. Values.
namespace passerelle::ocs {

/// With the numbers of the wire; `other` stands for those that nobody here makes (chat rooms, Deck cards).
enum class ShareType { user = 0, group = 1, link = 3, email = 4, federated = 6, team = 7, other = -1 };

/// What a share allows: the sum of these. Reading is always in it, but for a link that only takes files in.
namespace permission {
inline constexpr unsigned kRead = 1;
inline constexpr unsigned kUpdate = 2;
inline constexpr unsigned kCreate = 4; ///< folders only
inline constexpr unsigned kDelete = 8; ///< folders only
inline constexpr unsigned kShare = 16; ///< pass it on to others
inline constexpr unsigned kAll = 31;
} // namespace permission

struct Share {
    std::string id;
    ShareType type = ShareType::other;
    std::string share_with; ///< account, group, address; empty for a link
    std::string display_name;
    unsigned permissions = 0;
    std::string path; ///< as the asking account sees it
    bool folder = false;
    std::string owner;                                    ///< who shared it
    std::optional<std::chrono::year_month_day> expires{}; ///< the last day it holds
    std::string note;
    bool download_allowed = true;
    std::string url; ///< of a link
};

struct NewShare {
    std::string path;
    ShareType type = ShareType::user;
    std::string share_with; ///< the id of an account or a group, never its e-mail; empty for a link
    unsigned permissions = permission::kRead;
    std::optional<std::chrono::year_month_day> expires{}; ///< nothing: never, whatever the server's default
    std::string note{};
    bool download_allowed = true;
    bool notify = false; ///< the server writes to the people
};

/// What is to change; what is not given stays.
struct ShareChange {
    std::optional<unsigned> permissions{};
    std::optional<std::chrono::year_month_day> expires{};
    bool never_expires = false; ///< takes the date away
    std::optional<std::string> note{};
    std::optional<bool> download_allowed{};
};

/// The permissions that can be compared: a link or an e-mail share asked for with 1 is stored as 17, so bit 16 says
/// nothing there; a file knows neither creating nor deleting.
[[nodiscard]] unsigned comparable_permissions(ShareType type, bool folder, unsigned permissions);

/// A form for POST and PUT. `attribute_key` names the member that holds an attribute's truth: "value", on 28 and 29
/// "enabled"; the wrong one is silently stored as null.
[[nodiscard]] std::string form_of(const NewShare& share, std::string_view attribute_key);
[[nodiscard]] std::string form_of(const ShareChange& change, std::string_view attribute_key);

/// Bounded as in server_info.hpp; error `server.bad_answer` (permanent).
[[nodiscard]] Result<Share> parse_share(std::string_view text);
[[nodiscard]] Result<std::vector<Share>> parse_shares(std::string_view text);

/// An OCS answer of one element around what is already an OCS answer of many: the share with this id alone; nothing
/// where it is not in it. For an answer that was lost.
[[nodiscard]] std::optional<std::string> answer_with_share(std::string_view text, std::string_view id);

} // namespace passerelle::ocs
