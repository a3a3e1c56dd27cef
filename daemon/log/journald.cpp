// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/log/journald.hpp"

// Where in the program a line was written would be this file each time.
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <cstdlib>
#include <sys/stat.h>
#include <sys/uio.h>
#include <syslog.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

namespace passerelle::log {
namespace {

int priority_of(Level level) {
    switch (level) {
    case Level::debug:
        return LOG_DEBUG;
    case Level::info:
        return LOG_INFO;
    case Level::warning:
        return LOG_WARNING;
    case Level::error:
        return LOG_ERR;
    }
    return LOG_ERR;
}

} // namespace

bool stderr_leads_to_journald() {
    const char* stream = std::getenv("JOURNAL_STREAM");
    struct stat facts {};
    if (stream == nullptr || ::fstat(STDERR_FILENO, &facts) != 0) return false;
    return fmt::format("{}:{}", facts.st_dev, facts.st_ino) == stream;
}

std::vector<std::string> journald_fields(const Line& line) {
    std::vector<std::string> fields{"MESSAGE=" + to_message(line), fmt::format("PRIORITY={}", priority_of(line.level)),
                                    "SYSLOG_IDENTIFIER=passerelle", "PASSERELLE_ROOM=" + line.room};
    if (line.job) fields.push_back(fmt::format("PASSERELLE_JOB={}", line.job->value));
    if (line.item) fields.push_back(fmt::format("PASSERELLE_ITEM={}", line.item->value));
    return fields;
}

void send_to_journald(const Line& line) {
    auto fields = journald_fields(line);
    std::vector<iovec> pieces;
    pieces.reserve(fields.size());
    for (auto& field : fields)
        pieces.push_back({field.data(), field.size()});
    ::sd_journal_sendv(pieces.data(), static_cast<int>(pieces.size()));
}

} // namespace passerelle::log
