// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/authorisation.hpp"

#include "core/hash.hpp"
#include "core/reason_codes.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/text.hpp"
#include "daemon/log/log.hpp"

#include <algorithm>
#include <openssl/crypto.h>

namespace passerelle::api {
namespace {

constexpr double kAttempts = 50;
constexpr double kAttemptsPerSecond = 5;
constexpr std::size_t kMostUserBytes = 256; // a user id of Nextcloud has 64 characters at most
constexpr std::string_view kBearer = "Bearer ";

bool equal_in_constant_time(const std::string& one, const std::string& other) {
    return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string_view secret_of(const RequestHead& head) {
    const auto value = head.header("Authorization");
    if (!same_without_case(value.substr(0, kBearer.size()), kBearer)) return {};
    return trimmed(value.substr(kBearer.size()));
}

} // namespace

Authorisation::Authorisation(const Secret& pairing_secret)
    : digest_(sha256_hex(pairing_secret.reveal())), attempts_left_(kAttempts) {}

Result<void> Authorisation::check_host(const RequestHead& head) {
    auto host = head.header("Host");
    const auto suffix = ":" + std::to_string(head.port);
    if (host.ends_with(suffix)) host.remove_suffix(suffix.size());
    for (const std::string_view own : {"127.0.0.1", "[::1]", "localhost"})
        if (same_without_case(host, own)) return {};
    return refusal(codes::api_wrong_host);
}

Result<void> Authorisation::check_secret(const RequestHead& head) {
    refill();
    if (attempts_left_ < 1) return refusal(codes::api_too_many_attempts);
    if (equal_in_constant_time(sha256_hex(secret_of(head)), digest_)) return {};
    attempts_left_ -= 1;
    if (attempts_left_ < 1) log::logger("api").warning("too many requests with a wrong pairing secret");
    return refusal(codes::api_unauthorized);
}

Result<service::Caller> Authorisation::caller(const RequestHead& head, Who who) {
    service::Caller caller{.user_id = "", .administrator = head.header("X-Passerelle-Admin") == "1"};
    if (who == Who::paired) return caller;
    auto user = percent_decoded(head.header("X-Passerelle-User"), false);
    if (!user || user->empty() || user->size() > kMostUserBytes) return bad_field("X-Passerelle-User", "1 – 256");
    if (who == Who::administrator && !caller.administrator) return refusal(codes::service_not_yours);
    caller.user_id = std::move(*user);
    return caller;
}

void Authorisation::refill() {
    const auto now = Clock::now();
    const std::chrono::duration<double> passed = now - refilled_at_;
    refilled_at_ = now;
    attempts_left_ = std::min(kAttempts, attempts_left_ + passed.count() * kAttemptsPerSecond);
}

} // namespace passerelle::api
