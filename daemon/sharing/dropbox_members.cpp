// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/sharing/access_readers.hpp"
#include "daemon/sharing/json.hpp"
#include "daemon/sharing/paths.hpp"
#include "daemon/sharing/text.hpp"
#include "daemon/sharing/words.hpp"

namespace passerelle::sharing {
namespace {

constexpr std::size_t kMaxJsonBytes = std::size_t{16} << 20;
constexpr std::size_t kMaxMembers = 20'000; // a large team's folder has some thousands

const nlohmann::json& member_of(const nlohmann::json& object, const char* member) {
    static const nlohmann::json nothing;
    if (!object.is_object()) return nothing;
    const auto at = object.find(member);
    return at == object.end() ? nothing : *at;
}

class Reader {
  public:
    explicit Reader(AccessList& list) : list_(list) {}

    void read_page(const nlohmann::json& page) {
        for (const auto& entry : list_of(page, "users")) {
            const auto& person = member_of(entry, "user");
            add(entry, user(text_of(person, "email"), text_of(person, "display_name")));
        }
        for (const auto& entry : list_of(page, "groups"))
            add(entry, group(text_of(member_of(entry, "group"), "group_name")));
        for (const auto& entry : list_of(page, "invitees")) // asked, and not there yet
            add(entry, user(text_of(member_of(entry, "invitee"), "email")));
    }

  private:
    void problem(std::string_view code, std::vector<Reason::Parameter> more) {
        more.emplace_back("path", list_.nodes.back().path);
        list_.problems.emplace_back(code, std::move(more));
    }

    void add(const nlohmann::json& entry, const Principal& principal) {
        auto& accesses = list_.nodes.back().accesses;
        if (accesses.size() == kMaxMembers) {
            if (!full_) problem(codes::share_too_many_people, {{"count", std::to_string(kMaxMembers)}});
            full_ = true;
            return;
        }
        if (principal.email.empty() && principal.name.empty())
            return problem(codes::share_principal_unknown, {{"value", "?"}});
        const auto& type = member_of(entry, "access_type");
        const auto word = type.is_string() ? type.get<std::string>() : text_of(type, ".tag");
        const auto right = right_from(word);
        if (!right) return problem(codes::share_role_unknown, {{"who", shown(principal)}, {"role", cleaned(word, 50)}});
        if (*right == Right::none) return; // traverse, no_access: sees the folder's name on the way to another
        accesses.push_back({principal, *right});
    }

    AccessList& list_;
    bool full_ = false;
};

} // namespace

AccessList read_dropbox_members(std::string_view json, std::string_view path) {
    AccessList list;
    list.nodes.push_back({plain_path(path), true, true});
    const auto document = parse_bounded_json(json, kMaxJsonBytes);
    const auto is_answer = [](const nlohmann::json& page) {
        return page.is_object() && (page.contains("users") || page.contains("groups") || page.contains("invitees"));
    };
    Reader reader(list);
    bool understood = document.has_value();
    if (understood && document->is_array()) {
        for (const auto& page : *document)
            understood = understood && is_answer(page);
        understood = understood && !document->empty();
    } else if (understood) {
        understood = is_answer(*document);
    }
    if (!understood) {
        list.problems.emplace_back(codes::share_members_unreadable,
                                   std::vector<Reason::Parameter>{{"path", list.nodes.back().path}});
        return list;
    }
    if (document->is_array())
        for (const auto& page : *document)
            reader.read_page(page);
    else
        reader.read_page(*document);
    return list;
}

} // namespace passerelle::sharing
