// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/rules.hpp"

#include "client/dav/errors.hpp"
#include "client/dav/multistatus.hpp"
#include "client/dav/wire.hpp"
#include "client/http/status.hpp"
#include "client/xml/reader.hpp"
#include "client/xml/writer.hpp"
#include "core/reason_codes.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <iterator>

namespace passerelle::dav {
namespace {

constexpr unsigned kAllBits = 31;
constexpr std::size_t kMaxRules = 10'000; // of one place; a list beyond is nothing that anybody wrote

struct Word {
    RuleFor kind;
    std::string_view text;
};
constexpr Word kWords[] = {{RuleFor::user, "user"}, {RuleFor::group, "group"}, {RuleFor::team, "circle"}};

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

unsigned bits(std::string_view text) {
    const auto value = number(text).value_or(0);
    return value < 0 ? 0 : static_cast<unsigned>(value) & kAllBits;
}

http::Request request_for(const Endpoint& endpoint, std::string method, const std::string& path, std::string body) {
    http::Request request;
    request.method = std::move(method);
    request.target = endpoint.file(path);
    request.headers.set("Content-Type", "application/xml; charset=utf-8");
    request.body = std::make_shared<MemoryContent>(std::move(body));
    return request;
}

std::string propfind_body() {
    xml::Writer body;
    body.start("d:propfind").attribute("xmlns:d", std::string(kDavNs));
    body.attribute("xmlns:nc", std::string(kNextcloudNs)).attribute("xmlns:oc", std::string(kOwncloudNs));
    body.start("d:prop");
    for (const char* name : {"nc:group-folder-id", "nc:is-mount-root", "nc:acl-enabled", "nc:acl-can-manage",
                             "nc:acl-list", "oc:permissions"})
        body.element(name);
    return body.finish();
}

std::string proppatch_body(const std::vector<Rule>& rules) {
    xml::Writer body;
    body.start("d:propertyupdate").attribute("xmlns:d", std::string(kDavNs));
    body.attribute("xmlns:nc", std::string(kNextcloudNs));
    body.start("d:set").start("d:prop").start("nc:acl-list");
    for (const Rule& rule : rules) {
        body.start("nc:acl");
        body.element("nc:acl-mapping-type", std::string(std::ranges::find(kWords, rule.kind, &Word::kind)->text));
        body.element("nc:acl-mapping-id", rule.id);
        body.element("nc:acl-mask", std::to_string(rule.mask));
        body.element("nc:acl-permissions", std::to_string(rule.permissions));
        body.end();
    }
    return body.finish();
}

/// Builds a place from the reader's nodes. What is not there (its propstat is a 404) has no text, and so says nothing.
class PlaceBuilder {
  public:
    void start(const xml::Reader& at) {
        text_.clear();
        if (at.is(kNextcloudNs, "acl")) rule_ = Rule();
    }
    void text(std::string_view piece) { text_ += piece; }
    void end(const xml::Reader& at) {
        if (at.ns() == kNextcloudNs) property(at.name());
        if (at.is(kOwncloudNs, "permissions")) {
            place_.may_fill = text_.find('C') != text_.npos && text_.find('K') != text_.npos;
            place_.may_share = text_.find('R') != text_.npos;
        }
        text_.clear();
    }
    std::optional<TeamPlace> take() {
        std::ranges::sort(place_.rules);
        return place_.folder_id > 0 ? std::optional(std::move(place_)) : std::nullopt;
    }

  private:
    void property(std::string_view name) {
        const bool yes = text_ == "1" || text_ == "true";
        if (name == "group-folder-id") place_.folder_id = number(text_).value_or(0);
        if (name == "is-mount-root") place_.is_root = yes;
        if (name == "acl-enabled") place_.advanced_permissions = yes;
        if (name == "acl-can-manage") place_.may_manage = yes;
        if (name == "acl-mapping-type") {
            const auto* word = std::ranges::find(kWords, text_, &Word::text);
            known_ = word != std::end(kWords);
            if (known_) rule_.kind = word->kind;
        }
        if (name == "acl-mapping-id") rule_.id = text_;
        if (name == "acl-mask") rule_.mask = bits(text_);
        if (name == "acl-permissions") rule_.permissions = bits(text_);
        if (name == "acl" && known_ && place_.rules.size() < kMaxRules) place_.rules.push_back(rule_);
    }

    TeamPlace place_;
    Rule rule_;
    bool known_ = false;
    std::string text_;
};

} // namespace

Result<std::optional<TeamPlace>> parse_team_place(std::string_view multistatus) {
    xml::Reader reader(multistatus);
    PlaceBuilder builder;
    while (true) {
        auto more = reader.next();
        if (!more) return bad_answer(more.error().message);
        if (!*more) return bad_answer("a multistatus without a response");
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
            if (reader.is(kDavNs, "response")) return builder.take();
            break;
        }
    }
}

Result<std::optional<TeamPlace>> team_place(const Endpoint& endpoint, const std::string& path, std::stop_token stop) {
    auto request = request_for(endpoint, "PROPFIND", path, propfind_body());
    request.headers.set("Depth", "0");
    auto response = endpoint.send(request, std::move(stop));
    if (!response) return failure(response);
    if (response->status == 404) return std::optional<TeamPlace>();
    if (response->status != 207)
        return http::is_success(response->status) ? bad_answer("no multistatus") : refusal(*response);
    return parse_team_place(response->body);
}

Result<void> set_rules(const Endpoint& endpoint, const std::string& path, const std::vector<Rule>& rules,
                       std::stop_token stop) {
    const auto request = request_for(endpoint, "PROPPATCH", path, proppatch_body(rules));
    auto response = endpoint.send(request, std::move(stop));
    if (!response) return failure(response);
    if (response->status == 404) return Error(ErrorKind::item, codes::target_missing, path);
    // 400: the account would shut itself out. 500: it may not set rules.
    if (response->status == 400 || response->status == 500) {
        const auto message = parse_error_body(response->body).message;
        if (!message.empty())
            return Error(ErrorKind::item, codes::share_refused, fmt::format("HTTP {}: {}", response->status, message),
                         {{"message", message}});
    }
    if (!http::is_success(response->status)) return refusal(*response);
    auto resources = parse_multistatus(response->body, request.target);
    if (!resources) return failure(resources);
    if (resources->empty()) return bad_answer("a multistatus without a response");
    if (resources->front().refused.empty()) return {};
    return Error(ErrorKind::item, codes::share_refused, "acl-list", {{"message", "acl-list"}});
}

} // namespace passerelle::dav
