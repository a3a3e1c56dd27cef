// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/faults.hpp"

namespace passerelle::fakes {
namespace {

bool of_bulk_file(Fault::Kind kind) {
    return kind == Fault::Kind::bulk_file_error || kind == Fault::Kind::store_other_bytes ||
           kind == Fault::Kind::wrong_hash;
}

} // namespace

void Gate::open() {
    std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
}

void Gate::wait(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    ++arrivals_;
    changed_.notify_all();
    changed_.wait_for(lock, limit, [&] { return open_; });
}

bool Gate::wait_for_arrival(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, limit, [&] { return arrivals_ > 0; });
}

void Faults::add(Fault fault) {
    std::lock_guard lock(mutex_);
    faults_.push_back(std::move(fault));
}

void Faults::clear() {
    std::lock_guard lock(mutex_);
    faults_.clear();
}

template <class Matches> std::optional<Fault> Faults::take_first(const Matches& matches) {
    std::lock_guard lock(mutex_);
    for (auto& fault : faults_) {
        if (fault.times == 0 || !matches(fault)) continue;
        if (fault.skip > 0) {
            --fault.skip;
            continue;
        }
        if (fault.times > 0) --fault.times;
        return fault;
    }
    return std::nullopt;
}

std::optional<Fault> Faults::take(std::string_view method, std::string_view path, std::string_view destination) {
    const bool bulk = method == "POST";
    return take_first([&](const Fault& fault) {
        const bool elsewhere = fault.kind == Fault::Kind::cut_request || (bulk && of_bulk_file(fault.kind));
        return !elsewhere && fault.kind != Fault::Kind::bulk_file_error &&
               (fault.method.empty() || fault.method == method) &&
               (path.ends_with(fault.path_suffix) || destination.ends_with(fault.path_suffix));
    });
}

std::optional<Fault> Faults::take_cut(std::string_view method, std::string_view path) {
    return take_first([&](const Fault& fault) {
        return fault.kind == Fault::Kind::cut_request && (fault.method.empty() || fault.method == method) &&
               path.ends_with(fault.path_suffix);
    });
}

std::optional<Fault> Faults::take_for_bulk_file(std::string_view path) {
    return take_first([&](const Fault& fault) {
        return of_bulk_file(fault.kind) && (fault.method.empty() || fault.method == "POST") &&
               path.ends_with(fault.path_suffix);
    });
}

} // namespace passerelle::fakes
