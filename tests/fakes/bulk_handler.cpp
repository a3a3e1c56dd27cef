// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/batch_parts.hpp"
#include "tests/fakes/dav_answer.hpp"
#include "tests/fakes/dav_handlers.hpp"
#include "tests/fakes/name_rules.hpp"
#include "tests/fakes/php_json.hpp"
#include "tests/fakes/share_register.hpp"

#include <algorithm>
#include <cctype>

namespace passerelle::fakes {
namespace {

using Answers = nlohmann::ordered_json;

/// Does the part carry a digest that this release looks at, and is it right?
bool digest_agrees(const ServerRelease& release, const BatchPart& part, const ReceivedBody& body) {
    const auto checksum = find_field(part.headers, "OC-Checksum");
    if (release.bulk_takes_checksum && checksum) {
        const auto colon = checksum->find(':');
        std::string algorithm = checksum->substr(0, colon);
        std::transform(algorithm.begin(), algorithm.end(), algorithm.begin(),
                       [](unsigned char letter) { return std::tolower(letter); });
        const std::string digest = colon == checksum->npos ? "" : checksum->substr(colon + 1);
        return (algorithm == "sha256" && digest == body.sha256) || (algorithm == "md5" && digest == body.md5);
    }
    return find_field(part.headers, "X-File-MD5") == body.md5;
}

Answers failed_file(const std::string& message) {
    return {{"error", true}, {"message", message}};
}

/// How the file service complains about a path; nothing when it is fine. Parents are never made.
std::optional<std::string> path_complaint(const DavContext& context, const std::string& sent_path,
                                          const std::string& path) {
    const Tree& files = context.user.files;
    const auto existing = files.find(path);
    if (("/" + path + "/").find("/../") != path.npos) return "Invalid path \"" + sent_path + "\"";
    if (!files.is_folder(parent_of(path)) || (existing && existing->folder)) {
        return "Could not create path \"/" + context.user.id + "/files/" + path + "\"";
    }
    switch (name_flaw(context.release, name_of(path))) {
    case NameFlaw::none:
        return std::nullopt;
    case NameFlaw::reserved:
        return context.release.bulk_explains_forbidden ? "Invalid path: files/" + path : "";
    default:
        return "";
    }
}

Answers write_part(const DavContext& context, const BatchPart& part, const std::string& sent_path,
                   const ReceivedBody& body) {
    Tree& files = context.user.files;
    std::string path = normalise(sent_path.substr(std::min(sent_path.find_first_not_of('/'), sent_path.size())));
    std::replace(path.begin(), path.end(), '\\', '/');
    if (const auto there = through_mount(context.mounts, path)) {
        const auto& [mount, inner] = *there;
        if ((mount.permissions_at(parent_of(inner)) & 4) == 0)
            return failed_file("Could not create path \"/" + mount.visitor + "/files/" + path + "\"");
        const DavContext inside{context.release, *mount.owner, context.faults, context.request, inner, context.fault};
        return write_part(inside, part, inner, body);
    }
    auto header = find_field(part.headers, "X-File-MTime");
    if (!header) header = find_field(part.headers, "X-OC-MTime");
    const auto time = header ? accepted_time(context.release, *header) : std::nullopt;
    if (header && !time)
        return failed_file(mtime_complaint(context.release, *header)); // unlike PUT, before anything is written
    if (const auto complaint = path_complaint(context, sent_path, path)) return failed_file(*complaint);
    if (!context.user.has_room_for(body.content->size())) {
        return failed_file("Could not create path \"/" + context.user.id + "/files/" + path + "\"");
    }
    const auto lock = files.try_lock(path);
    if (!lock) return failed_file("\"files/" + path + "\" is locked, existing lock on file: exclusive");
    files.write(path, body);
    if (time) files.touch(path, *time);
    const Node node = *files.find(path);
    return {{"error", false}, {"etag", node.etag}, {"fileid", instance_file_id(node)}, {"permissions", "RGDNVW"}};
}

/// A name for which this release answers 500 to the whole batch.
bool fails_the_batch(const ServerRelease& release, const std::string& path) {
    return name_flaw(release, name_of(path)) == NameFlaw::partial &&
           release.bulk_partial_name == ServerRelease::BulkName::batch_fails;
}

HttpResponse answer(int status, const Answers& files) {
    HttpResponse response = done(status);
    response.chunked = true;
    response.body = files.empty() ? "[]" : php_json(files);
    return response;
}

} // namespace

HttpResponse handle_bulk(const DavContext& context) {
    const auto boundary = boundary_of(context.request);
    if (!boundary) return dav_error(400, "Sabre\\DAV\\Exception\\BadRequest", "Content-Type must be multipart/related");
    const std::string text = context.request.text();
    PartReader parts(text, *boundary);
    Answers files = Answers::object();
    while (!parts.at_end()) {
        const auto part = parts.next();
        if (!part) return answer(400, files);
        const std::string sent_path = find_field(part->headers, "X-File-Path").value_or("");
        const auto fault = context.faults.take_for_bulk_file(sent_path);
        const ReceivedBody body = body_of(std::string(part->bytes));
        const bool other_bytes = fault && fault->kind != Fault::Kind::bulk_file_error;
        if (other_bytes || !digest_agrees(context.release, *part, body)) return answer(400, files);
        if (sent_path.empty())
            return dav_error(500, "TypeError",
                             "A type error occurred. For more details, please refer to the logs, which provide "
                             "additional context about the type error.");
        if (fails_the_batch(context.release, sent_path))
            return dav_error(500, "Error", "Call to a member function getETag() on null");
        files[sent_path] = fault ? failed_file(fault->body) : write_part(context, *part, sent_path, body);
    }
    return answer(200, files);
}

} // namespace passerelle::fakes
