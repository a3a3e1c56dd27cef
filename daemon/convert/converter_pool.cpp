// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/converter_pool.hpp"

#include "core/hash.hpp"
#include "core/reason_codes.hpp"
#include "core/units.hpp"
#include "daemon/convert/compare.hpp"
#include "daemon/convert/family.hpp"
#include "daemon/convert/installation.hpp"
#include "daemon/convert/opendocument.hpp"

#include <system_error>
#include <utility>

namespace passerelle::convert {
namespace {

constexpr const char* kLibreOffice = "/usr/lib/libreoffice/program";
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

/// A file that is removed unless it has been renamed.
class PartialResult {
  public:
    explicit PartialResult(std::filesystem::path path) : path_(std::move(path)) {}
    ~PartialResult() { remove(); }
    PartialResult(const PartialResult&) = delete;
    PartialResult& operator=(const PartialResult&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    void remove() const {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }

  private:
    std::filesystem::path path_;
};

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
        {
            std::lock_guard lock(pool_.mutex_);
            if (!pool_.idle_.empty()) {
                worker_.emplace(std::move(pool_.idle_.back()));
                pool_.idle_.pop_back();
                return worker_->process.get();
            }
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
    const PartialResult result(document.output.string() + ".part");
    auto earlier = conversions_->begin(*digest, result.path(), stop);
    if (!earlier) return failure(earlier);
    const bool is_repeated = earlier->has_value();
    auto verdict = is_repeated ? Result<Verdict>(std::move(**earlier))
                               : convert_and_remember(document, original_format, *digest, result.path(), stop);
    if (is_repeated) {
        std::lock_guard lock(mutex_);
        ++statistics_.repeated;
    }
    if (!verdict || verdict->kind == VerdictKind::kept) return verdict;
    std::error_code error;
    std::filesystem::rename(result.path(), document.output, error);
    if (error) return Error(ErrorKind::item, codes::file_unreadable, document.output.string() + ": " + error.message());
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
    auto turn = run(document, format, result, stop);
    if (!turn) return failure(turn);
    if (turn->outcome != Outcome::converted) {
        if (is_disk_full(document.output.parent_path())) return Error(ErrorKind::job, codes::disk_full, turn->detail);
        return kept({reason_of(*turn)});
    }
    if (const auto fault = check_opendocument(result, format)) {
        return kept({Reason(codes::convert_bad_result, {{"detail", *fault}})});
    }
    std::vector<Reason> differences = compare(document.input, original_format, result);
    const VerdictKind kind = verdict_of(differences);
    return Verdict{.kind = kind, .reasons = std::move(differences), .format = format};
}

Result<Turn> ConverterPool::run(const Document& document, const std::string& format,
                                const std::filesystem::path& result, const std::stop_token& stop) {
    {
        std::unique_lock lock(mutex_);
        if (!freed_.wait(lock, stop, [&] { return taken_ < options_.workers; })) {
            return Error(ErrorKind::job, codes::job_stopped, "");
        }
        ++taken_;
    }
    Place place(*this);
    Turn turn;
    for (int attempt = 1; attempt <= kAttempts; ++attempt) {
        auto worker = attempt == 1 ? place.worker(stop) : place.fresh_worker(stop);
        if (!worker) return failure(worker);
        turn = (*worker)->convert(document.input, result, format, options_.timeout, stop);
        count(turn);
        if (turn.outcome == Outcome::converted || turn.outcome == Outcome::refused) return turn;
        place.drop_worker();
        if (turn.outcome == Outcome::stopped) return Error(ErrorKind::job, codes::job_stopped, "");
        std::error_code ignored;
        std::filesystem::remove(result, ignored);
    }
    return turn;
}

Result<ConverterPool::Worker> ConverterPool::start_worker(const std::stop_token& stop) {
    auto all = profiles();
    if (!all) return failure(all);
    auto profile = (*all)->make();
    if (!profile) return failure(profile);
    auto process =
        WorkerProcess::start({options_.worker, program_, profile->path(), options_.worker_memory_bytes}, stop);
    if (!process) return failure(process);
    std::lock_guard lock(mutex_);
    statistics_.network = (*process)->network();
    return Worker{std::move(*profile), std::move(*process)};
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

std::unique_ptr<Converter> make_converter_pool(PoolOptions options) {
    return std::make_unique<ConverterPool>(std::move(options));
}

} // namespace passerelle::convert
