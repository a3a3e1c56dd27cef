// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/dav_handlers.hpp"

#include "tests/fakes/dav_answer.hpp"
#include "tests/fakes/name_rules.hpp"
#include "tests/fakes/share_register.hpp"

#include <algorithm>
#include <cctype>

namespace passerelle::fakes {
namespace {

std::string quoted(const std::string& etag) {
    return "\"" + etag + "\"";
}

HttpResponse make_folder(const DavContext& context) {
    Tree& files = context.user.files;
    if (files.find(context.path)) return already_exists();
    const auto parent = files.find(parent_of(context.path));
    if (!parent) return conflict("Parent node does not exist");
    if (!parent->folder) return conflict("Parent node is not a collection");
    if (auto refusal = refuse_folder_name(context.release, context.path)) return *refusal;
    return done(201).set("OC-FileId", instance_file_id(files.make_folder(context.path)));
}

std::optional<HttpResponse> refuse_by_if_match(const DavContext& context, const std::optional<Node>& node) {
    const auto wanted = context.request.header("If-Match");
    if (!wanted) return std::nullopt;
    if (!node)
        return precondition_failed("If-Match", "An If-Match header was specified and the resource did not exist");
    if (*wanted == "*" || wanted->find(quoted(node->etag)) != wanted->npos) return std::nullopt;
    auto response =
        precondition_failed("If-Match", "An If-Match header was specified, but none of the specified ETags matched.");
    return response.set("ETag", quoted(node->etag));
}

HttpResponse remove(const DavContext& context) {
    Tree& files = context.user.files;
    if (context.mount && context.path == context.mount->path) {
        if (context.mount->team_folder != 0) return dav_error(403, "Sabre\\DAV\\Exception\\Forbidden", "");
        for (const auto id : context.mount->share_ids)
            context.leave(id);
        return done(204);
    }
    const auto node = files.find(context.path);
    if (auto refusal = refuse_by_if_match(context, node)) return *refusal;
    if (!node) return file_not_found(context.release, context.path);
    if (context.path.empty()) return dav_error(403, "Sabre\\DAV\\Exception\\Forbidden", "");
    files.remove(context.path);
    return done(204);
}

HttpResponse move(const DavContext& context) {
    Tree& files = context.user.files;
    const auto node = files.find(context.path);
    if (auto refusal = refuse_by_if_match(context, node)) return *refusal;
    const auto target = destination_path(context);
    if (auto refusal = refuse_destination(context, target)) return *refusal;
    if (!node) return file_not_found(context.release, context.path);
    if (auto refusal = refuse_file_name(context.release, *target)) return *refusal;
    const bool replaces = files.find(*target).has_value();
    if (replaces) files.remove(*target);
    files.move(context.path, *target);
    return done(replaces ? 204 : 201)
        .set("OC-ETag", quoted(node->etag))
        .set("ETag", quoted(node->etag))
        .set("OC-FileId", instance_file_id(*node));
}

HttpResponse recalculate_hash(const DavContext& context) {
    Tree& files = context.user.files;
    const auto node = files.find(context.path);
    if (!node) return file_not_found(context.release, context.path);
    if (node->folder) return not_implemented("PATCH");
    if (context.request.header("X-Recalculate-Hash") != "sha256") {
        return dav_error(500, "ValueError", "hash_file(): Argument #1 ($algo) must be a valid hashing algorithm");
    }
    const std::string digest =
        context.fault && context.fault->kind == Fault::Kind::wrong_hash ? std::string(64, '0') : node->sha256;
    files.set_checksum(context.path, "SHA256:" + digest);
    return done(204).set("OC-Checksum", "SHA256:" + digest);
}

std::optional<HttpResponse> refuse_put(const DavContext& context, const std::optional<Node>& node) {
    Tree& files = context.user.files;
    if (context.request.header("If-None-Match") == "*" && node) {
        return precondition_failed("If-None-Match",
                                   "An If-None-Match header was specified, but the ETag matched (or * was specified).");
    }
    if (auto refusal = refuse_by_if_match(context, node)) return refusal;
    if (node && node->folder) return conflict("PUT is not allowed on non-files.");
    const std::string folder = parent_of(context.path);
    if (context.release.auto_mkcol && context.request.header("X-NC-WebDAV-Auto-Mkcol") == "1")
        make_parents(files, folder);
    const auto parent = files.find(folder);
    if (!parent) return file_not_found(context.release, folder);
    if (!parent->folder) return not_found("Node with name '" + name_of(folder) + "' could not be found");
    if (!context.user.has_room_for(context.request.body.content->size()))
        return insufficient_storage(context.release, context.path, context.request.body.content->size(),
                                    context.user.free_bytes());
    return refuse_file_name(context.release, context.path);
}

/// "bytes=1-3", "bytes=4-", "bytes=-2" over a file of `size` bytes: first byte and length; nothing when it cannot be
/// satisfied.
std::optional<std::pair<std::uint64_t, std::uint64_t>> byte_range(const std::string& text, std::uint64_t size) {
    const auto dash = text.find('-');
    if (!text.starts_with("bytes=") || dash == text.npos) return std::pair{std::uint64_t{0}, size};
    const std::string first = text.substr(6, dash - 6);
    const std::string last = text.substr(dash + 1);
    if (first.empty()) {
        const std::uint64_t length = std::min<std::uint64_t>(std::stoull(last), size);
        return std::pair{size - length, length};
    }
    const std::uint64_t from = std::stoull(first);
    if (from >= size) return std::nullopt;
    const std::uint64_t to = last.empty() ? size - 1 : std::min<std::uint64_t>(std::stoull(last), size - 1);
    return std::pair{from, to - from + 1};
}

/// A part of another content.
class PartOfContent final : public Content {
  public:
    PartOfContent(const Content& whole, std::uint64_t from, std::uint64_t length) : length_(length) {
        auto bytes = read_all(whole, whole.size());
        if (bytes) part_ = std::make_unique<MemoryContent>(bytes->substr(from, length));
    }
    std::uint64_t size() const override { return length_; }
    Result<std::unique_ptr<ByteReader>> open() const override { return part_->open(); }

  private:
    std::uint64_t length_;
    std::unique_ptr<MemoryContent> part_;
};

/// 403 where the share through which a visitor comes does not allow the method. What makes new things is asked for its
/// parent first, as the server does.
std::optional<HttpResponse> refuse_visitor(const DavContext& context) {
    constexpr unsigned kUpdate = 2;
    constexpr unsigned kCreate = 4;
    constexpr unsigned kDelete = 8;
    if (!context.mount) return std::nullopt;
    const std::string& method = context.request.method;
    const auto node = context.user.files.find(context.path);
    const bool root = context.path == context.mount->path;
    unsigned needed = 0;
    if (method == "PUT") needed = node ? kUpdate : kCreate;
    if (method == "PATCH" || method == "PROPPATCH") needed = kUpdate;
    if (method == "PROPPATCH" && context.mount->team_folder != 0) needed = 0; // its managers set rules
    if (method == "MKCOL" && !node) needed = kCreate;
    if (method == "MOVE" && !root) needed = kUpdate;
    if (method == "DELETE" && !root) needed = kDelete;
    const bool parent_there = root || context.user.files.is_folder(parent_of(context.path));
    const unsigned permissions = context.mount->permissions_at(node || root ? context.path : parent_of(context.path));
    if ((permissions & 1) == 0) return file_not_found(context.release, context.path);
    if (method == "GET" && node && !context.mount->may_download && !context.release.views_without_download)
        return dav_error(403, "Sabre\\DAV\\Exception\\Forbidden",
                         "Access to this resource has been denied because it is in view-only mode.");
    if ((permissions & needed) == needed || !parent_there) return std::nullopt;
    if (!node && needed != kCreate) return std::nullopt; // 404 comes first
    return dav_error(403, "Sabre\\DAV\\Exception\\Forbidden", "");
}

} // namespace

HttpResponse handle_files(const DavContext& context) {
    const std::string& method = context.request.method;
    if (auto refusal = refuse_visitor(context)) return *refusal;
    if (context.release.major >= 32 && method != "MKCOL" &&
        name_flaw(context.release, name_of(context.path)) == NameFlaw::reserved) {
        return *refuse_file_name(context.release, context.path); // not even asking is allowed
    }
    if (method == "PROPFIND") return handle_propfind(context);
    if (method == "PROPPATCH") return handle_proppatch(context);
    if (method == "PUT") return handle_put(context);
    if (method == "GET" || method == "HEAD") return handle_get(context);
    if (method == "MKCOL") return make_folder(context);
    if (method == "DELETE") return remove(context);
    if (method == "MOVE") return move(context);
    if (method == "PATCH") return recalculate_hash(context);
    return not_implemented(method);
}

HttpResponse handle_put(const DavContext& context) {
    const auto node = context.user.files.find(context.path);
    if (auto refusal = refuse_put(context, node)) return *refusal;
    return write_file(context, context.path, context.request.body);
}

HttpResponse handle_get(const DavContext& context) {
    const auto node = context.user.files.find(context.path);
    if (!node) return file_not_found(context.release, context.path);
    if (auto refusal = refuse_by_if_match(context, node)) return *refusal;
    HttpResponse response;
    if (node->folder) {
        response.body = "This is the WebDAV interface. It can only be accessed by WebDAV clients such as the Nextcloud "
                        "desktop sync client.";
        return response.set("Content-Type", "text/html; charset=UTF-8");
    }
    response.set("Content-Type", "application/octet-stream").set("Last-Modified", http_date(node->modified));
    response.set("ETag", quoted(node->etag)).set("OC-ETag", quoted(node->etag));
    response.content = context.user.files.content(context.path);
    const auto wanted = context.request.header("Range");
    if (!wanted) return response;
    const auto range = byte_range(*wanted, node->size);
    if (!range) {
        return dav_error(416, "Sabre\\DAV\\Exception\\RequestedRangeNotSatisfiable",
                         "The start offset exceeded the size of the entity (" + std::to_string(node->size) + ")");
    }
    response.status = 206;
    response.content = std::make_shared<PartOfContent>(*response.content, range->first, range->second);
    return response.set("Content-Range", "bytes " + std::to_string(range->first) + "-" +
                                             std::to_string(range->first + range->second - 1) + "/" +
                                             std::to_string(node->size));
}

std::optional<std::string> destination_path(const DavContext& context) {
    const auto header = context.request.header("Destination");
    if (!header) return std::nullopt;
    const std::string root =
        "/remote.php/dav/files/" + (context.mount ? context.mount->visitor : context.user.id) + "/";
    const std::string decoded = percent_decode(*header);
    const auto start = decoded.find(root);
    if (start == decoded.npos) return std::nullopt;
    std::string path = normalise(decoded.substr(start + root.size()));
    if (!context.mount) return path;
    // Out of one mount into another one or into one's own files is more than the double can.
    const auto there = through_mount({*context.mount}, path);
    return there ? std::optional(there->second) : std::nullopt;
}

std::optional<HttpResponse> refuse_destination(const DavContext& context, const std::optional<std::string>& target) {
    if (!target) return dav_error(400, "Sabre\\DAV\\Exception\\BadRequest", "The destination header was not supplied");
    const Tree& files = context.user.files;
    if (!files.is_folder(parent_of(*target))) return conflict("The destination node is not found");
    if (files.find(*target) && context.request.header("Overwrite") == "F") {
        return precondition_failed("Overwrite",
                                   "The destination node already exists, and the overwrite header is set to false");
    }
    return std::nullopt;
}

std::optional<std::int64_t> accepted_time(const ServerRelease& release, const std::string& text) {
    // A fraction is taken and cut off.
    const std::string whole = text.substr(0, text.find('.'));
    const bool number =
        !whole.empty() && whole.size() < 18 &&
        std::all_of(whole.begin(), whole.end(), [](unsigned char digit) { return std::isdigit(digit); });
    if (!number) return std::nullopt;
    const std::int64_t time = std::stoll(whole);
    if (time < release.min_mtime) return std::nullopt;
    return time;
}

HttpResponse write_file(const DavContext& context, const std::string& path, const ReceivedBody& body) {
    Tree& files = context.user.files;
    const bool existed = files.find(path).has_value();
    ReceivedBody stored = body;
    if (context.fault && context.fault->kind == Fault::Kind::store_other_bytes) {
        std::string bytes = read_all(*body.content, body.content->size()).value();
        if (bytes.empty()) {
            bytes = "?";
        } else {
            bytes.front() ^= 1;
        }
        stored = body_of(std::move(bytes));
    }
    files.write(path, stored);

    HttpResponse response = done(existed ? 204 : 201);
    const auto wanted_hash = context.request.header("X-Hash");
    if (wanted_hash == "sha256" || wanted_hash == "all") {
        const bool lie = context.fault && context.fault->kind == Fault::Kind::wrong_hash;
        response.set("X-Hash-SHA256", lie ? std::string(64, '0') : stored.sha256);
    }
    if (wanted_hash == "md5" || wanted_hash == "all") response.set("X-Hash-MD5", stored.md5);
    if (const auto header = context.request.header("X-OC-MTime")) {
        const auto time = accepted_time(context.release, *header);
        if (!time) return invalid_mtime(context.release, *header);
        files.touch(path, *time);
        response.set("X-OC-MTime", "accepted");
    }
    if (const auto header = context.request.header("X-OC-CTime")) {
        const auto time = accepted_time(context.release, *header);
        if (!time) return invalid_mtime(context.release, *header);
        files.set_created(path, *time);
        response.set("X-OC-CTime", "accepted");
    }
    if (const auto checksum = context.request.header("OC-Checksum")) files.set_checksum(path, *checksum);
    const Node node = *files.find(path);
    response.set("OC-FileId", instance_file_id(node)).set("ETag", quoted(node.etag)).set("OC-ETag", quoted(node.etag));
    if (context.release.owner_headers && context.request.method == "PUT") {
        response.set("X-NC-OwnerId", context.user.id).set("X-NC-Permissions", "RGDNVW");
    }
    return response;
}

} // namespace passerelle::fakes
