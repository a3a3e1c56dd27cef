// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/dav_answer.hpp"
#include "tests/fakes/dav_handlers.hpp"
#include "tests/fakes/name_rules.hpp"
#include "tests/fakes/team_folder_handlers.hpp"

namespace passerelle::fakes {
namespace {

constexpr std::int64_t kNoFile = -1;

/// The server takes any name that ends like its own part files for a file under way, and says that it is there.
std::optional<Node> find_or_imagine(const DavContext& context) {
    auto node = context.user.files.find(context.path);
    if (node || name_flaw(context.release, name_of(context.path)) != NameFlaw::partial) return node;
    Node imagined;
    imagined.file_id = kNoFile;
    return imagined;
}

/// What a PROPFIND without a body asks for.
const std::vector<Property>& usual_properties() {
    static const std::vector<Property> properties = {
        {kDavNamespace, "getlastmodified"},  {kDavNamespace, "getcontentlength"},      {kDavNamespace, "resourcetype"},
        {kDavNamespace, "quota-used-bytes"}, {kDavNamespace, "quota-available-bytes"}, {kDavNamespace, "getetag"},
        {kDavNamespace, "getcontenttype"},
    };
    return properties;
}

std::optional<std::string> dav_value(const std::string& name, const Node& node, const std::string& path,
                                     const UserSpace& user) {
    if (name == "getlastmodified" && node.file_id == kNoFile) return std::nullopt;
    if (name == "getlastmodified") return http_date(node.modified);
    if (name == "getetag") return "&quot;" + node.etag + "&quot;";
    if (name == "resourcetype") return node.folder ? "<d:collection/>" : "";
    if (name == "displayname") return xml_escape(path.empty() ? user.id : name_of(path));
    if (name == "getcontentlength" && !node.folder) return std::to_string(node.size);
    if (name == "getcontenttype" && !node.folder) return "application/octet-stream";
    if (name == "quota-used-bytes" && node.folder) return std::to_string(node.size);
    if (name == "quota-available-bytes" && node.folder) return std::to_string(user.free_bytes());
    return std::nullopt;
}

/// S: of somebody else, M: mounted, as a team folder and all in it is; R: may be shared, G: read, D: deleted, NV:
/// renamed and moved, W: written, CK: filled. What is mounted can always be moved within the visitor's own files, and
/// left.
std::string permissions_in(const Mount& mount, unsigned permissions, const Node& node, bool root) {
    const bool team = mount.team_folder != 0;
    std::string letters = team ? "" : "S";
    if (permissions & 16) letters += "R";
    letters += team ? "MG" : "G";
    if ((root && !team) || (permissions & 8)) letters += "D";
    if ((root && !team) || (permissions & 2)) letters += "NV";
    if (!node.folder && (permissions & 2)) letters += "W";
    if (node.folder && (permissions & 4)) letters += "CK";
    return letters;
}

std::optional<std::string> owncloud_value(const std::string& name, const Node& node, const ServerRelease& release) {
    if (name == "fileid" && node.file_id == kNoFile && !release.gives_no_file_an_id) return std::nullopt;
    if (name == "fileid") return std::to_string(node.file_id);
    if (name == "id") return instance_file_id(node);
    if (name == "permissions") return node.folder ? "RGDNVCK" : "RGDNVW";
    if (name == "size") return std::to_string(node.size);
    if (name == "favorite") return node.favorite ? "1" : "0";
    if (name == "checksums" && !node.checksum.empty())
        return "<oc:checksum>" + xml_escape(node.checksum) + "</oc:checksum>";
    return std::nullopt;
}

std::optional<std::string> value_of(const Property& property, const Node& node, const std::string& path,
                                    const DavContext& context) {
    if (property.name_space == kDavNamespace) return dav_value(property.name, node, path, context.user);
    if (property.is(kOwnCloudNamespace, "permissions") && context.mount)
        return permissions_in(*context.mount, context.mount->permissions_at(path), node, path == context.mount->path);
    if (property.name_space == kOwnCloudNamespace) return owncloud_value(property.name, node, context.release);
    if (property.is(kNextcloudNamespace, "creation_time")) return std::to_string(node.created);
    if (property.name_space == kNextcloudNamespace)
        return team_property(property.name, node, context, context.mount && path == context.mount->path);
    return std::nullopt;
}

std::string response_of(const DavContext& context, const std::string& path, const Node& node,
                        const std::vector<Property>& wanted) {
    const bool all = wanted.empty();
    std::vector<FoundProperty> found;
    for (const auto& property : all ? usual_properties() : wanted) {
        auto xml = value_of(property, node, path, context);
        if (xml || !all) found.push_back({property, std::move(xml)});
    }
    const std::string slash = node.folder && !path.empty() ? "/" : "";
    return propfind_response(href_encode("/remote.php/dav/files/" + context.shown(path) + slash), found);
}

/// What others share with the user, as it stands in the root.
std::string responses_of_mounts(const DavContext& context, const std::vector<Property>& wanted) {
    std::string responses;
    for (const Mount& mount : context.mounts) {
        const DavContext there{context.release,
                               *mount.owner,
                               context.faults,
                               context.request,
                               mount.path,
                               context.fault,
                               mount,
                               {},
                               {},
                               context.teams,
                               context.administrator};
        if (const auto node = mount.owner->files.find(mount.path))
            responses += response_of(there, mount.path, *node, wanted);
    }
    return responses;
}

std::string element(const Property& property, const std::string& xml) {
    const std::string name = property.qualified();
    const std::string declared =
        name.starts_with("x1:") ? name + " xmlns:x1=\"" + xml_escape(property.name_space) + "\"" : name;
    return xml.empty() ? "<" + declared + "/>" : "<" + declared + ">" + xml + "</" + name + ">";
}

std::string propstat(const std::string& properties, std::string_view status) {
    if (properties.empty()) return "";
    return "<d:propstat><d:prop>" + properties + "</d:prop><d:status>HTTP/1.1 " + std::string(status) +
           "</d:status></d:propstat>";
}

} // namespace

std::string propfind_response(const std::string& href, const std::vector<FoundProperty>& found) {
    std::string there;
    std::string missing;
    for (const auto& [property, xml] : found) {
        (xml ? there : missing) += element(property, xml.value_or(""));
    }
    return "<d:response><d:href>" + href + "</d:href>" + propstat(there, "200 OK") +
           propstat(missing, "404 Not Found") + "</d:response>";
}

HttpResponse handle_propfind(const DavContext& context) {
    const auto wanted = parse_properties(context.request.text());
    if (!wanted) return dav_error(400, "Sabre\\DAV\\Exception\\BadRequest", "Couldn't find end of Start Tag");
    const Tree& files = context.user.files;
    const auto node = find_or_imagine(context);
    if (!node) return file_not_found(context.release, context.path);
    std::string responses = response_of(context, context.path, *node, *wanted);
    if (node->folder && context.request.header("Depth").value_or("1") != "0") {
        const std::string prefix = context.path.empty() ? "" : context.path + "/";
        for (const auto& [name, child] : files.list(context.path))
            if (!context.mount || (context.mount->permissions_at(prefix + name) & 1) != 0)
                responses += response_of(context, prefix + name, child, *wanted);
        if (context.path.empty()) responses += responses_of_mounts(context, *wanted);
    }
    return multistatus(responses);
}

HttpResponse handle_proppatch(const DavContext& context) {
    const auto wanted = parse_properties(context.request.text());
    if (!wanted) return dav_error(400, "Sabre\\DAV\\Exception\\BadRequest", "Couldn't find end of Start Tag");
    Tree& files = context.user.files;
    if (!files.find(context.path)) return file_not_found(context.release, context.path);
    if (auto rules = set_team_rules(context)) return *rules;
    std::vector<FoundProperty> found;
    for (const auto& property : *wanted) {
        if (property.is(kDavNamespace, "lastmodified") || property.is(kDavNamespace, "getlastmodified")) {
            const auto time = accepted_time(context.release, property.value);
            if (!time) return invalid_mtime(context.release, property.value);
            files.touch(context.path, *time);
        } else if (property.is(kNextcloudNamespace, "creation_time")) {
            files.set_created(context.path, std::atoll(property.value.c_str()));
        } else if (property.is(kOwnCloudNamespace, "favorite")) {
            files.set_favorite(context.path, property.value == "1" || property.value == "true");
        }
        found.push_back({property, ""});
    }
    return multistatus(propfind_response(href_encode("/remote.php/dav/files/" + context.shown(context.path)), found));
}

} // namespace passerelle::fakes
