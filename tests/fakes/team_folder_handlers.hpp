// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/dav_handlers.hpp"
#include "tests/fakes/share_handlers.hpp"

#include <optional>
#include <string>

namespace passerelle::fakes {

/// The app groupfolders: `call` lies below /index.php/apps/groupfolders.
[[nodiscard]] HttpResponse handle_team_folders(const ShareContext& context, const std::string& call);

/// nc:group-folder-id and its like of a node in a team folder; nothing elsewhere and for any other property.
[[nodiscard]] std::optional<std::string> team_property(const std::string& name, const Node& node,
                                                       const DavContext& context, bool root);

/// PROPPATCH of nc:acl-list; nothing where the request sets no such property.
[[nodiscard]] std::optional<HttpResponse> set_team_rules(const DavContext& context);

} // namespace passerelle::fakes
