// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/converter.hpp"

#include "core/reason_codes.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/engine.hpp"
#include "daemon/cli/interruption.hpp"
#include "daemon/convert/family.hpp"
#include "daemon/convert/only_faithful.hpp"
#include "daemon/plan/conversions.hpp"
#include "daemon/report/safe_text.hpp"

#include <atomic>
#include <cstdio>
#include <fmt/format.h>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

namespace passerelle::cli {
namespace {

constexpr Sentence kLostWorkers{
    "Processus de conversion perdus et remplacés : {} par arrêt brutal{}, {} par "
    "dépassement du temps, {} par manque de mémoire, {} au démarrage.",
    "Conversion processes lost and replaced: {} by a crash{}, {} by time-out, {} by lack of "
    "memory, {} at their start."};

constexpr Sentence kStopped{
    "La conversion a été arrêtée à votre demande : {} fichiers sur {} sont traités, les résultats "
    "sont dans {}.",
    "The conversion was stopped at your request: {} of {} files are dealt with, the results "
    "are in {}."};

/// One file's conversion. A value.
struct Outcome {
    std::filesystem::path result; ///< empty: not converted
    convert::Verdict verdict;
};

/// Where the file system refuses, the result is as good as before.
void take_over_time(const std::filesystem::path& original, const std::filesystem::path& result) {
    std::error_code ignored;
    const auto time = std::filesystem::last_write_time(original, ignored);
    if (!ignored) std::filesystem::last_write_time(result, time, ignored);
}

/// True for what the person has asked for, which is no failure.
bool is_kept_by_choice(const convert::Verdict& verdict) {
    return !verdict.reasons.empty() && (verdict.reasons.front().code == codes::convert_only_faithful ||
                                        verdict.reasons.front().code == codes::convert_not_chosen);
}

/// Where a result is put: under the document's own name, and beside whatever stands there already. Internally locked.
class ResultNames {
  public:
    explicit ResultNames(std::filesystem::path folder) : folder_(std::move(folder)) {}

    std::filesystem::path claim(const std::filesystem::path& file, std::string_view extension) {
        const std::lock_guard lock(mutex_);
        for (int number = 1;; ++number) {
            const std::string beside = number == 1 ? "" : fmt::format(" ({})", number);
            auto result = folder_ / fmt::format("{}{}.{}", file.stem().string(), beside, extension);
            std::error_code ignored;
            if (!std::filesystem::exists(result, ignored) && claimed_.insert(result).second) return result;
        }
    }

  private:
    const std::filesystem::path folder_;
    std::mutex mutex_;
    std::set<std::filesystem::path> claimed_;
};

Outcome kept(Reason reason) {
    return {{}, {.kind = VerdictKind::kept, .reasons = {std::move(reason)}}};
}

/// By what the file is, whatever its name says. A file that cannot be read is one more that is kept.
Result<Outcome> convert_one(convert::Converter& converter, const std::filesystem::path& file, ResultNames& names,
                            const plan::ConvertChoice& choice, const std::stop_token& stop) {
    const auto inspection = convert::inspect(file, file.filename().string());
    if (!inspection) return kept(reason_of(inspection.error()));
    const std::string extension(convert::opendocument_format(inspection->format));
    if (!extension.empty() && !plan::is_chosen(extension, choice)) return kept(Reason(codes::convert_not_chosen));

    // The worker lives in a folder of its own, where a relative path would lead elsewhere.
    const auto result = std::filesystem::absolute(names.claim(file, extension.empty() ? "odt" : extension));
    auto verdict = converter.convert({std::filesystem::absolute(file), result, file.filename().string()}, stop);
    if (!verdict && verdict.error().kind == ErrorKind::job) return failure(verdict);
    if (!verdict) return kept(reason_of(verdict.error()));
    Outcome outcome{result, std::move(*verdict)};
    if (choice.only_faithful) outcome.verdict = convert::keep_unless_faithful(std::move(outcome.verdict), result);
    if (outcome.verdict.kind == VerdictKind::kept)
        outcome.result.clear();
    else
        take_over_time(file, outcome.result);
    return outcome;
}

/// Each line leaves at once: whoever reads along sees how far it is, and a kill loses none.
void print(const std::filesystem::path& file, const Outcome& outcome, const Arguments& arguments) {
    if (arguments.output == Output::json) {
        nlohmann::ordered_json line{{"file", file.string()},
                                    {"result", outcome.result.string()},
                                    {"verdict", to_string(outcome.verdict.kind)},
                                    {"milliseconds", outcome.verdict.took.count()},
                                    {"lost_workers", outcome.verdict.lost_workers},
                                    {"reasons", nlohmann::ordered_json::array()}};
        for (const auto& reason : outcome.verdict.reasons)
            line["reasons"].push_back({{"code", reason.code}, {"text", explain(reason, arguments.language)}});
        fmt::print("{}\n", line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
        std::fflush(stdout);
        return;
    }
    fmt::print("{:<8} {}\n", to_string(outcome.verdict.kind), report::visible(file.string()));
    for (const auto& reason : outcome.verdict.reasons)
        fmt::print("         {}\n", explain(reason, arguments.language));
    std::fflush(stdout);
}

/// Only where one has ended before its time.
void tell_of_workers(const convert::PoolStatistics& statistics, Language language) {
    if (statistics.crashed + statistics.timed_out + statistics.out_of_memory + statistics.failed_starts == 0) return;
    std::string crashes;
    for (const auto& [how, count] : statistics.crashes)
        crashes += fmt::format("{}{} × {}", crashes.empty() ? " (" : ", ", how, count);
    if (!crashes.empty()) crashes += ")";
    say(fmt::format(fmt::runtime(kLostWorkers.in(language)), statistics.crashed, crashes, statistics.timed_out,
                    statistics.out_of_memory, statistics.failed_starts));
}

} // namespace

/// One JSON object a line with --json. Documents are converted by as many workers as the settings say.
Result<Ending> convert_files(const Arguments& arguments, const Settings& settings) {
    const Interruption interruption;
    std::error_code failed;
    std::filesystem::create_directories(arguments.out_folder, failed);
    if (failed)
        return Error(ErrorKind::job, codes::file_unwritable, failed.message(),
                     {{"file", arguments.out_folder.string()}});
    const auto converter = make_converter(settings);
    ResultNames names(arguments.out_folder);

    std::mutex mutex;
    std::optional<Error> error;
    std::atomic<std::size_t> next{0};
    std::atomic<bool> some_kept{false};
    std::size_t dealt_with = 0;
    const auto work = [&] {
        for (auto i = next++; i < arguments.exports.size(); i = next++) {
            auto outcome =
                convert_one(*converter, arguments.exports[i], names, arguments.choices.convert, interruption.token());
            const std::lock_guard lock(mutex);
            if (!outcome) {
                error = outcome.error();
                return;
            }
            if (outcome->verdict.kind == VerdictKind::kept && !is_kept_by_choice(outcome->verdict)) some_kept = true;
            print(arguments.exports[i], *outcome, arguments);
            ++dealt_with;
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < static_cast<std::size_t>(settings.workers); ++i)
            threads.emplace_back(work);
    }
    if (error && error->code == codes::job_stopped) {
        say(fmt::format(fmt::runtime(kStopped.in(arguments.language)), dealt_with, arguments.exports.size(),
                        report::visible(arguments.out_folder.string())));
        return Ending::stopped;
    }
    if (error) return *error;
    tell_of_workers(converter->statistics(), arguments.language);
    return some_kept ? Ending::some_failed : Ending::complete;
}

} // namespace passerelle::cli
