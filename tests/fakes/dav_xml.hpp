// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace passerelle::fakes {

inline constexpr const char* kDavNamespace = "DAV:";
inline constexpr const char* kOwnCloudNamespace = "http://owncloud.org/ns";
inline constexpr const char* kNextcloudNamespace = "http://nextcloud.org/ns";

/// A WebDAV property's name, with its value where a request sets it. A value.
struct Property {
    std::string name_space;
    std::string name;
    std::string value{};

    [[nodiscard]] bool is(const char* other_namespace, const char* other_name) const {
        return name_space == other_namespace && name == other_name;
    }
    /// With the prefix that the server uses: "d:getetag", "oc:fileid".
    [[nodiscard]] std::string qualified() const;
};

/// The properties within <d:prop> of a PROPFIND or PROPPATCH body; nothing when it is no well-formed XML. An empty
/// body, or one without <d:prop>, gives an empty list.
[[nodiscard]] std::optional<std::vector<Property>> parse_properties(const std::string& body);

/// The records within <nc:acl-list>, each with its fields by name; nothing where there is no such element.
[[nodiscard]] std::optional<std::vector<std::map<std::string, std::string>>> parse_team_rules(const std::string& body);

} // namespace passerelle::fakes
