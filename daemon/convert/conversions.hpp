// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/converter.hpp"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>

namespace passerelle::convert {

/// What became of documents, by the SHA-256 of their bytes: associations keep everything twice, and a document that
/// kills LibreOffice kills it in each of its copies. Results wait in a folder, the oldest give way. Internally locked.
///
///   begin() ──nothing known──► the caller converts ──► remember() ──► whoever waits gets the verdict
///      │                                        └────► abandon() ───► one of those who wait converts
///      └──known, or in work elsewhere──► the verdict, and a copy of the result
class Conversions {
  public:
    /// Results are kept in `folder`, which must not be used otherwise; at most `most_bytes` of them, and as many of the
    /// longest-known verdicts are forgotten.
    Conversions(std::filesystem::path folder, std::uint64_t most_bytes)
        : folder_(std::move(folder)), most_bytes_(most_bytes) {}

    /// The verdict on an earlier document of these bytes; its result has been copied to `output`. Waits while another
    /// thread converts the same bytes. Nothing: the caller is to convert, and to call remember() or abandon().
    /// Error: `job.stopped`.
    [[nodiscard]] Result<std::optional<Verdict>> begin(const std::string& sha256, const std::filesystem::path& output,
                                                       const std::stop_token& stop);
    /// `output`: the result that the verdict is about; it may change or vanish afterwards.
    void remember(const std::string& sha256, const Verdict& verdict, const std::filesystem::path& output);
    void abandon(const std::string& sha256);

  private:
    struct Entry {
        std::optional<Verdict> verdict; ///< nothing: in work
        std::uint64_t bytes = 0;        ///< of the result that is kept
    };
    [[nodiscard]] std::filesystem::path stored(const std::string& sha256) const { return folder_ / sha256; }
    void forget_oldest();

    const std::filesystem::path folder_;
    const std::uint64_t most_bytes_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::map<std::string, Entry> entries_;
    std::deque<std::string> by_age_; ///< those with a verdict
    std::uint64_t bytes_ = 0;
};

} // namespace passerelle::convert
