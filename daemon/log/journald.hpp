// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room. The log of systemd, so that `journalctl PASSERELLE_JOB=12` finds what was said of a job.
#pragma once

#include "daemon/log/lines.hpp"

#include <string>
#include <vector>

namespace passerelle::log {

/// Whether standard error is what systemd connected to its journal: JOURNAL_STREAM names its device and inode
/// (systemd.exec(5)).
[[nodiscard]] bool stderr_leads_to_journald();

/// "NAME=value", as systemd.journal-fields(7) wants them: MESSAGE, in which control characters are made visible,
/// PRIORITY of syslog, SYSLOG_IDENTIFIER, PASSERELLE_ROOM, and PASSERELLE_JOB and PASSERELLE_ITEM where there are such.
[[nodiscard]] std::vector<std::string> journald_fields(const Line& line);

/// Hands the line over. Where nobody listens it is lost; the log's file has it.
void send_to_journald(const Line& line);

} // namespace passerelle::log
