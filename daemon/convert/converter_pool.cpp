// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/converter_pool.hpp"

#include "core/hash.hpp"
#include "core/reason_codes.hpp"
#include "core/units.hpp"
#include "daemon/convert/compare.hpp"
#include "daemon/convert/family.hpp"
#include "daemon/convert/installation.hpp"
#include "daemon/convert/opendocument.hpp"

#include <fmt/format.h>
#include <system_error>
#include <utility>

namespace passerelle::convert {
namespace {

constexpr const char* kLibreOffice = "/usr/lib/libreoffice/program";
constexpr const char* kResultName = "result";
constexpr int kAttempts = 2;
// Less than this free after a failed conversion: the disk is what failed.
constexpr std::uint64_t kFullDiskBytes = 8 * kMiB;

// Of results that are kept for documents of the same bytes.
constexpr std::uint64_t kRememberedBytes = 256 * kMiB;

Verdict kept(std::vector<Reason> reasons) {
    return {.kind = VerdictKind::kept, .reasons = std::move(reasons)};
}

Result<std::string> digest_of(const std::filesystem::path& file, const std::stop_token& stop) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    if (failed) return Error(ErrorKind::item, codes::file_unreadable, file.string() + ": " + failed.message());
    return sha256_of(FileContent(file, size), stop);
}

bool is_disk_full(const std::filesystem::path& folder) {
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    return !error && space.available < kFullDiskBytes;
}

/// Why a document that LibreOffice did not convert stays as it is.
Reason reason_of(const Turn& turn) {
    const std::vector<Reason::Parameter> detail{{"detail", turn.detail}};
    switch (turn.outcome) {
    case Outcome::crashed:
        return Reason(codes::convert_crashed, detail);
    case Outcome::timed_out:
        return Reason(codes::convert_timeout);
    case Outcome::out_of_memory:
        return Reason(codes::convert_out_of_memory);
    case Outcome::refused:
    case Outcome::converted:
    case Outcome::stopped:
        break;
    }
    return Reason(codes::convert_failed, detail);
}

/// As Verdict::lost_workers says it.
std::string end_of(const Turn& turn) {
    if (turn.outcome == Outcome::timed_out) return "timeout";
    return turn.outcome == Outcome::out_of_memory ? "out of memory" : turn.detail;
}

/// Puts the finished result where it is to stand, also on another file system, and never half of it.
std::error_code move_result(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code error;
    std::filesystem::rename(from, to, error);
    if (error != std::errc::cross_device_link) return error;
    const std::filesystem::path partial(to.string() + ".part");
    std::filesystem::copy_file(from, partial, std::filesystem::copy_options::overwrite_existing, error);
    if (!error) std::filesystem::rename(partial, to, error);
    std::error_code ignored;
    if (error) std::filesystem::remove(partial, ignored);
    return error;
}

} // namespace

class ConverterPool::Place {
  public:
    explicit Place(ConverterPool& pool) : pool_(pool) {}
    ~Place() {
        std::optional<Worker> worn; // its process is ended without the lock
        {
            std::lock_guard lock(pool_.mutex_);
            if (worker_ && pool_.is_worn(*worker_->process)) {
                ++pool_.statistics_.replaced;
                worn = std::move(worker_);
            } else if (worker_) {
                pool_.idle_.push_back(std::move(*worker_));
            }
            --pool_.taken_;
        }
        pool_.freed_.notify_one();
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    /// A worker, warm if there is one.
    [[nodiscard]] Result<WorkerProcess*> worker(const std::stop_token& stop) {
        while (take_idle_one()) {
            const auto end = worker_->process->end_while_idle();
            if (!end) return worker_->process.get();
            pool_.count(*end);
            drop_worker();
        }
        return fresh_worker(stop);
    }

    [[nodiscard]] Result<WorkerProcess*> fresh_worker(const std::stop_token& stop) {
        auto started = pool_.start_worker(stop);
        if (!started) return failure(started);
        worker_.emplace(std::move(*started));
        return worker_->process.get();
    }

    void drop_worker() { worker_.reset(); }

  private:
    bool take_idle_one() {
        std::lock_guard lock(pool_.mutex_);
        if (pool_.idle_.empty()) return false;
        worker_.emplace(std::move(pool_.idle_.back()));
        pool_.idle_.pop_back();
        return true;
    }

    ConverterPool& pool_;
    std::optional<Worker> worker_;
};

ConverterPool::ConverterPool(PoolOptions options) : options_(std::move(options)) {}

ConverterPool::~ConverterPool() {
    idle_.clear();
} // before profiles_

Result<Verdict> ConverterPool::convert(const Document& document, std::stop_token stop) {
    const auto begin = std::chrono::steady_clock::now();
    auto verdict = judge(document, stop);
    if (!verdict) return verdict;
    verdict->took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    std::lock_guard lock(mutex_);
    ++(verdict->kind == VerdictKind::kept ? statistics_.kept : statistics_.converted);
    return verdict;
}

Result<Verdict> ConverterPool::judge(const Document& document, const std::stop_token& stop) {
    auto inspection = inspect(document.input, document.name);
    if (!inspection) return failure(inspection);
    if (!inspection->obstacles.empty()) return kept(inspection->obstacles);
    if (opendocument_format(inspection->format).empty()) {
        return kept({Reason(codes::convert_other_kind, {{"actual", inspection->format}})});
    }
    return convert_once(document, inspection->format, stop);
}

Result<Verdict> ConverterPool::convert_once(const Document& document, const std::string& original_format,
                                            const std::stop_token& stop) {
    if (auto ready = profiles(); !ready) return failure(ready);
    auto digest = digest_of(document.input, stop);
    if (!digest) return failure(digest);
    auto folder = profiles_->make_for_result();
    if (!folder) return failure(folder);
    const std::filesystem::path result = folder->path() / kResultName;
    auto earlier = conversions_->begin(*digest, result, stop);
    if (!earlier) return failure(earlier);
    const bool is_repeated = earlier->has_value();
    auto verdict = is_repeated ? Result<Verdict>(std::move(**earlier))
                               : convert_and_remember(document, original_format, *digest, result, stop);
    if (is_repeated) {
        if (verdict) verdict->lost_workers.clear(); // they were lost to the other one
        std::lock_guard lock(mutex_);
        ++statistics_.repeated;
    }
    if (!verdict || verdict->kind == VerdictKind::kept) return verdict;
    const auto error = move_result(result, document.output);
    if (error == std::errc::no_space_on_device) return Error(ErrorKind::job, codes::disk_full, error.message());
    if (error) return Error(ErrorKind::item, codes::file_unwritable, error.message(), {{"file", document.output}});
    return verdict;
}

Result<Verdict> ConverterPool::convert_and_remember(const Document& document, const std::string& original_format,
                                                    const std::string& digest, const std::filesystem::path& result,
                                                    const std::stop_token& stop) {
    struct Claim { // others wait for these bytes: whatever happens, they must hear of it
        Conversions& conversions;
        const std::string& digest;
        bool settled = false;
        ~Claim() {
            if (!settled) conversions.abandon(digest);
        }
    } claim{*conversions_, digest};
    auto verdict = convert_now(document, original_format, result, stop);
    if (verdict) conversions_->remember(digest, *verdict, result);
    claim.settled = verdict.has_value();
    return verdict;
}

Result<Verdict> ConverterPool::convert_now(const Document& document, const std::string& original_format,
                                           const std::filesystem::path& result, const std::stop_token& stop) {
    const std::string format(opendocument_format(original_format));
    auto attempts = run(document, format, result, stop);
    if (!attempts) return failure(attempts);
    auto verdict = verdict_on(attempts->last, document, original_format, result);
    if (verdict) verdict->lost_workers = std::move(attempts->lost_workers);
    return verdict;
}

Result<Verdict> ConverterPool::verdict_on(const Turn& turn, const Document& document,
                                          const std::string& original_format, const std::filesystem::path& result) {
    if (turn.outcome != Outcome::converted) {
        if (is_disk_full(result.parent_path())) return Error(ErrorKind::job, codes::disk_full, turn.detail);
        return kept({reason_of(turn)});
    }
    const std::string format(opendocument_format(original_format));
    if (const auto fault = check_opendocument(result, format)) {
        return kept({Reason(codes::convert_bad_result, {{"detail", *fault}})});
    }
    std::vector<Reason> differences = compare(document.input, original_format, result);
    const VerdictKind kind = verdict_of(differences);
    return Verdict{.kind = kind, .reasons = std::move(differences), .format = format};
}

Result<ConverterPool::Attempts> ConverterPool::run(const Document& document, const std::string& format,
                                                   const std::filesystem::path& result, const std::stop_token& stop) {
    {
        std::unique_lock lock(mutex_);
        if (!freed_.wait(lock, stop, [&] { return taken_ < options_.workers; })) {
            return Error(ErrorKind::job, codes::job_stopped, "");
        }
        ++taken_;
    }
    Place place(*this);
    Attempts attempts;
    for (int attempt = 1; attempt <= kAttempts; ++attempt) {
        auto worker = attempt == 1 ? place.worker(stop) : place.fresh_worker(stop);
        if (!worker) return failure(worker);
        const Turn& turn = attempts.last = (*worker)->convert(document.input, result, format, options_.timeout, stop);
        if (turn.outcome == Outcome::converted || turn.outcome == Outcome::refused) return attempts;
        place.drop_worker();
        if (turn.outcome == Outcome::stopped) return Error(ErrorKind::job, codes::job_stopped, "");
        count(turn);
        attempts.lost_workers.push_back(end_of(turn));
        std::error_code ignored;
        std::filesystem::remove(result, ignored);
    }
    return attempts;
}

Result<ConverterPool::Worker> ConverterPool::start_worker(const std::stop_token& stop) {
    auto all = profiles();
    if (!all) return failure(all);
    for (int attempt = 1;; ++attempt) {
        auto profile = (*all)->make();
        if (!profile) return failure(profile);
        auto process =
            WorkerProcess::start({options_.worker, program_, profile->path(), options_.worker_memory_bytes}, stop);
        std::lock_guard lock(mutex_);
        if (process) {
            statistics_.network = (*process)->network();
            return Worker{std::move(*profile), std::move(*process)};
        }
        if (process.error().code == codes::job_stopped) return failure(process);
        ++statistics_.failed_starts;
        if (attempt == kAttempts) return failure(process);
    }
}

Result<Profiles*> ConverterPool::profiles() {
    std::lock_guard lock(mutex_);
    if (!profiles_) {
        auto opened = Profiles::open(options_.scratch, options_.language);
        if (!opened) return failure(opened);
        const auto& given = options_.libreoffice;
        auto program = complete_installation(given.empty() ? kLibreOffice : given, (*opened)->installation());
        if (!program) return failure(program);
        program_ = std::move(*program);
        profiles_ = std::move(*opened);
        conversions_.emplace(profiles_->results(), kRememberedBytes);
    }
    return profiles_.get();
}

void ConverterPool::count(const Turn& turn) {
    std::lock_guard lock(mutex_);
    switch (turn.outcome) {
    case Outcome::crashed:
        ++statistics_.crashed;
        ++statistics_.crashes[turn.detail];
        break;
    case Outcome::timed_out:
        ++statistics_.timed_out;
        break;
    case Outcome::out_of_memory:
        ++statistics_.out_of_memory;
        break;
    case Outcome::converted:
    case Outcome::refused:
    case Outcome::stopped:
        break;
    }
}

bool ConverterPool::is_worn(const WorkerProcess& worker) const {
    // Half of the bound: a document must find room in a worker that is kept.
    return worker.documents() >= options_.documents_per_worker ||
           worker.resident_bytes() > options_.worker_memory_bytes / 2;
}

PoolStatistics ConverterPool::statistics() const {
    std::lock_guard lock(mutex_);
    return statistics_;
}

std::string describe_ends(const PoolStatistics& statistics) {
    std::string crashes;
    for (const auto& [how, count] : statistics.crashes)
        crashes += fmt::format("{}{}: {}", crashes.empty() ? "" : ", ", how, count);
    return fmt::format("{} crashed{}, {} timed out, {} out of memory, {} not started, {} replaced", statistics.crashed,
                       crashes.empty() ? "" : " (" + crashes + ")", statistics.timed_out, statistics.out_of_memory,
                       statistics.failed_starts, statistics.replaced);
}

std::unique_ptr<Converter> make_converter_pool(PoolOptions options) {
    return std::make_unique<ConverterPool>(std::move(options));
}

} // namespace passerelle::convert
