// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/run_state.hpp"

#include "core/reason_codes.hpp"

namespace passerelle::jobs {
namespace {

// One file that breaks every connection (a proxy that cuts large bodies) must not end the job; a server that is gone
// must.
constexpr int kConnectionFailuresThatEnd = 3;

bool is_connection_trouble(const Error& error) {
    return error.code == codes::server_connection_lost || error.code == codes::server_timeout;
}

} // namespace

RunState::RunState(JobId job, journal::Journal& journal, ProgressBoard& progress, Pace pace,
                   const std::stop_token& outer)
    : log_(log::logger("jobs").with(job)), job_(job), journal_(journal), progress_(progress), pace_(std::move(pace)),
      forward_(outer, [this] { stop_.request_stop(); }) {}

std::optional<Error> RunState::ended_by() const {
    const std::lock_guard lock(mutex_);
    return ended_by_;
}

void RunState::sent(std::uint64_t bytes) {
    progress_.sent(bytes);
    if (pace_) pace_(bytes, stop());
}

bool RunState::record(std::span<const journal::Transition> transitions) {
    if (transitions.empty()) return true;
    auto written = journal_.record(transitions);
    if (!written) end(written.error());
    return written.has_value();
}

std::optional<journal::Item> RunState::line(ItemId item) {
    auto lines = journal_.items(job_, {}, ItemId{item.value - 1}, 1);
    if (!lines) {
        end(lines.error());
        return std::nullopt;
    }
    return std::move(lines->at(0));
}

void RunState::failed(ItemInWork& work, const Error& error) {
    if (ends_run(error)) return end(error);
    if (work.failed.exchange(true)) return;
    log_.with(work.item.id).warning("failed: {} ({})", error.code, to_string(error.kind));
    log_.with(work.item.id).debug("{}: {}", work.item.source_path, error.message);
    if (record(journal::Failed{work.item.id, reason_of(error), error.kind == ErrorKind::retryable}))
        progress_.failed(work.item.size);
}

void RunState::end(const Error& error) {
    {
        const std::lock_guard lock(mutex_);
        if (!ended_by_) {
            ended_by_ = error;
            if (error.code == codes::job_stopped) // as somebody wished
                log_.info("the run is stopped");
            else
                log_.error("the run ends: {} {}", error.code, error.message);
        }
    }
    stop_.request_stop();
}

void RunState::server_answered() {
    const std::lock_guard lock(mutex_);
    connection_failures_ = 0;
}

bool RunState::ends_run(const Error& error) {
    if (error.kind == ErrorKind::job || error.code == codes::server_unreachable) return true;
    if (!is_connection_trouble(error)) return false;
    const std::lock_guard lock(mutex_);
    return ++connection_failures_ >= kConnectionFailuresThatEnd;
}

} // namespace passerelle::jobs
