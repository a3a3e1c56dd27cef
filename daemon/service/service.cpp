// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/service.hpp"

#include "core/reason_codes.hpp"
#include "daemon/service/administrator.hpp"
#include "daemon/service/bridge_keeper.hpp"
#include "daemon/service/event_feed.hpp"
#include "daemon/service/inboxes.hpp"
#include "daemon/service/job_desk.hpp"
#include "daemon/service/job_sharing_desk.hpp"
#include "daemon/service/job_work.hpp"
#include "daemon/service/pacer.hpp"
#include "daemon/service/retention.hpp"
#include "daemon/service/scheduler.hpp"
#include "daemon/service/vault.hpp"

namespace passerelle::service {
namespace {

/// The parts in the order in which they need each other; they end in the reverse one.
class Composition final : public Service {
  public:
    Composition(Options options, Vault vault, std::unique_ptr<journal::Journal> journal, const Limits& limits,
                const NightWindow& window)
        : vault_(std::move(vault)), journal_(std::move(journal)), inboxes_(std::move(options.inboxes)),
          connections_(vault_, options.server_url, options.connection, options.connect),
          converter_(options.make_converter), events_(journal_->service()),
          work_({*journal_, connections_, inboxes_, converter_, pacer_, options.state_folder, options.server_url,
                 options.workers, options.memory_bytes}),
          scheduler_({*journal_, work_, events_, *options.clock, options.connections}, limits, window),
          desk_({*journal_, scheduler_, events_, inboxes_, vault_, connections_, options.server_url,
                 options.state_folder}),
          sharing_({*journal_, connections_, events_}),
          bridges_({*journal_, desk_, inboxes_, vault_, *options.clock, options.export_rest}),
          administrator_({*journal_, scheduler_, pacer_, options.state_folder, options.convert_worker, options.log,
                          options.version}),
          retention_({*journal_, events_, *options.clock, options.state_folder, options.log, options.keep_jobs,
                      options.keep_logs}) {
        pacer_.bound(limits.bytes_per_second);
    }

    [[nodiscard]] Desk& desk() override { return desk_; }
    [[nodiscard]] SharingDesk& sharing() override { return sharing_; }
    [[nodiscard]] BridgeDesk& bridges() override { return bridges_; }
    [[nodiscard]] Administration& administration() override { return administrator_; }

  private:
    Vault vault_;
    std::unique_ptr<journal::Journal> journal_;
    Inboxes inboxes_;
    Connections connections_;
    SharedConverter converter_;
    Pacer pacer_;
    EventFeed events_;
    JobWork work_;
    Scheduler scheduler_;
    JobDesk desk_;
    JobSharingDesk sharing_;
    BridgeKeeper bridges_;
    Administrator administrator_;
    Retention retention_;
};

} // namespace

Result<std::unique_ptr<Service>> Service::open(Options options) {
    if (options.server_url.empty()) return Error(ErrorKind::job, codes::service_no_nextcloud, "");
    auto vault = Vault::open(options.key_file);
    if (!vault) return failure(vault);
    auto journal = journal::open_sqlite_journal(options.state_folder / "journal.db");
    if (!journal) return failure(journal);
    auto limits = Administrator::kept_limits((*journal)->service(), options.limits);
    if (!limits) return failure(limits);
    auto window = NightWindow::parse(limits->night_window);
    if (!window) return failure(window);
    return std::make_unique<Composition>(std::move(options), std::move(*vault), std::move(*journal), *limits, *window);
}

} // namespace passerelle::service
