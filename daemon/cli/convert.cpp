// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/converter.hpp"

#include "core/reason_codes.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/engine.hpp"
#include "daemon/cli/interruption.hpp"
#include "daemon/report/safe_text.hpp"

#include <atomic>
#include <fmt/format.h>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

namespace passerelle::cli {
namespace {

/// One file's conversion. A value.
struct Outcome {
    std::filesystem::path result; ///< empty: not converted
    convert::Verdict verdict;
};

Result<Outcome> convert_one(convert::Converter& converter, const std::filesystem::path& file,
                            const std::filesystem::path& out_folder, const std::stop_token& stop) {
    Outcome outcome;
    const auto format = plan::conversion_of(file.filename().string(), {});
    if (!format) {
        outcome.verdict.reasons = {Reason(codes::convert_not_a_document)};
        return outcome;
    }
    outcome.result = out_folder / file.filename().replace_extension(*format);
    // The worker lives in a folder of its own, where a relative path would lead elsewhere.
    auto verdict = converter.convert(
        {std::filesystem::absolute(file), std::filesystem::absolute(outcome.result), file.filename().string(), *format},
        stop);
    if (!verdict) return failure(verdict);
    outcome.verdict = std::move(*verdict);
    if (outcome.verdict.kind == VerdictKind::kept) {
        outcome.result.clear();
    } else if (outcome.verdict.format != *format) { // its name lied
        const auto promised = outcome.result;
        outcome.result.replace_extension(outcome.verdict.format);
        std::error_code failed;
        std::filesystem::rename(promised, outcome.result, failed);
        if (failed)
            return Error(ErrorKind::item, codes::file_unwritable, failed.message(),
                         {{"file", outcome.result.string()}});
    }
    return outcome;
}

void print(const std::filesystem::path& file, const Outcome& outcome, const Arguments& arguments) {
    if (arguments.output == Output::json) {
        nlohmann::ordered_json line{{"file", file.string()},
                                    {"result", outcome.result.string()},
                                    {"verdict", to_string(outcome.verdict.kind)},
                                    {"milliseconds", outcome.verdict.took.count()},
                                    {"reasons", nlohmann::ordered_json::array()}};
        for (const auto& reason : outcome.verdict.reasons)
            line["reasons"].push_back({{"code", reason.code}, {"text", explain(reason, arguments.language)}});
        fmt::print("{}\n", line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
        return;
    }
    fmt::print("{:<8} {}\n", to_string(outcome.verdict.kind), report::visible(file.string()));
    for (const auto& reason : outcome.verdict.reasons)
        fmt::print("         {}\n", explain(reason, arguments.language));
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

    std::mutex mutex;
    std::optional<Error> error;
    std::atomic<std::size_t> next{0};
    std::atomic<bool> some_kept{false};
    const auto work = [&] {
        for (auto i = next++; i < arguments.exports.size(); i = next++) {
            auto outcome = convert_one(*converter, arguments.exports[i], arguments.out_folder, interruption.token());
            const std::lock_guard lock(mutex);
            if (!outcome) {
                error = outcome.error();
                if (error->kind == ErrorKind::job) return;
                continue;
            }
            if (outcome->verdict.kind == VerdictKind::kept) some_kept = true;
            print(arguments.exports[i], *outcome, arguments);
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < static_cast<std::size_t>(settings.workers); ++i)
            threads.emplace_back(work);
    }
    if (error) return *error;
    return some_kept ? Ending::some_failed : Ending::complete;
}

} // namespace passerelle::cli
