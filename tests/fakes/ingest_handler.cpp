// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/batch_parts.hpp"
#include "tests/fakes/companion.hpp"
#include "tests/fakes/dav_handlers.hpp"
#include "tests/fakes/name_rules.hpp"
#include "tests/fakes/ocs_handlers.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace passerelle::fakes {
namespace {

using Json = nlohmann::ordered_json;

/// Why the app does not take a part, in its own words (docs/api/ingest.yaml).
Json refused(const std::string& path, const std::string& error) {
    return {{"path", path}, {"status", "refused"}, {"error", error}, {"message", ""}};
}

/// Nothing when every name on the way is fine and no file stands in it.
std::optional<std::string> complaint_of(const DavContext& context, const std::string& path) {
    for (std::size_t start = 0; start <= path.size();) {
        const auto slash = path.find('/', start);
        const std::string name = path.substr(start, slash == path.npos ? path.npos : slash - start);
        if (name_flaw(context.release, name) != NameFlaw::none) return "name_refused";
        if (slash == path.npos) return std::nullopt;
        const auto above = context.user.files.find(path.substr(0, slash));
        if (above && !above->folder) return "exists";
        start = slash + 1;
    }
    return "name_refused";
}

std::string digest_of(const BatchPart& part) {
    const std::string checksum = find_field(part.headers, "OC-Checksum").value_or("");
    return checksum.starts_with("sha256:") ? checksum.substr(7) : "";
}

Json present(const std::string& path, const Node& node) {
    return {{"path", path},
            {"status", "present"},
            {"fileid", static_cast<std::uint64_t>(node.file_id)},
            {"etag", node.etag},
            {"sha256", node.sha256}};
}

Json write_file_part(const DavContext& context, const BatchPart& part, const std::string& path) {
    Tree& files = context.user.files;
    const std::string digest = digest_of(part);
    const auto modified = find_field(part.headers, "X-OC-MTime");
    const auto created = find_field(part.headers, "X-OC-CTime");
    const auto time = modified ? accepted_time(context.release, *modified) : std::nullopt;
    if (digest.empty() || (modified && !time)) return refused(path, "bad_part");
    if (const auto there = files.find(path))
        return !there->folder && there->sha256 == digest ? present(path, *there) : refused(path, "exists");
    if (!context.user.has_room_for(part.bytes.size())) return refused(path, "quota_exceeded");
    const ReceivedBody body = body_of(std::string(part.bytes));
    if (body.sha256 != digest) return refused(path, "hash_mismatch");
    make_parents(files, parent_of(path));
    const auto lock = files.try_lock(path);
    if (!lock) return refused(path, "locked");
    files.write(path, body);
    files.set_checksum(path, "SHA256:" + digest);
    if (time) files.touch(path, *time);
    if (created) files.set_created(path, std::stoll(*created));
    Json stored = present(path, *files.find(path));
    stored["status"] = "stored";
    stored["way"] = "direct";
    return stored;
}

struct Date {
    std::string path;
    std::int64_t modified;
};

Json make_folder_part(const DavContext& context, const BatchPart& part, const std::string& path,
                      std::vector<Date>& dates) {
    Tree& files = context.user.files;
    const auto there = files.find(path);
    if (there && !there->folder) return refused(path, "exists");
    make_parents(files, path);
    const auto modified = find_field(part.headers, "X-OC-MTime");
    const auto time = modified ? accepted_time(context.release, *modified) : std::nullopt;
    if (time) dates.push_back({path, *time});
    return {{"path", path}, {"status", "folder"}, {"fileid", static_cast<std::uint64_t>(files.find(path)->file_id)}};
}

} // namespace

HttpResponse handle_ingest(const DavContext& context, const std::string& destination) {
    const auto boundary = boundary_of(context.request);
    Json files = Json::array();
    const auto malformed = [&] { return ocs_data(400, {{"error", "malformed"}, {"message", ""}, {"files", files}}); };
    if (!boundary) return malformed();
    const std::string text = context.request.text();
    PartReader parts(text, *boundary);
    std::vector<Date> dates;
    while (!parts.at_end()) {
        const auto part = parts.next();
        if (!part) return malformed();
        const std::string sent = find_field(part->headers, "X-File-Path").value_or("");
        const std::string path = sent.starts_with('/') ? normalise(sent.substr(1)) : sent;
        const auto fault = context.faults.take_for_bulk_file(sent);
        std::optional<std::string> complaint = "bad_part";
        if (sent.starts_with('/'))
            complaint =
                lies_in(path, destination) ? complaint_of(context, path) : std::optional<std::string>("outside");
        if (fault)
            files.push_back(refused(path, fault->kind == Fault::Kind::bulk_file_error ? "failed" : "hash_mismatch"));
        else if (complaint)
            files.push_back(refused(path, *complaint));
        else if (find_field(part->headers, "X-Kind") == "folder")
            files.push_back(make_folder_part(context, *part, path, dates));
        else
            files.push_back(write_file_part(context, *part, path));
    }
    // A folder's new time lifts those above it, so the deepest come first.
    std::ranges::sort(dates, std::greater<>(), [](const Date& date) { return date.path.size(); });
    for (const Date& date : dates)
        context.user.files.touch(date.path, date.modified);
    return ocs_data(200, {{"files", files}});
}

} // namespace passerelle::fakes
