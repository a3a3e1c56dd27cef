// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/interruption.hpp"

#include <csignal>
#include <ctime>
#include <pthread.h>
#include <unistd.h>

namespace passerelle::cli {
namespace {

constexpr timespec kLookForStopEvery{.tv_sec = 0, .tv_nsec = 100'000'000};

sigset_t ending_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

} // namespace

Interruption::Interruption() {
    const sigset_t signals = ending_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    waiter_ = std::jthread([this, signals](const std::stop_token& over) {
        while (!over.stop_requested()) {
            const int signal = sigtimedwait(&signals, nullptr, &kLookForStopEvery);
            if (signal <= 0) continue;
            if (!source_.request_stop()) ::_exit(128 + signal);
        }
    });
}

} // namespace passerelle::cli
