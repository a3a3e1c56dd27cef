// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace passerelle::config {

/// What an administrator can set, under the names of config/passerelle.example.toml; a member is called like its key
/// with its section in front where that would be unclear alone. Defaults and bounds stand in fields.hpp. A value.
struct Settings {
    std::string state_dir;   ///< journal, log, stored logins
    std::string scratch_dir; ///< documents that are being converted

    std::int64_t connections = 0;
    std::int64_t timeout_seconds = 0; ///< without any progress
    std::int64_t max_attempts = 0;
    std::string ca_file; ///< PEM; empty: the system's authorities alone

    std::int64_t workers = 0;
    std::int64_t document_timeout_seconds = 0;
    std::int64_t worker_memory_mib = 0;
    std::int64_t documents_per_worker = 0;

    std::int64_t pipeline_mib = 0; ///< what may wait in memory between the stages of a job

    std::string language; ///< "auto", "fr" or "en"

    std::string service_listen;                   ///< "127.0.0.1:8790"
    std::string service_nextcloud_url;            ///< whose people the daemon works for
    std::string service_inboxes;                  ///< folders, separated by colons
    std::int64_t service_export_rest_seconds = 0; ///< without any change a new export is complete
    std::int64_t service_jobs_at_once = 0;
    std::string service_night_window;        ///< "22:00-06:00"; empty: always
    std::int64_t service_rate_limit = 0;     ///< bytes a second, of all jobs together; 0: no bound
    std::int64_t service_keep_jobs_days = 0; ///< since they ended; 0: for ever
    std::int64_t service_keep_logs_days = 0; ///< likewise
    std::string service_pairing_file;        ///< the secret that the companion app shows
    std::string service_key_file;            ///< encrypts app passwords in the journal

    std::string log_level;  ///< "error", "warning", "info", "debug"
    std::string log_rooms;  ///< "http=debug, jobs=warning"
    std::string log_format; ///< on standard error: "text" or "json"
    std::string log_file;   ///< JSON lines, rotated
    std::int64_t log_file_mib = 0;
    std::int64_t log_kept_files = 0;

    friend bool operator==(const Settings&, const Settings&) = default;
};

} // namespace passerelle::config
