// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/access.hpp"

#include "daemon/sharing/text.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace passerelle::sharing {
namespace {

constexpr std::size_t kMaxNameBytes = 500;
constexpr std::size_t kMaxEmailBytes = 320; // RFC 3696: 64 before the '@', 255 after it

/// Angle brackets mark an address where a table names a person, so a name has none.
std::string name_from(std::string_view text) {
    auto name = cleaned(text, kMaxNameBytes);
    std::ranges::replace(name, '<', '(');
    std::ranges::replace(name, '>', ')');
    return name;
}

std::string email_from(std::string_view text) {
    auto email = lower_ascii(cleaned(text, kMaxEmailBytes + 1));
    return is_email(email) ? email : std::string();
}

} // namespace

std::uint32_t nextcloud_permissions(Right right, bool is_folder) {
    using namespace permission;
    std::uint32_t bits = 0;
    if (right >= Right::view) bits |= kRead;
    if (right >= Right::edit) bits |= is_folder ? kUpdate | kCreate | kDelete : kUpdate;
    if (right >= Right::manage) bits |= kShare;
    return bits;
}

std::string identity_of(const Principal& principal) {
    const auto& text = principal.email.empty() ? folded(principal.name) : lower_ascii(principal.email);
    switch (principal.kind) {
    case PrincipalKind::user:
        return (principal.email.empty() ? "person:" : "user:") + text;
    case PrincipalKind::group:
        return (principal.email.empty() ? "group:" : "list:") + text;
    case PrincipalKind::domain:
        return "domain:" + text;
    case PrincipalKind::anyone:
        return "anyone";
    case PrincipalKind::anyone_with_link:
        return "link";
    }
    return {};
}

std::string shown(const Principal& principal) {
    if (principal.email.empty()) return principal.name;
    if (principal.name.empty()) return principal.email;
    return principal.name + " <" + principal.email + ">";
}

std::vector<Principal> principals_of(const std::vector<NodeAccess>& nodes) {
    std::vector<Principal> all;
    std::unordered_map<std::string, std::size_t> known;
    std::unordered_set<Principal, PrincipalHash> seen; // exports repeat the same on every file
    for (const auto& node : nodes)
        for (const auto& access : node.accesses) {
            if (!seen.insert(access.principal).second) continue;
            const auto [at, fresh] = known.try_emplace(identity_of(access.principal), all.size());
            if (fresh)
                all.push_back(access.principal);
            else if (all[at->second].name.empty())
                all[at->second].name = access.principal.name;
        }
    return all;
}

bool is_email(std::string_view text) {
    const auto at = text.find('@');
    if (text.size() > kMaxEmailBytes || at == std::string_view::npos || at == 0 || at + 1 == text.size()) return false;
    return std::ranges::none_of(text, [](unsigned char c) { return c <= ' ' || c == '<' || c == '>' || c == 0x7f; }) &&
           text.find('@', at + 1) == std::string_view::npos;
}

std::string domain_of(std::string_view email) {
    const auto at = email.rfind('@');
    return at == std::string_view::npos ? std::string() : lower_ascii(email.substr(at + 1));
}

Principal user(std::string_view email, std::string_view name) {
    return {PrincipalKind::user, email_from(email), name_from(name)};
}

Principal group(std::string_view name, std::string_view email) {
    return {PrincipalKind::group, email_from(email), name_from(name)};
}

Principal domain(std::string_view name) {
    return {PrincipalKind::domain, {}, lower_ascii(name_from(name))};
}

} // namespace passerelle::sharing
