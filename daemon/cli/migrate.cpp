// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/engine.hpp"
#include "daemon/cli/interruption.hpp"
#include "daemon/cli/places.hpp"
#include "daemon/cli/progress_display.hpp"
#include "daemon/cli/share_order.hpp"
#include "daemon/report/report.hpp"
#include "daemon/report/summary.hpp"
#include "daemon/report/wording.hpp"

#include <fmt/format.h>
#include <fstream>

namespace passerelle::cli {
namespace {

constexpr Sentence kReading{"Lecture de l'export…", "Reading the export…"};
constexpr Sentence kGoesOn{"La migration {} est connue : elle continue là où elle en était.",
                           "Migration {} is known: it goes on where it was."};
constexpr Sentence kStarts{"Migration {} : {} fichiers et dossiers, {}.", "Migration {}: {} files and folders, {}."};
constexpr Sentence kResume{"Pour continuer : passerelle resume {}", "To go on: passerelle resume {}"};
constexpr Sentence kShareLater{"Les fichiers sont arrivés. Pour partager : passerelle shares {} --apply",
                               "The files have arrived. To share: passerelle shares {} --apply"};
constexpr Sentence kReport{"Le rapport : {}", "The report: {}"};

void print_problems(const std::vector<Reason>& problems, Language language) {
    for (const Reason& problem : problems)
        say("! " + explain(problem, language));
}

Result<void> write_report_file(journal::Journal& journal, JobId job, const std::filesystem::path& file,
                               Language language) {
    const auto extension = file.extension().string();
    const auto format = from_string<report::Format>(extension.empty() ? extension : extension.substr(1));
    if (!format) return Error(ErrorKind::job, codes::usage_report_format, "", {{"file", file.string()}});
    std::ofstream out(file, std::ios::binary);
    auto written = report::write_report(journal, job, *format, language, out);
    out.close();
    if (written && !out) return Error(ErrorKind::job, codes::file_unwritable, "", {{"file", file.string()}});
    return written;
}

/// The end of a run, as the person reads it. Data for stdout: the summary.
Result<void> print_outcome(Engine& engine, JobId id, const Arguments& arguments) {
    auto job = engine.journal().job(id);
    if (!job) return failure(job);
    auto statement = engine.journal().statement(id);
    if (!statement) return failure(statement);
    auto counts = engine.journal().reason_counts(id);
    if (!counts) return failure(counts);
    fmt::print("{}", report::summary(**job, *statement, *counts, arguments.language));
    if (arguments.report_file.empty()) return {};
    auto written = write_report_file(engine.journal(), id, arguments.report_file, arguments.language);
    if (written) say(fmt::format(fmt::runtime(kReport.in(arguments.language)), arguments.report_file.string()));
    return written;
}

Result<Ending> carry_out(Engine& engine, JobId id, const Arguments& arguments, const std::stop_token& stop) {
    auto statement = [&] {
        const ProgressDisplay display(engine.progress(), arguments.language);
        return jobs::run(id, engine.tools(), engine.progress(), stop);
    }();
    auto told = print_outcome(engine, id, arguments);
    if (!statement) {
        say(fmt::format(fmt::runtime(kResume.in(arguments.language)), id.value));
        return failure(statement);
    }
    if (!told) return failure(told);
    return statement->failed.items > 0 ? Ending::some_failed : Ending::complete;
}

/// The step after a migration, as `shares JOB --apply` does it.
Result<Ending> share_too(Ending migrated, JobId id, Arguments arguments, const Settings& settings) {
    if (!asks_to_share(arguments)) return migrated;
    arguments.job = id.value;
    arguments.apply = true;
    arguments.table_file = accesses_table(arguments);
    auto shared = shares(arguments, settings);
    if (!shared) {
        say(fmt::format(fmt::runtime(kShareLater.in(arguments.language)), id.value));
        return shared;
    }
    return migrated == Ending::complete ? *shared : migrated;
}

/// The engine of a job that is in the journal already.
Result<std::unique_ptr<Engine>> reopen(const Arguments& arguments, const Settings& settings,
                                       const std::stop_token& stop) {
    auto journal = open_journal(settings);
    if (!journal) return failure(journal);
    auto job = find_job(**journal, arguments);
    if (!job) return failure(job);
    const std::vector<std::filesystem::path> exports(job->export_paths.begin(), job->export_paths.end());
    return Engine::open(exports, merge(arguments.target, access_from_text(job->access)), settings, stop);
}

/// Goes on to the end, with the sharing that the job was made with.
Result<Ending> finish(std::unique_ptr<Engine> engine, Arguments arguments, const Settings& settings,
                      const std::stop_token& stop) {
    const JobId id{*arguments.job};
    auto job = engine->journal().job(id);
    if (!job) return failure(job);
    take_share_order((*job)->share_order, arguments);
    auto ending = carry_out(*engine, id, arguments, stop);
    if (!ending) return ending;
    engine.reset(); // sharing needs neither the export nor the converters
    return share_too(*ending, id, arguments, settings);
}

} // namespace

Result<Ending> migrate(const Arguments& arguments, const Settings& settings) {
    const Interruption interruption;
    if (auto tables = check_tables(arguments); !tables) return failure(tables);
    auto target = complete(arguments.target, settings);
    if (!target) return failure(target);
    say(kReading.in(arguments.language));
    auto engine = Engine::open(arguments.exports, *target, settings, interruption.token());
    if (!engine) return failure(engine);
    print_problems((*engine)->source().inventory().problems, arguments.language);

    auto choices = arguments.choices;
    auto places =
        settle_places(arguments.places_file, (*engine)->source().inventory(), false, arguments.language, choices);
    if (!places) return failure(places);
    const jobs::Order order{.server_url = target->url,
                            .choices = choices,
                            .access = access_to_text(*target),
                            .share_order = share_order_text(arguments),
                            .create_team_folders = arguments.create_team_folders};
    auto preparation = jobs::prepare((*engine)->tools(), order, interruption.token());
    if (!preparation) return failure(preparation);
    auto statement = (*engine)->journal().statement(preparation->job);
    if (!statement) return failure(statement);
    if (preparation->known)
        say(fmt::format(fmt::runtime(kGoesOn.in(arguments.language)), preparation->job.value));
    else
        say(fmt::format(fmt::runtime(kStarts.in(arguments.language)), preparation->job.value, statement->seen.items,
                        report::human_bytes(statement->seen.bytes, arguments.language)));
    auto ending = carry_out(**engine, preparation->job, arguments, interruption.token());
    if (!ending) return ending;
    engine->reset(); // sharing needs neither the export nor the converters
    return share_too(*ending, preparation->job, arguments, settings);
}

Result<Ending> resume(const Arguments& arguments, const Settings& settings) {
    const Interruption interruption;
    auto engine = reopen(arguments, settings, interruption.token());
    if (!engine) return failure(engine);
    return finish(std::move(*engine), arguments, settings, interruption.token());
}

Result<Ending> retry(const Arguments& arguments, const Settings& settings) {
    const Interruption interruption;
    auto engine = reopen(arguments, settings, interruption.token());
    if (!engine) return failure(engine);
    std::vector<ItemId> items;
    for (const auto item : arguments.items)
        items.emplace_back(item);
    auto& journal = (*engine)->journal();
    auto reset = items.empty() ? journal.reset_failed(JobId{*arguments.job}, !arguments.all_failures)
                               : journal.reset_failed_items(JobId{*arguments.job}, items);
    if (!reset) return failure(reset);
    return finish(std::move(*engine), arguments, settings, interruption.token());
}

} // namespace passerelle::cli
