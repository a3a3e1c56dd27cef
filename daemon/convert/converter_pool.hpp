// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/conversions.hpp"
#include "daemon/convert/converter.hpp"
#include "daemon/convert/profiles.hpp"
#include "daemon/convert/worker_process.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>

namespace passerelle::convert {

/// The converter over warm workers. A document goes through
///
///   inspect -> seen before? -> wait for a worker -> convert -> is the result what it should be? -> compare -> verdict
///      |            |                                 |   a worker that dies with a document in its hands is replaced,
///      v            v                                 v   and the document tried once more on a fresh one
///     kept   the same verdict                        kept
///
/// Internally locked.
class ConverterPool final : public Converter {
  public:
    explicit ConverterPool(PoolOptions options);
    ~ConverterPool() override;
    [[nodiscard]] Result<Verdict> convert(const Document& document, std::stop_token stop) override;
    [[nodiscard]] PoolStatistics statistics() const override;

  private:
    struct Worker {
        PrivateFolder profile;
        std::unique_ptr<WorkerProcess> process; // ends before its profile goes
    };
    struct Attempts {
        Turn last;
        std::vector<std::string> lost_workers; ///< see Verdict
    };
    /// A place among the workers; given back by the destructor, with the worker in it if that may go on.
    class Place;

    [[nodiscard]] Result<Verdict> judge(const Document& document, const std::stop_token& stop);
    [[nodiscard]] Result<Verdict> convert_once(const Document& document, const std::string& original_format,
                                               const std::stop_token& stop);
    [[nodiscard]] Result<Verdict> convert_and_remember(const Document& document, const std::string& original_format,
                                                       const std::string& digest, const std::filesystem::path& result,
                                                       const std::stop_token& stop);
    /// The conversion itself; unless the document is kept, its OpenDocument stands at `result`.
    [[nodiscard]] Result<Verdict> convert_now(const Document& document, const std::string& original_format,
                                              const std::filesystem::path& result, const std::stop_token& stop);
    [[nodiscard]] static Result<Verdict> verdict_on(const Turn& turn, const Document& document,
                                                    const std::string& original_format,
                                                    const std::filesystem::path& result);
    /// Tries on a second worker where the first one ended.
    [[nodiscard]] Result<Attempts> run(const Document& document, const std::string& format,
                                       const std::filesystem::path& result, const std::stop_token& stop);
    /// Tries a second time where the first worker ends before it is ready.
    [[nodiscard]] Result<Worker> start_worker(const std::stop_token& stop);
    [[nodiscard]] Result<Profiles*> profiles();
    void count(const Turn& turn);
    /// Whether it has done its number of documents or holds too much memory to take another.
    [[nodiscard]] bool is_worn(const WorkerProcess& worker) const;

    const PoolOptions options_;
    mutable std::mutex mutex_;
    std::condition_variable_any freed_;
    std::size_t taken_ = 0;
    std::unique_ptr<Profiles> profiles_;
    std::filesystem::path program_;            ///< LibreOffice's, set together with profiles_
    std::optional<Conversions> conversions_{}; ///< likewise
    std::vector<Worker> idle_;
    PoolStatistics statistics_;
};

} // namespace passerelle::convert
