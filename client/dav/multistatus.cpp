// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/multistatus.hpp"

#include "client/dav/answers.hpp"
#include "client/dav/errors.hpp"
#include "client/http/status.hpp"
#include "client/http/url.hpp"
#include "client/xml/reader.hpp"

#include <charconv>
#include <optional>
#include <string>

namespace passerelle::dav {
namespace {

constexpr std::string_view kHome = "/remote.php/dav/";

template <class Number> std::optional<Number> number(std::string_view text) {
    Number value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end == text.data()) return std::nullopt;
    return value;
}

/// "HTTP/1.1 200 OK"
bool is_success(std::string_view status_line) {
    const std::size_t space = status_line.find(' ');
    return space != std::string_view::npos && status_line.substr(space + 1, 1) == "2";
}

/// From "/remote.php/dav/" on, decoded, without slashes at its end: what stands before is the way to the server, which
/// a proxy may show otherwise than the server itself writes it into hrefs.
std::string from_home(std::string_view href) {
    const std::size_t home = href.find(kHome);
    std::string path = http::percent_decode(home == std::string_view::npos ? href : href.substr(home));
    while (!path.empty() && path.back() == '/')
        path.pop_back();
    return path;
}

/// Builds resources from the reader's nodes; one propstat is held back until its status is known.
class MultistatusBuilder {
  public:
    explicit MultistatusBuilder(std::string_view collection) : collection_(from_home(collection)) {}

    void start(const xml::Reader& at) {
        text_.clear();
        if (at.is(kDavNs, "response")) resources_.emplace_back();
        if (at.is(kDavNs, "propstat")) {
            held_ = {};
            names_.clear();
        }
        if (at.is(kDavNs, "prop")) property_depth_ = at.depth() + 1;
        if (property_depth_ == at.depth()) names_.emplace_back(at.name());
        if (at.is(kDavNs, "collection")) held_.collection = true;
    }

    void text(std::string_view piece) { text_ += piece; }

    void end(const xml::Reader& at) {
        if (resources_.empty()) return;
        if (at.is(kDavNs, "href") && property_depth_ < 0) resources_.back().path = relative(text_);
        if (at.is(kDavNs, "prop")) property_depth_ = -1;
        if (at.is(kDavNs, "status")) succeeded_ = is_success(text_);
        if (at.is(kDavNs, "propstat")) keep();
        property(at);
        text_.clear();
    }

    std::vector<Resource> take() { return std::move(resources_); }

  private:
    std::string relative(std::string_view href) const {
        std::string path = from_home(href);
        if (path.starts_with(collection_)) path.erase(0, collection_.size());
        if (path.starts_with('/')) path.erase(0, 1);
        return path;
    }

    void property(const xml::Reader& at) {
        if (at.is(kDavNs, "getlastmodified")) held_.modified = http::parse_http_date(text_);
        if (at.is(kDavNs, "getcontentlength")) held_.length = number<std::uint64_t>(text_);
        if (at.is(kDavNs, "getetag")) held_.etag = without_quotes(text_);
        if (at.is(kDavNs, "quota-used-bytes")) held_.quota_used = number<std::int64_t>(text_);
        if (at.is(kDavNs, "quota-available-bytes")) held_.quota_available = number<std::int64_t>(text_);
        if (at.is(kOwncloudNs, "size")) held_.size = number<std::uint64_t>(text_);
        if (at.is(kOwncloudNs, "fileid")) held_.file_id = numeric_file_id(text_);
        if (at.is(kOwncloudNs, "checksum")) held_.checksums.push_back(text_);
    }

    /// <d:propstat><d:prop>…</d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat> names what is not there.
    void keep() {
        Resource& resource = resources_.back();
        if (!succeeded_) {
            resource.refused.insert(resource.refused.end(), names_.begin(), names_.end());
            return;
        }
        held_.path = std::move(resource.path);
        held_.refused = std::move(resource.refused);
        resource = std::move(held_);
    }

    std::string collection_;
    std::vector<Resource> resources_;
    Resource held_;
    std::vector<std::string> names_;
    std::string text_;
    int property_depth_ = -1;
    bool succeeded_ = false;
};

} // namespace

Result<std::vector<Resource>> parse_multistatus(std::string_view body, std::string_view collection) {
    xml::Reader reader(body);
    MultistatusBuilder builder(collection);
    bool complete = false;
    while (true) {
        auto more = reader.next();
        if (!more) return bad_answer(more.error().message);
        if (!*more) break;
        if (reader.depth() == 0 && !reader.is(kDavNs, "multistatus")) return bad_answer("no multistatus");
        switch (reader.node()) {
        case xml::Node::start:
            builder.start(reader);
            break;
        case xml::Node::text:
            builder.text(reader.text());
            break;
        case xml::Node::end:
            builder.end(reader);
            complete = reader.depth() == 0;
            break;
        }
    }
    if (!complete) return bad_answer("an unfinished multistatus");
    return builder.take();
}

ErrorBody parse_error_body(std::string_view body) {
    ErrorBody answer;
    xml::Reader reader(body);
    std::string text;
    for (auto more = reader.next(); more && *more; more = reader.next()) {
        if (reader.depth() == 0 && !reader.is(kDavNs, "error")) break;
        if (reader.node() == xml::Node::start) text.clear();
        if (reader.node() == xml::Node::text) text += reader.text();
        if (reader.node() != xml::Node::end) continue;
        if (reader.is(kSabreNs, "exception")) answer.exception = text;
        if (reader.is(kSabreNs, "message")) answer.message = text;
        if (reader.is(kReasonNs, "reason")) answer.reason = text;
    }
    return answer;
}

} // namespace passerelle::dav
