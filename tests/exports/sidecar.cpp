// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/sidecar.hpp"

#include "tests/exports/bytes.hpp"
#include "tests/exports/names.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace passerelle::exports {
namespace {

using Json = nlohmann::ordered_json;

/// "CR(1).docx" is {"CR", "(1)", ".docx"}; a dot in front is no extension.
struct NameParts {
    std::string stem;
    std::string counter;
    std::string extension;
};

NameParts take_apart(std::string name) {
    NameParts parts;
    const std::size_t dot = name.rfind('.');
    if (dot != std::string::npos && dot > 0) {
        parts.extension = name.substr(dot);
        name.resize(dot);
    }
    const std::size_t bracket = name.rfind('(');
    const bool counted = bracket != std::string::npos && bracket > 0 && name.ends_with(')') &&
                         name.find_first_not_of("0123456789", bracket + 1) == name.size() - 1;
    if (counted && bracket + 2 < name.size()) {
        parts.counter = name.substr(bracket);
        name.resize(bracket);
    }
    parts.stem = name;
    return parts;
}

/// Drive's ids of people are long numbers; the same person has the same one in every sidecar.
std::string id_of(const Permission& permission) {
    std::uint64_t seed = 7;
    for (const char byte : permission.email + permission.name)
        seed = seed * 31 + static_cast<unsigned char>(byte);
    return fmt::format("{:020}", Dice(seed).next());
}

Json to_json(const Permission& permission) {
    Json json = {
        {"id", id_of(permission)}, {"name", permission.name}, {"type", permission.type}, {"role", permission.role}};
    if (!permission.additional_roles.empty()) json["additional_roles"] = permission.additional_roles;
    json["kind"] = "drive#permission";
    if (!permission.email.empty()) json["email_address"] = permission.email;
    if (!permission.domain.empty()) json["domain"] = permission.domain;
    if (permission.type == "anyone") json["with_link"] = permission.with_link;
    json["deleted"] = permission.deleted;
    json["pending_owner"] = false;
    return json;
}

} // namespace

std::string sidecar_path(std::string_view path, SidecarName naming) {
    const std::size_t slash = path.rfind('/') + 1; // npos + 1 is 0
    const NameParts parts = take_apart(std::string(path.substr(slash)));
    const std::string extension = naming == SidecarName::full ? parts.extension : std::string();
    return fmt::format("{}{}{}-info{}.json", path.substr(0, slash), parts.stem, extension, parts.counter);
}

std::string to_json(const Sidecar& sidecar, std::string_view file_name) {
    const std::string title = sidecar.title.empty() ? std::string(file_name) : sidecar.title;
    Json json = {{"title", title},
                 {"mime_type", sidecar.mime_type},
                 {"starred", sidecar.starred},
                 {"viewers_can_download", sidecar.viewers_can_download},
                 {"editors_can_edit_access", true}};
    if (sidecar.created) json["created"] = iso_time(*sidecar.created);
    if (sidecar.modified) {
        // Milliseconds are never all zero in a real export: whoever reads them must not stumble.
        const std::string moment = iso_time(*sidecar.modified, 123);
        json["last_modified_by_any_user"] = moment;
        json["last_modified_by_me"] = moment;
        json["content_last_modified"] = moment;
    }
    json["permissions"] = Json::array();
    for (const Permission& permission : sidecar.permissions)
        json["permissions"].push_back(to_json(permission));
    return json.dump(2);
}

} // namespace passerelle::exports
