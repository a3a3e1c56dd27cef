// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/nextcloud/retrying_transport.hpp"

#include "client/http/status.hpp"
#include "client/ocs/api.hpp"
#include "core/reason_codes.hpp"

#include <algorithm>
#include <optional>
#include <random>

namespace passerelle::nextcloud {
namespace {

using std::chrono::milliseconds;

constexpr int kTriesOfInternalError = 3;
constexpr milliseconds kLongestBackoff = std::chrono::minutes(1);
constexpr milliseconds kLongestRetryAfter = std::chrono::minutes(30);
constexpr milliseconds kMaintenancePoll = std::chrono::seconds(10);
constexpr int kFailedMaintenancePolls = 30; // a server that restarts after an update is back within five minutes

double random_chance() {
    thread_local std::minstd_rand generator(std::random_device{}());
    return std::uniform_real_distribution<double>(0, 1)(generator);
}

Error stopped() {
    return Error(ErrorKind::job, codes::job_stopped, "");
}

Error unauthorized() {
    return Error(ErrorKind::job, codes::server_unauthorized, "HTTP 401");
}

/// The server, or a proxy in front of it, gave up on a request that it may still be carrying out.
bool leaves_doubt(int status) {
    return status == 500 || status == 502 || status == 504;
}

/// What a second request is told where the first one did its work meanwhile.
bool may_be_the_echo_of_success(int status) {
    return status == 404 || status == 405 || status == 409 || status == 412;
}

std::optional<Waiting::For> reason_to_wait(int status) {
    switch (status) {
    case 423:
        return Waiting::For::locked;
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
        return Waiting::For::overloaded;
    default:
        return std::nullopt;
    }
}

} // namespace

/// One request through all its tries. Confined to a thread.
class RetryingTransport::Sending {
  public:
    Sending(RetryingTransport& transport, const http::Request& request, const std::stop_token& stop)
        : transport_(transport), request_(request), stop_(stop) {}

    Result<http::Response> run() {
        for (;;) {
            if (transport_.unauthorized_) return unauthorized();
            auto answer = transport_.inner_->send(request_, stop_);
            if (answer && answer->status == 503 && transport_.in_maintenance(stop_)) {
                auto ended = transport_.wait_for_end_of_maintenance(stop_);
                if (!ended) return failure(ended);
                continue;
            }
            ++tries_;
            if (auto end = settle(answer)) return std::move(*end);
        }
    }

  private:
    using End = std::optional<Result<http::Response>>;

    /// What the request ends with; nothing: send it again.
    End settle(Result<http::Response>& answer) {
        if (answer && answer->status == 401) {
            transport_.unauthorized_ = true;
            return unauthorized();
        }
        if (answer && answer->status == 507)
            return transport_.quota_exceeded(*answer, request_.body ? request_.body->size() : 0, stop_);
        const bool handed_back = answer && answer->status == 429 && request_.hand_back_rate_limit;
        const auto reason = handed_back ? std::nullopt : reason_to_retry(answer);
        if (!reason)
            return doubtful_ && answer && may_be_the_echo_of_success(answer->status) ? believe(answer)
                                                                                     : std::move(answer);
        doubtful_ = doubtful_ || leaves_doubt(answer);
        return try_again(answer, *reason);
    }

    static bool leaves_doubt(const Result<http::Response>& answer) {
        return answer ? nextcloud::leaves_doubt(answer->status) : answer.error().code != codes::server_unreachable;
    }

    static std::optional<Waiting::For> reason_to_retry(const Result<http::Response>& answer) {
        if (answer) return reason_to_wait(answer->status);
        if (answer.error().kind == ErrorKind::retryable) return Waiting::For::connection;
        return std::nullopt;
    }

    /// Waits, and looks first whether the earlier try arrived. A look-up that fails counts as a try: without its answer
    /// nothing may be sent.
    End try_again(Result<http::Response>& answer, Waiting::For reason) {
        auto wanted = answer ? http::retry_after(answer->headers) : std::nullopt;
        for (;; ++tries_) {
            if (out_of_tries(answer)) return believe(answer);
            milliseconds delay = transport_.delay_after(tries_);
            if (wanted) delay = std::max(delay, std::min<milliseconds>(*wanted, kLongestRetryAfter));
            if (!transport_.pause({reason, delay}, stop_)) return stopped();
            auto found = look_up();
            if (found && !*found) return std::nullopt;
            if (found) return std::move(**found);
            if (found.error().kind != ErrorKind::retryable) return failure(found);
            answer = failure(found);
            reason = Waiting::For::connection;
            wanted.reset();
        }
    }

    /// The last answer, unless an earlier try turns out to have succeeded.
    Result<http::Response> believe(Result<http::Response>& answer) {
        auto found = look_up();
        if (found && *found) return std::move(**found);
        if (!found && found.error().kind != ErrorKind::retryable) return failure(found);
        return std::move(answer);
    }

    Result<std::optional<http::Response>> look_up() {
        if (!doubtful_ || !request_.arrived) return std::optional<http::Response>();
        return request_.arrived(stop_);
    }

    [[nodiscard]] bool out_of_tries(const Result<http::Response>& answer) const {
        const int most = transport_.rules_.max_attempts;
        return tries_ >= (answer && answer->status == 500 ? std::min(most, kTriesOfInternalError) : most);
    }

    RetryingTransport& transport_;
    const http::Request& request_;
    const std::stop_token& stop_;
    int tries_ = 0;
    bool doubtful_ = false; ///< an earlier try may have been acted upon
};

RetryingTransport::RetryingTransport(std::unique_ptr<http::Transport> inner, http::Url server, RetryRules rules)
    : inner_(std::move(inner)), server_(std::move(server)), rules_(std::move(rules)) {}

Result<http::Response> RetryingTransport::send(const http::Request& request, std::stop_token stop) {
    return Sending(*this, request, stop).run();
}

bool RetryingTransport::pause(Waiting waiting, const std::stop_token& stop) const {
    if (rules_.on_wait) rules_.on_wait(waiting);
    return rules_.pause(waiting.delay, stop);
}

milliseconds RetryingTransport::delay_after(int tries) const {
    milliseconds delay = rules_.first_delay;
    for (int i = 1; i < tries && delay < kLongestBackoff; ++i)
        delay *= 2;
    const double chance = rules_.chance ? rules_.chance() : random_chance();
    const auto bounded = std::min(delay, kLongestBackoff);
    return bounded - std::chrono::duration_cast<milliseconds>(bounded * chance / 2);
}

bool RetryingTransport::in_maintenance(const std::stop_token& stop) const {
    // WebDAV's 503 says so only in prose, and a proxy's 503 not at all; status.php answers throughout a maintenance.
    const auto status = ocs::Api(*inner_, server_).status(stop);
    return status && status->closed();
}

Result<void> RetryingTransport::wait_for_end_of_maintenance(const std::stop_token& stop) const {
    for (int failed = 0; failed < kFailedMaintenancePolls;) {
        if (!pause({Waiting::For::maintenance, kMaintenancePoll}, stop)) return stopped();
        const auto status = ocs::Api(*inner_, server_).status(stop);
        if (status && !status->closed()) return {};
        failed = status ? 0 : failed + 1;
    }
    return Error(ErrorKind::retryable, codes::server_overloaded, "no status after maintenance", {{"status", "503"}});
}

Error RetryingTransport::quota_exceeded(const http::Response& answer, std::uint64_t sent_bytes,
                                        const std::stop_token& stop) const {
    // Recent servers do not say how much is missing, so it is reckoned from the space left.
    const auto user = ocs::Api(*inner_, server_).user(stop);
    const std::uint64_t left = user ? user->free_bytes.value_or(0) : 0;
    return http::error_of(answer, sent_bytes - std::min(sent_bytes, left));
}

} // namespace passerelle::nextcloud
