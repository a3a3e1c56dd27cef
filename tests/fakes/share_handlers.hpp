// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/http_message.hpp"
#include "tests/fakes/server_release.hpp"
#include "tests/fakes/share_register.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace passerelle::fakes {

/// What the calls about people and shares work on for the length of one request. A value of references.
struct ShareContext {
    const ServerRelease& release;
    ShareRegister& shares;
    const FindUser& find_user;
    const std::vector<std::string>& users; ///< everybody
    const std::string& user;               ///< who asks
    bool administrator;
    bool confirmed; ///< with the login password, not an app password
    const HttpRequest& request;
    std::map<std::string, std::string> query; ///< decoded
    std::map<std::string, std::string> form;  ///< decoded
};

/// Decodes "a=b&c=d" as PHP does: a plus is a blank.
[[nodiscard]] std::map<std::string, std::string> parse_form(const std::string& text);

/// `call` lies below /ocs/v2.php; nothing where it is about neither people nor shares.
[[nodiscard]] std::optional<HttpResponse> handle_sharing(const ShareContext& context, const std::string& call);

/// Makes a share without the limit.
[[nodiscard]] HttpResponse create_share(const ShareContext& context);
/// The answer that describes what is shared with the same receiver already; nothing where it is not.
[[nodiscard]] std::optional<HttpResponse> share_there(const ShareContext& context);
/// Below …/shares; `id` is empty for all of them.
[[nodiscard]] HttpResponse handle_shares(const ShareContext& context, const std::string& id);
[[nodiscard]] HttpResponse handle_sharees(const ShareContext& context);
/// /cloud/users…, /cloud/groups.
[[nodiscard]] HttpResponse handle_users(const ShareContext& context);
[[nodiscard]] HttpResponse handle_groups(const ShareContext& context);
[[nodiscard]] HttpResponse handle_join(const ShareContext& context, const std::string& user);
/// The companion app's endpoints for sharing (docs/api/sharing.yaml): /shares, inside `destination` alone, /people,
/// /groups.
[[nodiscard]] std::optional<HttpResponse> handle_batches(const ShareContext& context, const std::string& endpoint,
                                                         const std::string& destination);

} // namespace passerelle::fakes
