// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/nextcloud/nextcloud.hpp"

#include "client/http/cpprest_transport.hpp"
#include "client/http/url.hpp"
#include "client/nextcloud/account_client.hpp"
#include "client/nextcloud/retrying_transport.hpp"
#include "client/ocs/api.hpp"

#include <algorithm>

namespace passerelle::nextcloud {
namespace {

http::TransportOptions transport_options(const http::Url& server, const Account& account, const Options& options) {
    http::TransportOptions chosen;
    chosen.server = server;
    chosen.user = account.user;
    chosen.password = account.app_password;
    chosen.ca_file = options.ca_file;
    chosen.insecure_http = options.insecure_http;
    chosen.connections = options.connections;
    chosen.timeout = options.timeout;
    return chosen;
}

RetryRules retry_rules(const Options& options) {
    RetryRules rules;
    rules.max_attempts = options.max_attempts;
    rules.first_delay = options.first_delay;
    rules.on_wait = options.on_wait;
    return rules;
}

} // namespace

Result<std::unique_ptr<Nextcloud>> Nextcloud::connect(const Account& account, const Options& options,
                                                      std::stop_token stop) {
    auto server = http::parse_url(account.url);
    if (!server) return failure(server);
    auto connections = http::make_transport(transport_options(*server, account, options));
    if (!connections) return failure(connections);
    auto transport = std::make_unique<RetryingTransport>(std::move(*connections), *server, retry_rules(options));

    const ocs::Api api(*transport, *server);
    auto status = api.status(stop);
    if (!status) return failure(status);
    auto capabilities = api.capabilities(stop);
    if (!capabilities) return failure(capabilities);
    auto user = api.user(stop);
    if (!user) return failure(user);
    auto profile = profile_of(*status, *capabilities);
    if (!profile) return failure(profile);
    if (options.max_chunk_bytes)
        profile->max_chunk_bytes = std::min(profile->max_chunk_bytes, *options.max_chunk_bytes);
    return std::make_unique<AccountClient>(std::move(transport), std::move(*server), std::move(*profile), *user,
                                           options.pairing_secret);
}

} // namespace passerelle::nextcloud
