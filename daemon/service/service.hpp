// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "core/result.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/log/log.hpp"
#include "daemon/service/administration.hpp"
#include "daemon/service/bridge_desk.hpp"
#include "daemon/service/clock.hpp"
#include "daemon/service/connections.hpp"
#include "daemon/service/desk.hpp"
#include "daemon/service/shared_converter.hpp"
#include "daemon/service/sharing_desk.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace passerelle::service {

/// What the service is made of; see config/fields.hpp for what each means.
struct Options {
    std::filesystem::path state_folder;
    std::filesystem::path key_file;
    std::string server_url;
    std::vector<std::filesystem::path> inboxes;
    Limits limits; ///< of the settings; what an administrator set later goes before them
    nextcloud::Options connection;
    std::size_t connections = 4; ///< of all jobs together
    std::size_t workers = 2;     ///< documents in conversion at once, likewise
    std::uint64_t memory_bytes = 32 * kMiB;
    std::filesystem::path convert_worker; ///< told as a problem where it cannot be run
    SharedConverter::Make make_converter;
    log::Options log;
    std::chrono::days keep_jobs{0}; ///< since a job ended; 0: for ever
    std::chrono::days keep_logs{0}; ///< lines of the log, likewise
    std::string version;
    std::chrono::seconds export_rest{300}; ///< a new export is complete when it has not changed for so long
    const Clock* clock = &system_clock();
    Connections::Connect connect = &nextcloud::Nextcloud::connect;
};

/// The daemon without its API: jobs of many people, done as the journal says, also after a restart. Its parts are
/// internally locked.
class Service {
  public:
    virtual ~Service() = default;

    /// Opens what is needed and goes on with what was being done. Errors: those of the journal, `service.key_unusable`,
    /// `service.no_nextcloud` and `config.night_window`.
    [[nodiscard]] static Result<std::unique_ptr<Service>> open(Options options);

    [[nodiscard]] virtual Desk& desk() = 0;
    [[nodiscard]] virtual SharingDesk& sharing() = 0;
    [[nodiscard]] virtual BridgeDesk& bridges() = 0;
    [[nodiscard]] virtual Administration& administration() = 0;
};

} // namespace passerelle::service
