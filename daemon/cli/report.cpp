// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/report.hpp"

#include "daemon/cli/commands.hpp"
#include "daemon/cli/engine.hpp"

#include <iostream>

namespace passerelle::cli {

Result<Ending> write_report(const Arguments& arguments, const Settings& settings) {
    auto journal = open_journal(settings);
    if (!journal) return failure(journal);
    auto job = find_job(**journal, arguments);
    if (!job) return failure(job);
    const auto format = from_string<report::Format>(arguments.report_format);
    auto written =
        report::write_report(**journal, job->id, format.value_or(report::Format::json), arguments.language, std::cout);
    if (!written) return failure(written);
    return Ending::complete;
}

} // namespace passerelle::cli
