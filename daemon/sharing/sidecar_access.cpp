// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/access_readers.hpp"

#include "core/reason_codes.hpp"
#include "daemon/sharing/json.hpp"
#include "daemon/sharing/paths.hpp"
#include "daemon/sharing/text.hpp"
#include "daemon/sharing/words.hpp"

#include <algorithm>

namespace passerelle::sharing {
namespace {

constexpr std::size_t kMaxJsonBytes = std::size_t{1} << 20; // as sources reads them
constexpr std::size_t kMaxPermissions = 2000;               // Drive allows 600 on an item

/// Drive's names of the roles; "commenter" also stands among the additional roles of a reader.
std::optional<Right> right_of(const nlohmann::json& permission) {
    const auto role = lower_ascii(text_of(permission, "role"));
    if (role == "owner" || role == "organizer" || role == "fileorganizer") return Right::manage;
    if (role == "writer") return Right::edit;
    if (role == "commenter") return Right::comment;
    if (role != "reader") return std::nullopt;
    const auto& more = list_of(permission, "additional_roles");
    const bool comments = std::ranges::any_of(more, [](const nlohmann::json& text) { return text == "commenter"; });
    return comments ? Right::comment : Right::view;
}

std::optional<Principal> principal_of(const nlohmann::json& permission) {
    const auto type = text_of(permission, "type");
    const auto email = text_of(permission, "email_address");
    const auto name = text_of(permission, "name");
    Principal principal;
    if (type == "user")
        principal = user(email, name);
    else if (type == "group")
        principal = group(name, email);
    else if (type == "domain")
        principal = domain(text_of(permission, "domain").empty() ? name : text_of(permission, "domain"));
    else if (type == "anyone") // an export that says nothing of the link means the less visible of the two
        return Principal{
            flag_of(permission, "with_link", true) ? PrincipalKind::anyone_with_link : PrincipalKind::anyone, {}, {}};
    if (principal.email.empty() && principal.name.empty()) return std::nullopt;
    return principal;
}

/// For a message about a permission that names nobody.
std::string kind_of(const nlohmann::json& permission) {
    const auto type = text_of(permission, "type");
    return type.empty() ? "?" : type;
}

class Reader {
  public:
    explicit Reader(AccessList& list) : list_(list) {}

    void read(const nlohmann::json& permission, bool viewers_can_download) {
        const auto principal = principal_of(permission);
        if (!principal) return problem(codes::share_principal_unknown, "value", kind_of(permission));
        if (flag_of(permission, "deleted")) return problem(codes::share_account_deleted, "who", shown(*principal));
        const auto right = right_of(permission);
        if (!right) return problem(codes::share_role_unknown, "who", shown(*principal), text_of(permission, "role"));
        Access access{*principal, *right};
        // Drive forbids the download to readers and commenters only.
        access.may_download = viewers_can_download || *right >= Right::edit;
        for (const char* member : {"expiration_date", "expiration_time", "expirationTime"})
            if (!access.expires) access.expires = day_from(text_of(permission, member));
        list_.nodes.back().accesses.push_back(std::move(access));
    }

    void problem(std::string_view code, std::string name = {}, std::string_view value = {},
                 std::string_view role = {}) {
        std::vector<Reason::Parameter> parameters{{"path", list_.nodes.back().path}};
        if (!name.empty()) parameters.emplace_back(std::move(name), cleaned(value, 200));
        if (code == codes::share_role_unknown) parameters.emplace_back("role", cleaned(role, 50));
        list_.problems.emplace_back(code, std::move(parameters));
    }

  private:
    AccessList& list_;
};

} // namespace

AccessList read_sidecar_access(std::string_view json, std::string_view path, bool is_folder) {
    AccessList list;
    list.nodes.push_back({plain_path(path), is_folder, false});
    if (json.empty()) return list;
    Reader reader(list);
    const auto document = parse_bounded_json(json, kMaxJsonBytes);
    if (!document || !document->is_object() || !document->contains("permissions") ||
        !document->at("permissions").is_array()) {
        // Nobody, and not as the folder above: the item may have been shared with fewer people.
        list.nodes.back().complete = true;
        reader.problem(codes::share_sidecar_unreadable);
        return list;
    }
    list.nodes.back().complete = true;
    std::size_t count = 0;
    for (const auto& permission : document->at("permissions")) {
        if (++count > kMaxPermissions) {
            reader.problem(codes::share_too_many_people, "count", std::to_string(kMaxPermissions));
            break;
        }
        reader.read(permission, flag_of(*document, "viewers_can_download", true));
    }
    return list;
}

} // namespace passerelle::sharing
