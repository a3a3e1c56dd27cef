// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/share_handlers.hpp"

#include "tests/fakes/name_rules.hpp"
#include "tests/fakes/ocs_handlers.hpp"
#include "tests/fakes/php_json.hpp"

#include <algorithm>

namespace passerelle::fakes {
namespace {

using Json = nlohmann::ordered_json;

constexpr unsigned kRead = 1;
constexpr unsigned kCreateAndDelete = 4 | 8;
constexpr unsigned kShare = 16;
constexpr unsigned kAll = 31;

/// A file or folder as somebody reaches it. A value; the owner outlives it.
struct Reached {
    UserSpace* owner = nullptr;
    std::string path; ///< in the owner's files
    Node node;
    unsigned permissions = kAll;
};

std::string value(const std::map<std::string, std::string>& fields, const char* name) {
    const auto found = fields.find(name);
    return found == fields.end() ? "" : found->second;
}

/// The double's accounts are French, and messages come in the account's language unless the request forces another.
HttpResponse refuse(const ShareContext& context, int status, const std::string& english, const std::string& french) {
    return ocs_failure(status, status, value(context.query, "forceLanguage") == "en" ? english : french);
}

HttpResponse wrong_path(const ShareContext& context) {
    return refuse(context, 404, "Wrong path, file/folder does not exist",
                  "Chemin incorrect, le fichier/dossier n'existe pas");
}

HttpResponse wrong_id(const ShareContext& context) {
    return refuse(context, 404, "Wrong share ID, share does not exist",
                  "ID de partage erroné, ce partage n'existe pas");
}

std::optional<Reached> reach(const ShareContext& context, const std::string& sent_path) {
    std::string path = normalise(sent_path);
    path.erase(0, path.find_first_not_of('/'));
    Reached reached{&context.find_user(context.user), path, {}, kAll};
    if (const auto inside = through_mount(mounts_of(context.shares, context.find_user, context.user), path))
        reached = {inside->first.owner, inside->second, {}, inside->first.permissions};
    const auto node = reached.owner->files.find(reached.path);
    if (!node) return std::nullopt;
    reached.node = *node;
    return reached;
}

/// The share's path as the asking user sees it.
std::string path_for(const ShareContext& context, const ShareRecord& share) {
    const auto path = context.find_user(share.owner).files.path_of(share.file_id).value_or("");
    if (share.owner == context.user) return "/" + path;
    for (const Mount& mount : mounts_of(context.shares, context.find_user, context.user))
        if (mount.owner->id == share.owner && is_within(path, mount.path))
            return "/" + mount.name + path.substr(mount.path.size());
    return "";
}

Json json_of(const ShareContext& context, const ShareRecord& share) {
    const auto& files = context.find_user(share.owner).files;
    const auto path = files.path_of(share.file_id);
    const auto node = path ? files.find(*path) : std::nullopt;
    const bool link = share.type == ShareRecord::kLink;
    Json json = {{"id", std::to_string(share.id)},
                 {"share_type", share.type},
                 {"uid_owner", share.by},
                 {"displayname_owner", share.by},
                 {"permissions", share.permissions},
                 {"can_edit", share.by == context.user},
                 {"can_delete", true},
                 {"stime", 1795399123},
                 {"parent", nullptr},
                 {"expiration", share.expiration.empty() ? Json() : Json(share.expiration)},
                 {"token", link ? Json("token" + std::to_string(share.id)) : Json()},
                 {"uid_file_owner", share.owner},
                 {"note", share.note},
                 {"label", ""},
                 {"path", path_for(context, share)},
                 {"item_type", node && node->folder ? "folder" : "file"},
                 {"item_source", share.file_id},
                 {"file_source", share.file_id},
                 {"share_with", link ? Json() : Json(share.with)},
                 {"share_with_displayname", link ? "(Shared link)" : share.with},
                 {"mail_send", 0},
                 {"hide_download", 0},
                 {"attributes", share.attributes ? Json(*share.attributes) : Json()}};
    if (link) json["url"] = "http://127.0.0.1/s/token" + std::to_string(share.id);
    return json;
}

HttpResponse shares_answer(const ShareContext& context, const std::vector<ShareRecord>& shares) {
    Json list = Json::array();
    for (const ShareRecord& share : shares)
        list.push_back(json_of(context, share));
    return ocs_data(php_json(list));
}

HttpResponse list(const ShareContext& context) {
    auto shares = context.shares.all();
    // What was shared goes with its file.
    std::erase_if(
        shares, [&](const ShareRecord& share) { return !context.find_user(share.owner).files.path_of(share.file_id); });
    if (value(context.query, "shared_with_me") == "true") {
        std::erase_if(shares, [&](const ShareRecord& share) { return !context.shares.receives(share, context.user); });
        return shares_answer(context, shares);
    }
    const bool others = value(context.query, "reshares") == "true";
    std::erase_if(shares, [&](const ShareRecord& share) {
        return share.by != context.user && !(others && share.owner == context.user);
    });
    if (!context.query.contains("path")) return shares_answer(context, shares);
    const auto reached = reach(context, value(context.query, "path"));
    if (!reached) return wrong_path(context);
    std::erase_if(shares, [&](const ShareRecord& share) {
        return share.owner != reached->owner->id || share.file_id != reached->node.file_id;
    });
    return shares_answer(context, shares);
}

bool is_account(const ShareContext& context, const std::string& id) {
    return std::find(context.users.begin(), context.users.end(), id) != context.users.end();
}

/// Whom the share is for; 404 or 403 where it cannot be.
std::optional<HttpResponse> refuse_receiver(const ShareContext& context, const ShareRecord& share) {
    if (share.type == ShareRecord::kUser) {
        const bool address = share.with.ends_with("@" + context.release.mail_domain) &&
                             is_account(context, share.with.substr(0, share.with.find('@')));
        if (!is_account(context, share.with) && !(address && context.release.takes_address_for_account))
            return refuse(context, 404, "Please specify a valid " + context.release.word_for_account + " to share with",
                          "Merci de spécifier un compte valide pour le partage");
        if (share.with == context.user)
            return refuse(context, 403, "Cannot share with yourself", "Vous ne pouvez pas partager avec vous-même");
    }
    if (share.type == ShareRecord::kGroup) {
        const auto groups = context.shares.groups();
        if (std::find(groups.begin(), groups.end(), share.with) == groups.end())
            return refuse(context, 404, "Please specify a valid group", "Veuillez entrer un groupe valide");
    }
    return std::nullopt;
}

/// "Dossier", or "Dossier (2)" where the receiver has one already.
std::string free_name(const ShareContext& context, const std::string& receiver, const std::string& name) {
    const auto mounts = mounts_of(context.shares, context.find_user, receiver);
    const auto taken = [&](const std::string& candidate) {
        return context.find_user(receiver).files.find(candidate).has_value() ||
               std::any_of(mounts.begin(), mounts.end(), [&](const Mount& one) { return one.name == candidate; });
    };
    const auto dot = name.rfind('.') == 0 ? name.npos : name.rfind('.');
    const std::string stem = name.substr(0, dot);
    const std::string extension = dot == name.npos ? "" : name.substr(dot);
    std::string candidate = name;
    for (int number = 2; taken(candidate); ++number)
        candidate = stem + " (" + std::to_string(number) + ")" + extension;
    return candidate;
}

/// An attribute with the member of another release is stored without its value.
std::optional<std::string> stored_attributes(const ShareContext& context) {
    const std::string sent = value(context.form, "attributes");
    if (sent.empty()) return std::nullopt;
    const Json attributes = Json::parse(sent, nullptr, false);
    if (!attributes.is_array()) return std::nullopt;
    Json stored = Json::array();
    for (const auto& one : attributes) {
        const char* key = context.release.attribute_key;
        stored.push_back({{"scope", one.value("scope", "")},
                          {"key", one.value("key", "")},
                          {key, one.contains(key) ? one.at(key) : Json()}});
    }
    return stored.dump();
}

std::string stored_date(const ShareContext& context) {
    const std::string date = value(context.form, "expireDate");
    return date.empty() ? "" : date + (context.release.date_ends_the_day ? " 23:59:59" : " 00:00:00");
}

/// The same path shared with the same receiver.
std::optional<ShareRecord> existing(const ShareContext& context, const ShareRecord& wanted) {
    for (const ShareRecord& share : context.shares.all())
        if (share.type == wanted.type && share.with == wanted.with && share.owner == wanted.owner &&
            share.file_id == wanted.file_id)
            return share;
    return std::nullopt;
}

unsigned stored_permissions(const ShareRecord& share, bool folder, unsigned permissions) {
    if (share.type == ShareRecord::kLink || share.type == ShareRecord::kEmail) return permissions | kShare;
    return (permissions | kRead) & ~(folder ? 0U : kCreateAndDelete);
}

std::optional<HttpResponse> refuse_sharing(const ShareContext& context, const Reached& reached, unsigned permissions) {
    const std::string name = name_of(reached.path);
    if (!(reached.permissions & kShare))
        return refuse(context, 404, "You are not allowed to share " + name,
                      "Vous n’êtes pas autorisé à partager " + name);
    if (permissions & ~reached.permissions)
        return refuse(context, 404, "Cannot increase permissions of " + name,
                      "Impossible d'augmenter les permissions de " + name);
    return std::nullopt;
}

ShareRecord wanted_of(const ShareContext& context, const Reached& reached) {
    ShareRecord share;
    share.type = std::atoi(value(context.form, "shareType").c_str());
    share.with = value(context.form, "shareWith");
    share.by = context.user;
    share.owner = reached.owner->id;
    share.file_id = reached.node.file_id;
    share.permissions = stored_permissions(
        share, reached.node.folder, static_cast<unsigned>(std::atoi(value(context.form, "permissions").c_str())));
    share.expiration = stored_date(context);
    share.note = value(context.form, "note");
    share.attributes = stored_attributes(context);
    return share;
}

HttpResponse create(const ShareContext& context) {
    if (!context.release.limits_shares || context.shares.take_attempt(context.user)) return create_share(context);
    HttpResponse refused;
    refused.status = 429;
    return refused.set("Content-Type", "text/html; charset=UTF-8");
}

HttpResponse change(const ShareContext& context, ShareRecord share) {
    if (share.by != context.user && share.owner != context.user)
        return refuse(context, 403, "You are not allowed to edit incoming shares",
                      "Vous n'êtes pas autorisé à modifier les partages entrants");
    const auto& files = context.find_user(share.owner).files;
    const bool folder = files.is_folder(files.path_of(share.file_id).value_or(""));
    if (context.form.contains("permissions"))
        share.permissions = stored_permissions(
            share, folder, static_cast<unsigned>(std::atoi(value(context.form, "permissions").c_str())));
    if (context.form.contains("expireDate")) share.expiration = stored_date(context);
    if (context.form.contains("note")) share.note = value(context.form, "note");
    if (context.form.contains("attributes")) share.attributes = stored_attributes(context);
    context.shares.change(share);
    return ocs_data(php_json(json_of(context, share)));
}

} // namespace

HttpResponse create_share(const ShareContext& context) {
    const auto reached = reach(context, value(context.form, "path"));
    if (!reached) return wrong_path(context);
    ShareRecord share = wanted_of(context, *reached);
    if (auto refusal = refuse_receiver(context, share)) return *refusal;
    if (auto refusal = refuse_sharing(context, *reached, share.permissions)) return *refusal;
    const auto known = share.type == ShareRecord::kLink ? std::nullopt : existing(context, share);
    if (known && share.type == ShareRecord::kEmail) return ocs_failure(403, 403, "Failed to create share.");
    if (known) return ocs_data(php_json(json_of(context, *known)));
    for (const std::string& receiver : context.users)
        if (context.shares.receives(share, receiver))
            share.names[receiver] = free_name(context, receiver, name_of(reached->path));
    share.id = context.shares.add(share);
    return ocs_data(php_json(json_of(context, share)));
}

std::optional<HttpResponse> share_there(const ShareContext& context) {
    const auto reached = reach(context, value(context.form, "path"));
    const auto known = reached ? existing(context, wanted_of(context, *reached)) : std::nullopt;
    if (!known) return std::nullopt;
    return ocs_data(php_json(json_of(context, *known)));
}

HttpResponse handle_shares(const ShareContext& context, const std::string& id) {
    const std::string& method = context.request.method;
    if (id.empty()) return method == "POST" ? create(context) : list(context);
    const auto share = context.shares.find(std::atoll(id.c_str()));
    const bool received = share && context.shares.receives(*share, context.user);
    if (!share || (share->by != context.user && share->owner != context.user && !received)) return wrong_id(context);
    if (method == "GET") return shares_answer(context, {*share});
    if (method == "PUT") return change(context, *share);
    if (received) {
        context.shares.leave(share->id, context.user);
    } else {
        context.shares.remove(share->id);
    }
    return ocs_success();
}

} // namespace passerelle::fakes
