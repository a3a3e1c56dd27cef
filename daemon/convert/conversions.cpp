// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/conversions.hpp"

#include "core/reason_codes.hpp"

#include <system_error>

namespace passerelle::convert {
namespace {

constexpr std::size_t kMostVerdicts = 10'000;

bool copy_result(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code error;
    return std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing, error);
}

} // namespace

Result<std::optional<Verdict>> Conversions::begin(const std::string& sha256, const std::filesystem::path& output,
                                                  const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    const auto settled = [&] {
        const auto entry = entries_.find(sha256);
        return entry == entries_.end() || entry->second.verdict;
    };
    if (!changed_.wait(lock, stop, settled)) return Error(ErrorKind::job, codes::job_stopped, "");
    auto [entry, is_new] = entries_.try_emplace(sha256);
    if (is_new) return std::optional<Verdict>();
    // Copied under the lock: nobody makes it give way meanwhile. It is the size of a document.
    if (entry->second.verdict->kind == VerdictKind::kept || copy_result(stored(sha256), output))
        return entry->second.verdict;
    entry->second.verdict.reset(); // its result is gone: convert again
    std::erase(by_age_, sha256);
    bytes_ -= std::exchange(entry->second.bytes, 0);
    return std::optional<Verdict>();
}

void Conversions::remember(const std::string& sha256, const Verdict& verdict, const std::filesystem::path& output) {
    std::uint64_t bytes = 0;
    if (verdict.kind != VerdictKind::kept) {
        std::error_code failed;
        std::filesystem::create_directories(folder_, failed);
        // A second name of the same file costs nothing; whoever changes the output writes a new file.
        std::filesystem::create_hard_link(output, stored(sha256), failed);
        if (failed && !copy_result(output, stored(sha256))) return abandon(sha256);
        bytes = std::filesystem::file_size(output, failed);
        if (failed) bytes = 0;
    }
    {
        std::lock_guard lock(mutex_);
        entries_[sha256] = {verdict, bytes};
        by_age_.push_back(sha256);
        bytes_ += bytes;
        while (!by_age_.empty() && (bytes_ > most_bytes_ || by_age_.size() > kMostVerdicts))
            forget_oldest();
    }
    changed_.notify_all();
}

void Conversions::abandon(const std::string& sha256) {
    {
        std::lock_guard lock(mutex_);
        entries_.erase(sha256);
    }
    changed_.notify_all();
}

void Conversions::forget_oldest() {
    const auto oldest = entries_.find(by_age_.front());
    bytes_ -= oldest->second.bytes;
    std::error_code ignored;
    std::filesystem::remove(stored(oldest->first), ignored);
    entries_.erase(oldest);
    by_age_.pop_front();
}

} // namespace passerelle::convert
