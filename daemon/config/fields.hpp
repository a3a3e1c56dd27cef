// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/config/settings.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

namespace passerelle::config {

/// A whole number within bounds, both included.
struct WholeNumber {
    std::int64_t Settings::*member;
    std::int64_t fallback;
    std::int64_t least;
    std::int64_t most;
};

/// Any text; a path where the key says so.
struct FreeText {
    std::string Settings::*member;
    std::string_view fallback;
};

/// One of a few words.
struct OneWord {
    std::string Settings::*member;
    std::string_view fallback;
    std::span<const std::string_view> allowed;
};

/// One setting: everything that the loader, the example file and `passerelle check-config` know of it.
struct Field {
    std::string_view section;
    std::string_view key;
    std::variant<WholeNumber, FreeText, OneWord> kind;
    std::string_view help; ///< for the administrator; what an empty text or the number means
};

inline constexpr std::array<std::string_view, 4> kLevels{"error", "warning", "info", "debug"};
inline constexpr std::array<std::string_view, 2> kFormats{"text", "json"};
inline constexpr std::array<std::string_view, 3> kLanguages{"auto", "fr", "en"};

/// All settings, in the order of the example file; the fields of a section stand together.
inline constexpr std::array kFields{
    Field{"paths", "state_dir", FreeText{&Settings::state_dir, ""},
          "Where the journal, the log and stored logins live; readable for the service's user alone. Empty: systemd's "
          "STATE_DIRECTORY, else $XDG_STATE_HOME/passerelle, else ~/.local/state/passerelle, else /var/lib/passerelle. "
          "The environment variable PASSERELLE_STATE_DIR goes before this setting, --state-dir before both."},
    Field{"paths", "scratch_dir", FreeText{&Settings::scratch_dir, ""},
          "Where documents lie while they are converted. Empty: the folder scratch/ of the state directory."},

    Field{"server", "connections", WholeNumber{&Settings::connections, 4, 1, 32},
          "Connections to Nextcloud at one time. More than 8 rarely help and weigh on a small server."},
    Field{"server", "timeout_seconds", WholeNumber{&Settings::timeout_seconds, 300, 10, 3600},
          "A connection without any progress for so long counts as lost."},
    Field{"server", "max_attempts", WholeNumber{&Settings::max_attempts, 6, 1, 20},
          "How often one request is tried before its file is reported as failed. Waiting for the end of a maintenance "
          "does not count."},
    Field{
        "server", "ca_file", FreeText{&Settings::ca_file, ""},
        "A PEM file with the certificate of a certification authority of your own. Empty: those of the system alone."},

    Field{"conversion", "workers", WholeNumber{&Settings::workers, 2, 1, 64},
          "Documents converted at one time. Each worker is a LibreOffice; one a processor core is enough."},
    Field{"conversion", "document_timeout_seconds", WholeNumber{&Settings::document_timeout_seconds, 120, 5, 3600},
          "A document that takes longer is sent as it is."},
    Field{"conversion", "worker_memory_mib", WholeNumber{&Settings::worker_memory_mib, 1024, 256, 65536},
          "A worker that holds more memory (MiB) is replaced; its document is tried once more and then sent as it is."},
    Field{"conversion", "documents_per_worker", WholeNumber{&Settings::documents_per_worker, 200, 1, 10000},
          "LibreOffice gives memory back badly, so a worker is replaced after so many documents."},

    Field{"memory", "pipeline_mib", WholeNumber{&Settings::pipeline_mib, 48, 16, 4096},
          "How much of the files (MiB) may wait in memory between reading and uploading."},

    Field{"report", "language", OneWord{&Settings::language, "auto", kLanguages},
          "The language of messages and reports, and of the folder that receives the originals (Originaux, Originals). "
          "auto: the environment's, French where it names none."},

    Field{"service", "listen", FreeText{&Settings::service_listen, "127.0.0.1:8790"},
          "Where the service listens for Nextcloud: an address of this machine's loopback, and a port."},
    Field{"service", "nextcloud_url", FreeText{&Settings::service_nextcloud_url, ""},
          "The address of the Nextcloud whose people the service works for, as a browser on this machine reaches it."},
    Field{
        "service", "inboxes", FreeText{&Settings::service_inboxes, ""},
        "Folders, separated by colons, in which exports are put for people: what lies in <inbox>/<account>/ belongs to "
        "that account. Empty: the folder inbox/ of the state directory."},
    Field{"service", "export_rest_seconds", WholeNumber{&Settings::service_export_rest_seconds, 300, 10, 86'400},
          "Seconds for which a new export in an inbox must not have changed before it is taken for complete."},
    Field{"service", "jobs_at_once", WholeNumber{&Settings::service_jobs_at_once, 2, 1, 64},
          "Migrations that run at one time; the connections to Nextcloud are divided among them."},
    Field{"service", "night_window", FreeText{&Settings::service_night_window, ""},
          "The hours at which migrations run, for example \"22:00-06:00\". Empty: always."},
    Field{"service", "rate_limit", WholeNumber{&Settings::service_rate_limit, 0, 0, 1'000'000'000'000},
          "Bytes a second that all migrations together send to Nextcloud. 0: no bound."},
    Field{"service", "keep_jobs_days", WholeNumber{&Settings::service_keep_jobs_days, 0, 0, 36'500},
          "After how many days migrations that have ended are forgotten, as by `passerelle forget`: those into one "
          "account together, when the last of them is that old, for a synchronisation rests on the earlier ones. "
          "What they brought stays. 0: never."},
    Field{"service", "keep_logs_days", WholeNumber{&Settings::service_keep_logs_days, 0, 0, 36'500},
          "After how many days lines of the log's files are deleted. 0: not before [log] file_mib and kept_files say "
          "so."},
    Field{
        "service", "pairing_file", FreeText{&Settings::service_pairing_file, ""},
        "The secret that Nextcloud's app proves itself with; `passerelle pair` makes it. Empty: pairing.secret in the "
        "state directory."},
    Field{"service", "key_file", FreeText{&Settings::service_key_file, ""},
          "The key that encrypts app passwords in the journal; made at the first start. systemd's credential "
          "passerelle.key goes before it. Empty: passerelle.key in the state directory."},

    Field{"log", "level", OneWord{&Settings::log_level, "info", kLevels},
          "The least important messages that are written. Names of files appear at debug only."},
    Field{"log", "rooms", FreeText{&Settings::log_rooms, ""},
          "Other levels for single parts of the program, for example \"http=debug, jobs=warning\"."},
    Field{"log", "format", OneWord{&Settings::log_format, "text", kFormats},
          "How the service's messages look on standard error; systemd's journal gets them with fields instead."},
    Field{"log", "file", FreeText{&Settings::log_file, ""},
          "The file that `passerelle log` reads, one JSON object a line. Empty: log/passerelle.jsonl in the state "
          "directory."},
    Field{"log", "file_mib", WholeNumber{&Settings::log_file_mib, 10, 1, 1000},
          "A log file of this size (MiB) is put aside and a new one begun."},
    Field{"log", "kept_files", WholeNumber{&Settings::log_kept_files, 5, 1, 100},
          "How many of those put aside are kept."},
};

} // namespace passerelle::config
