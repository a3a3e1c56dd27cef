// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/share_wire.hpp"

#include "client/http/url.hpp"
#include "client/ocs/share_json.hpp"
#include "core/reason_codes.hpp"

#include <charconv>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace passerelle::ocs {
namespace {

std::string id_of(const Json& value) {
    if (const auto number = number_of(value)) return std::to_string(*number);
    return text_of(value);
}

ShareType type_of(const Json& value) {
    switch (number_of(value).value_or(-1)) {
    case 0:
        return ShareType::user;
    case 1:
        return ShareType::group;
    case 3:
        return ShareType::link;
    case 4:
        return ShareType::email;
    case 6:
        return ShareType::federated;
    case 7:
        return ShareType::team;
    default:
        return ShareType::other;
    }
}

std::optional<int> digits(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// "2030-01-02 23:59:59" on 34, with 00:00:00 before.
std::optional<std::chrono::year_month_day> date_of(const Json& value) {
    const std::string text = text_of(value);
    if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(std::string_view(text).substr(0, 4));
    const auto month = digits(std::string_view(text).substr(5, 2));
    const auto day = digits(std::string_view(text).substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    return date.ok() ? std::optional(date) : std::nullopt;
}

/// `attributes` is JSON within a string: "[{\"scope\":\"permissions\",\"key\":\"download\",\"value\":false}]", or null.
bool download_allowed(const Json& value) {
    const auto attributes = parse_json(text_of(value));
    if (!attributes || !attributes->is_array()) return true;
    for (const Json& one : *attributes) {
        if (text_of(at(one, {"scope"})) != "permissions" || text_of(at(one, {"key"})) != "download") continue;
        for (const char* key : {"value", "enabled"})
            if (at(one, {key}).is_boolean()) return truth_of(at(one, {key}));
    }
    return true;
}

std::string without_slashes(std::string path) {
    path.erase(0, path.find_first_not_of('/'));
    while (path.ends_with('/'))
        path.pop_back();
    return path;
}

/// name=value&…, in the order they were added.
class Form {
  public:
    void add(std::string_view name, std::string_view value) {
        if (!text_.empty()) text_ += '&';
        text_ += fmt::format("{}={}", name, http::percent_encode(value));
    }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string text_;
};

std::string download_attribute(std::string_view key, bool allowed) {
    return fmt::format(R"([{{"scope":"permissions","key":"download","{}":{}}}])", key, allowed);
}

} // namespace

std::optional<Share> share_of(const Json& data) {
    Share share;
    share.id = id_of(at(data, {"id"}));
    const auto permissions = number_of(at(data, {"permissions"}));
    if (share.id.empty() || !permissions || *permissions < 0 || *permissions > permission::kAll) return std::nullopt;
    share.type = type_of(at(data, {"share_type"}));
    share.share_with = text_of(at(data, {"share_with"}));
    share.display_name = text_of(at(data, {"share_with_displayname"}));
    share.permissions = static_cast<unsigned>(*permissions);
    share.path = without_slashes(text_of(at(data, {"path"})));
    share.folder = text_of(at(data, {"item_type"})) == "folder";
    share.owner = text_of(at(data, {"uid_owner"}));
    share.expires = date_of(at(data, {"expiration"}));
    share.note = text_of(at(data, {"note"}));
    share.download_allowed = download_allowed(at(data, {"attributes"}));
    share.url = text_of(at(data, {"url"}));
    return share;
}

std::string iso_date(const std::chrono::year_month_day& date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::optional<Error> known_refusal(int status, const std::string& message, const NewShare& share) {
    if (status != 404) return std::nullopt;
    if (message.starts_with("Wrong path"))
        return Error(ErrorKind::item, codes::share_path_missing, share.path, {{"path", share.path}});
    // "… a valid account to share with" ("user" on 28), "… a valid group", "… a valid team"
    if (message.starts_with("Please specify a valid "))
        return Error(ErrorKind::item, codes::share_unknown_account, message, {{"who", share.share_with}});
    return std::nullopt;
}

unsigned comparable_permissions(ShareType type, bool folder, unsigned permissions) {
    if (type == ShareType::link || type == ShareType::email) permissions &= ~permission::kShare;
    if (!folder) permissions &= ~(permission::kCreate | permission::kDelete);
    return permissions;
}

std::string form_of(const NewShare& share, std::string_view attribute_key) {
    Form form;
    form.add("path", "/" + share.path);
    form.add("shareType", std::to_string(static_cast<int>(share.type)));
    if (!share.share_with.empty()) form.add("shareWith", share.share_with);
    form.add("permissions", std::to_string(share.permissions));
    // An empty date is no default date either.
    form.add("expireDate", share.expires ? iso_date(*share.expires) : "");
    if (!share.note.empty()) form.add("note", share.note);
    if (!share.download_allowed) form.add("attributes", download_attribute(attribute_key, false));
    // Left out, it means that people are written to.
    form.add("sendMail", share.notify ? "true" : "false");
    return form.text();
}

std::string form_of(const ShareChange& change, std::string_view attribute_key) {
    Form form;
    if (change.permissions) form.add("permissions", std::to_string(*change.permissions));
    if (change.expires || change.never_expires) form.add("expireDate", change.expires ? iso_date(*change.expires) : "");
    if (change.note) form.add("note", *change.note);
    if (change.download_allowed) form.add("attributes", download_attribute(attribute_key, *change.download_allowed));
    return form.text();
}

Result<Share> parse_share(std::string_view text) {
    const auto root = parse_json(text);
    const auto share = root ? share_of(at(*root, {"ocs", "data"})) : std::nullopt;
    if (!share) return bad_answer("no share");
    return *share;
}

Result<std::vector<Share>> parse_shares(std::string_view text) {
    const auto root = parse_json(text);
    if (!root || !at(*root, {"ocs", "data"}).is_array()) return bad_answer("no list of shares");
    std::vector<Share> shares;
    for (const Json& element : at(*root, {"ocs", "data"})) {
        auto share = share_of(element);
        if (!share) return bad_answer("a share without id or permissions");
        shares.push_back(std::move(*share));
    }
    return shares;
}

std::optional<std::string> answer_with_share(std::string_view text, std::string_view id) {
    const auto root = parse_json(text);
    if (!root || !at(*root, {"ocs", "data"}).is_array()) return std::nullopt;
    for (const Json& element : at(*root, {"ocs", "data"}))
        if (id_of(at(element, {"id"})) == id)
            return Json{{"ocs", {{"data", element}}}}.dump(-1, ' ', false, Json::error_handler_t::replace);
    return std::nullopt;
}

} // namespace passerelle::ocs
