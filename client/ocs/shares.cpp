// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/shares.hpp"

#include "client/http/status.hpp"
#include "client/ocs/call.hpp"
#include "client/ocs/json.hpp"
#include "client/ocs/share_json.hpp"
#include "core/reason_codes.hpp"

#include <algorithm>
#include <set>

namespace passerelle::ocs {
namespace {

constexpr std::string_view kShares = "/apps/files_sharing/api/v1/shares";

std::string path_of(const std::string& id) {
    return std::string(kShares) + "/" + http::percent_encode(id);
}

Error path_missing(const std::string& path) {
    return Error(ErrorKind::item, codes::share_path_missing, path, {{"path", path}});
}

Error refusal_to_create(const http::Response& answer, const NewShare& share) {
    // The limit of creations has no body; the brake on bad logins, 429 as well, explains itself.
    if (answer.status == 429 && answer.body.empty())
        return Error(ErrorKind::retryable, codes::share_rate_limited, "HTTP 429", {{"minutes", "10"}});
    if (auto known = known_refusal(answer.status, meta_of(answer).message, share)) return std::move(*known);
    return refusal(answer);
}

/// The share among `now` that was not there before and is what was asked for.
const Share* arrived_among(const std::vector<Share>& now, const std::set<std::string>& before, const NewShare& share) {
    const auto found = std::find_if(now.begin(), now.end(), [&](const Share& one) {
        return one.type == share.type && one.share_with == share.share_with && !before.contains(one.id);
    });
    return found == now.end() ? nullptr : &*found;
}

} // namespace

http::Request Shares::list_of(const std::string& path) const {
    return call("GET", server_, kShares, "&reshares=true&path=" + http::percent_encode("/" + path));
}

Result<std::vector<Share>> Shares::at(const std::string& path, std::stop_token stop) const {
    auto answer = transport_->send(list_of(path), std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status == 404) return path_missing(path);
    if (answer->status != 200) return refusal(*answer);
    return parse_shares(answer->body);
}

Result<std::vector<Share>> Shares::own(std::stop_token stop) const {
    auto answer = transport_->send(call("GET", server_, kShares), std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status != 200) return refusal(*answer);
    return parse_shares(answer->body);
}

Result<Share> Shares::create(const NewShare& share, std::stop_token stop) const {
    http::Request request = call("POST", server_, kShares, {}, form_of(share, attribute_key_));
    request.hand_back_rate_limit = true;
    if (share.type != ShareType::user && share.type != ShareType::group)
        if (auto ready = tell_an_earlier_try(request, share, stop); !ready) return failure(ready);
    auto answer = transport_->send(request, std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status != 200) return refusal_to_create(*answer, share);
    return parse_share(answer->body);
}

/// Accounts and groups may be asked for twice. A link would be made twice, and a second mail to one address is refused.
Result<void> Shares::tell_an_earlier_try(http::Request& request, const NewShare& share, std::stop_token stop) const {
    auto shares = at(share.path, std::move(stop));
    if (!shares) return failure(shares);
    std::set<std::string> before;
    for (const Share& one : *shares)
        before.insert(one.id);
    request.arrived = [this, share, before](std::stop_token look_up) -> Result<std::optional<http::Response>> {
        auto answer = transport_->send(list_of(share.path), std::move(look_up));
        if (!answer) return failure(answer);
        if (answer->status != 200) return refusal(*answer);
        auto now = parse_shares(answer->body);
        if (!now) return failure(now);
        const Share* found = arrived_among(*now, before, share);
        auto body = found != nullptr ? answer_with_share(answer->body, found->id) : std::nullopt;
        if (!body) return std::optional<http::Response>();
        return std::optional(http::Response{.status = 200, .headers = {}, .body = std::move(*body)});
    };
    return {};
}

Result<Share> Shares::change(const std::string& id, const ShareChange& change, std::stop_token stop) const {
    auto answer =
        transport_->send(call("PUT", server_, path_of(id), {}, form_of(change, attribute_key_)), std::move(stop));
    if (!answer) return failure(answer);
    if (answer->status == 404 && meta_of(*answer).message.starts_with("Wrong share ID"))
        return Error(ErrorKind::item, codes::share_missing, id);
    if (answer->status != 200) return refusal(*answer);
    return parse_share(answer->body);
}

Result<void> Shares::remove(const std::string& id, std::stop_token stop) const {
    auto answer = transport_->send(call("DELETE", server_, path_of(id)), std::move(stop));
    if (!answer) return failure(answer);
    const bool gone = answer->status == 404 && meta_of(*answer).message.starts_with("Wrong share ID");
    if (answer->status != 200 && !gone) return refusal(*answer);
    return {};
}

} // namespace passerelle::ocs
