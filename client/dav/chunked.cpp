// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/chunked.hpp"

#include "client/dav/answers.hpp"
#include "client/dav/errors.hpp"
#include "client/dav/files.hpp"
#include "client/dav/propfind.hpp"
#include "client/dav/same_file.hpp"
#include "client/dav/slices.hpp"
#include "client/dav/writing.hpp"
#include "client/http/status.hpp"
#include "core/reason_codes.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <map>
#include <optional>

namespace passerelle::dav {
namespace {

constexpr std::uint64_t kMaxChunks = 10'000; // their names end at 10000

using ChunkSizes = std::map<std::uint64_t, std::uint64_t>; // number, from 1 -> bytes

/// How a file is cut; depends on nothing but its size and the server's limit, so that a later run cuts alike.
class Layout {
  public:
    Layout(std::uint64_t file_bytes, std::uint64_t max_chunk_bytes)
        : file_bytes_(file_bytes),
          chunk_bytes_(std::max({max_chunk_bytes, (file_bytes + kMaxChunks - 1) / kMaxChunks, std::uint64_t{1}})) {}

    std::uint64_t count() const { return std::max<std::uint64_t>(1, (file_bytes_ + chunk_bytes_ - 1) / chunk_bytes_); }
    std::uint64_t offset(std::uint64_t number) const { return (number - 1) * chunk_bytes_; }
    std::uint64_t length(std::uint64_t number) const { return std::min(chunk_bytes_, file_bytes_ - offset(number)); }

    /// Could these have been cut by this layout? A chunk may be short: its sending was cut.
    bool fits(const ChunkSizes& chunks) const {
        return std::all_of(chunks.begin(), chunks.end(), [this](const auto& chunk) {
            return chunk.first <= count() && chunk.second <= length(chunk.first);
        });
    }

  private:
    std::uint64_t file_bytes_;
    std::uint64_t chunk_bytes_;
};

/// The steps of one call, in their order:
///
///   the same bytes stand at the target ──► done
///   the upload's folder is listed ──► there is none, or it was cut otherwise ──► made anew
///   every chunk that is missing or short is sent
///   MOVE <folder>/.file to the target ──► digest compared
class ChunkedUpload {
  public:
    ChunkedUpload(const Endpoint& endpoint, const FileUpload& file, const std::string& upload_id)
        : endpoint_(endpoint), file_(file), id_(upload_id),
          layout_(file.content->size(), endpoint.site().max_chunk_bytes) {}

    Result<Uploaded> run(const std::function<void(std::uint64_t)>& on_chunk, std::stop_token stop) {
        auto there = already_there(stop);
        if (!there) return failure(there);
        if (*there) return std::move(**there);
        auto chunks = prepare(stop);
        if (!chunks) return failure(chunks);
        if (auto sent = send_missing(*chunks, on_chunk, stop); !sent) return failure(sent);
        return assemble(stop);
    }

  private:
    Result<std::optional<Uploaded>> already_there(std::stop_token stop) const {
        auto entry = find(endpoint_, file_.path, stop);
        if (!entry) return failure(entry);
        if (!*entry && !file_.replaces.empty()) return changed(file_.path);
        if (!*entry || (*entry)->etag == file_.replaces) return std::nullopt;
        auto same = find_same(endpoint_, file_, stop);
        if (!same) return failure(same);
        if (*same) return same;
        if (!file_.replaces.empty()) return changed(file_.path);
        return Error(ErrorKind::conflict, codes::target_exists, file_.path);
    }

    /// Answers the chunks that the server holds already.
    Result<ChunkSizes> prepare(std::stop_token stop) const {
        auto resources = propfind(endpoint_, endpoint_.upload(id_), Depth::children, stop);
        if (!resources) return failure(resources);
        if (*resources) {
            ChunkSizes chunks = chunks_of(**resources);
            if (layout_.fits(chunks)) return chunks;
            if (auto dropped = drop(stop); !dropped) return failure(dropped);
        }
        http::Request request = to_target("MKCOL", endpoint_.upload(id_));
        auto response = endpoint_.send(request, stop);
        if (!response) return failure(response);
        const bool exists = response->status == 405; // our own earlier try, whose answer was lost
        if (!http::is_success(response->status) && !exists) return refusal(*response);
        return ChunkSizes{};
    }

    /// The folder also lists `.file`, the whole to come, and on object storage `.target`.
    static ChunkSizes chunks_of(const std::vector<Resource>& resources) {
        ChunkSizes chunks;
        for (const Resource& resource : resources) {
            std::uint64_t number = 0;
            const char* last = resource.path.data() + resource.path.size();
            const auto [end, error] = std::from_chars(resource.path.data(), last, number);
            if (error == std::errc() && end == last && number > 0) chunks[number] = resource.length.value_or(0);
        }
        return chunks;
    }

    Result<void> send_missing(const ChunkSizes& held, const std::function<void(std::uint64_t)>& on_chunk,
                              std::stop_token stop) const {
        const Slices slices(file_.content);
        std::uint64_t acknowledged = 0;
        for (std::uint64_t number = 1; number <= layout_.count(); ++number) {
            const std::uint64_t length = layout_.length(number);
            const auto chunk = held.find(number);
            if (chunk == held.end() || chunk->second != length) {
                auto sent = send_chunk(number, slices.slice(layout_.offset(number), length), stop);
                if (!sent) return failure(sent);
            }
            acknowledged += length;
            if (on_chunk) on_chunk(acknowledged);
        }
        return {};
    }

    Result<void> send_chunk(std::uint64_t number, std::shared_ptr<const Content> bytes, std::stop_token stop) const {
        http::Request request = to_target("PUT", endpoint_.upload(id_, fmt::format("{:05}", number)));
        request.headers.set("Content-Type", "application/octet-stream");
        request.body = bytes;
        request.arrived = [this, &request, &bytes](std::stop_token token) -> Result<std::optional<http::Response>> {
            auto chunk = propfind(endpoint_, request.target, Depth::self, std::move(token));
            if (!chunk) return failure(chunk);
            const bool whole = *chunk && !(*chunk)->empty() && (*chunk)->front().length == bytes->size();
            if (!whole) return std::nullopt;
            http::Response response;
            response.status = 201;
            return response;
        };
        auto response = endpoint_.send(request, stop);
        if (!response) return failure(response);
        if (http::is_success(response->status)) return {};
        if (response->status == 404) return something_is_gone(*response, std::move(stop));
        return refusal(*response, bytes->size());
    }

    /// The upload's folder, or the target's: the server looks at both, and answers 404 for either.
    Error something_is_gone(const http::Response& response, std::stop_token stop) const {
        auto folder = propfind(endpoint_, endpoint_.upload(id_), Depth::self, std::move(stop));
        if (folder && *folder) return refusal(response);
        return interrupted("the upload's folder is gone");
    }

    Result<Uploaded> assemble(std::stop_token stop) const {
        http::Request request = to_target("MOVE", endpoint_.upload(id_, ".file"));
        if (file_.replaces.empty()) {
            request.headers.set("Overwrite", "F");
        } else { // If-Match would be about the chunks; If names the resource (RFC 4918, 10.4)
            request.headers.set("Overwrite", "T");
            request.headers.set("If",
                                fmt::format("<{}> ([{}])", endpoint_.file(file_.path), quoted_etag(file_.replaces)));
        }
        describe(request, endpoint_, file_);
        auto response = send_once(endpoint_, std::move(request), file_, stop);
        if (!response) return failure(response);
        if (http::is_success(response->status)) return verified(endpoint_, *response, file_, stop);
        if (response->status == 404) return something_is_gone(*response, std::move(stop));
        if (response->status == 412 && !file_.replaces.empty()) return changed(file_.path);
        if (response->status == 400) { // "Chunks on server do not sum up to …"
            const Error cause = refusal(*response);
            if (cause.code == codes::target_name_refused) return cause;
            if (auto dropped = drop(stop); !dropped) return failure(dropped);
            return interrupted(cause.message);
        }
        return refusal(*response);
    }

    http::Request to_target(std::string method, std::string target) const {
        http::Request request;
        request.method = std::move(method);
        request.target = std::move(target);
        // A path alone is a valid Destination (RFC 4918, 10.3) and stays true behind a proxy that renames the host.
        request.headers.set("Destination", endpoint_.file(file_.path));
        request.headers.set("OC-Total-Length", std::to_string(file_.content->size()));
        return request;
    }

    Result<void> drop(std::stop_token stop) const {
        http::Request request;
        request.method = "DELETE";
        request.target = endpoint_.upload(id_);
        auto response = endpoint_.send(request, std::move(stop));
        if (!response) return failure(response);
        if (http::is_success(response->status) || response->status == 404) return {};
        return refusal(*response);
    }

    static Error interrupted(std::string detail) {
        return Error(ErrorKind::retryable, codes::upload_interrupted, std::move(detail));
    }

    const Endpoint& endpoint_;
    const FileUpload& file_;
    const std::string& id_;
    Layout layout_;
};

} // namespace

Result<Uploaded> put_chunked(const Endpoint& endpoint, const FileUpload& file, const std::string& upload_id,
                             const std::function<void(std::uint64_t)>& on_chunk, std::stop_token stop) {
    return ChunkedUpload(endpoint, file, upload_id).run(on_chunk, std::move(stop));
}

} // namespace passerelle::dav
