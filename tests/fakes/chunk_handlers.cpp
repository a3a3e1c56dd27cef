// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/dav_answer.hpp"
#include "tests/fakes/dav_handlers.hpp"
#include "tests/fakes/name_rules.hpp"

#include <algorithm>
#include <array>

namespace passerelle::fakes {
namespace {

HttpResponse bad_request(const std::string& message) {
    return dav_error(400, "Sabre\\DAV\\Exception\\BadRequest", message);
}

HttpResponse forbidden(const std::string& name) {
    return dav_error(403, "Sabre\\DAV\\Exception\\Forbidden",
                     "Permission denied to create file (filename " + name + ")");
}

bool is_upload(const std::string& path) {
    return !path.empty() && path.find('/') == path.npos;
}

HttpResponse start_upload(const DavContext& context) {
    Tree& uploads = context.user.uploads;
    if (!is_upload(context.path)) return forbidden(name_of(context.path));
    if (uploads.find(context.path)) return already_exists();
    uploads.make_folder(context.path);
    return done(201);
}

HttpResponse put_chunk(const DavContext& context) {
    Tree& uploads = context.user.uploads;
    const std::string upload = parent_of(context.path);
    if (is_upload(context.path)) return forbidden(context.path);
    if (!uploads.is_folder(upload)) return file_not_found(context.release, upload);
    const auto total = context.request.header("OC-Total-Length");
    const bool existed = uploads.find(context.path).has_value();
    const auto target = destination_path(context);
    const bool counts = context.release.checks_quota_of_chunks && !existed && target && total;
    if (counts && !context.user.has_room_for(std::stoull(*total))) {
        return insufficient_storage(context.release, parent_of(*target), std::stoull(*total),
                                    context.user.free_bytes());
    }
    const Node chunk = uploads.write(context.path, context.request.body);
    if (!existed) return done(201);
    return done(204).set("ETag", "\"" + chunk.etag + "\"").set("OC-ETag", "\"" + chunk.etag + "\"");
}

/// The server joins chunks in the natural order of their names; for names of digits that is the order of the numbers.
bool comes_before(const std::string& left, const std::string& right) {
    const std::string a = left.substr(std::min(left.find_first_not_of('0'), left.size()));
    const std::string b = right.substr(std::min(right.find_first_not_of('0'), right.size()));
    return a.size() != b.size() ? a.size() < b.size() : a < b;
}

ReceivedBody assemble(UserSpace& user, const std::string& upload) {
    auto chunks = user.uploads.list(upload);
    std::sort(chunks.begin(), chunks.end(),
              [](const auto& left, const auto& right) { return comes_before(left.first, right.first); });
    BodySink sink(user.files.draft());
    std::vector<std::byte> block(1 << 16);
    for (const auto& [name, chunk] : chunks) {
        auto reader = user.uploads.content(upload + "/" + name)->open();
        for (std::size_t count = 1; count > 0;) {
            count = (*reader)->read(block).value();
            sink.write(std::span(block).first(count));
        }
    }
    return sink.finish();
}

std::optional<HttpResponse> refuse_assembly(const DavContext& context, const std::string& upload,
                                            const std::string& target) {
    const auto existing = context.user.files.find(target);
    if (existing && existing->folder) return bad_request("The given destination " + target + " is a directory.");
    const std::uint64_t size = context.user.uploads.find(upload)->size;
    const auto total = context.request.header("OC-Total-Length");
    if (total && *total != std::to_string(size)) {
        return bad_request("Chunks on server do not sum up to " + *total + " but to " + std::to_string(size) +
                           " bytes");
    }
    if (!context.user.has_room_for(size)) {
        return insufficient_storage(context.release, parent_of(target), size, context.user.free_bytes());
    }
    return refuse_file_name(context.release, target);
}

/// `If: </remote.php/dav/files/alice/a.txt> (["5f2b…"])`: one resource, and the state that it must be in.
std::optional<HttpResponse> refuse_by_if(const DavContext& context) {
    const auto condition = context.request.header("If");
    if (!condition) return std::nullopt;
    const std::string root = "/remote.php/dav/files/" + context.user.id + "/";
    const std::string uri = percent_decode(condition->substr(0, condition->find('>')));
    const auto start = uri.find(root);
    const auto node = start == uri.npos ? std::nullopt : context.user.files.find(uri.substr(start + root.size()));
    if (node && condition->find("[\"" + node->etag + "\"]") != condition->npos) return std::nullopt;
    return precondition_failed("If", "None of the tokens provided in the If: header matched");
}

HttpResponse finish_upload(const DavContext& context) {
    if (auto refusal = refuse_by_if(context)) return *refusal;
    const auto target = destination_path(context);
    if (auto refusal = refuse_destination(context, target)) return *refusal;
    const std::string upload = parent_of(context.path);
    if (!context.user.uploads.is_folder(upload)) return file_not_found(context.release, upload);
    if (name_of(context.path) != ".file") return forbidden(name_of(context.path));
    if (auto refusal = refuse_assembly(context, upload, *target)) return *refusal;
    HttpResponse response = write_file(context, *target, assemble(context.user, upload));
    if (response.status < 300) context.user.uploads.remove(upload);
    return response;
}

HttpResponse list_upload(const DavContext& context) {
    auto wanted = parse_properties(context.request.text());
    if (wanted && wanted->empty()) wanted = {{kDavNamespace, "getlastmodified"}, {kDavNamespace, "resourcetype"}};
    if (!wanted) return bad_request("Couldn't find end of Start Tag");
    const Tree& uploads = context.user.uploads;
    const auto node = uploads.find(context.path);
    if (!node) return file_not_found(context.release, context.path);
    const bool deep = context.request.header("Depth").value_or("1") != "0";
    if (context.path.empty() && deep && !context.release.lists_upload_home) {
        return dav_error(405, "Sabre\\DAV\\Exception\\MethodNotAllowed",
                         "Listing members of this collection is disabled");
    }
    const auto response = [&](const std::string& name, bool folder, std::uint64_t size) {
        std::vector<FoundProperty> found;
        for (const auto& property : *wanted) {
            std::optional<std::string> xml;
            if (property.is(kDavNamespace, "resourcetype")) xml = folder ? "<d:collection/>" : "";
            if (property.is(kDavNamespace, "getcontentlength") && !folder) xml = std::to_string(size);
            if (property.is(kDavNamespace, "getetag") && !folder) xml = "&quot;" + node->etag + "&quot;";
            if (property.is(kDavNamespace, "getlastmodified")) xml = http_date(node->modified);
            found.push_back({property, std::move(xml)});
        }
        const std::string path = "/remote.php/dav/uploads/" + context.user.id + "/" + context.path;
        const std::string slash = context.path.empty() || path.ends_with('/') ? "" : "/";
        return propfind_response(href_encode(path + slash + name + (folder && !name.empty() ? "/" : "")), found);
    };
    std::string responses = response("", node->folder, node->size); // a chunk can be asked about alone
    if (deep && !context.path.empty()) responses += response(".file", false, node->size);
    if (deep) {
        for (const auto& [name, child] : uploads.list(context.path))
            responses += response(name, child.folder, child.size);
    }
    return multistatus(responses);
}

HttpResponse drop_upload(const DavContext& context) {
    if (!context.user.uploads.find(context.path)) return file_not_found(context.release, context.path);
    if (context.path.empty()) return dav_error(403, "Sabre\\DAV\\Exception\\Forbidden", "");
    context.user.uploads.remove(context.path);
    return done(204);
}

} // namespace

HttpResponse handle_uploads(const DavContext& context) {
    const std::string& method = context.request.method;
    if (method == "MKCOL") return start_upload(context);
    if (method == "PUT") return put_chunk(context);
    if (method == "MOVE") return finish_upload(context);
    if (method == "PROPFIND") return list_upload(context);
    if (method == "DELETE") return drop_upload(context);
    return not_implemented(method);
}

} // namespace passerelle::fakes
