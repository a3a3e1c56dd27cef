// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/journal.hpp"
#include "daemon/service/bridge_desk.hpp"
#include "daemon/service/clock.hpp"
#include "daemon/service/desk.hpp"
#include "daemon/service/folder_watch.hpp"
#include "daemon/service/inboxes.hpp"
#include "daemon/service/settling.hpp"
#include "daemon/service/vault.hpp"

#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace passerelle::service {

/// Keeps the bridges: watches the inboxes, makes a job of each export that has come to rest, and starts it where the
/// bridge is automatic. A thread of its own, which sleeps while nothing comes.
class BridgeKeeper final : public BridgeDesk {
  public:
    struct Tools {
        journal::Journal& journal;
        Desk& desk;
        const Inboxes& inboxes;
        const Vault& vault;
        const Clock& clock;
        std::chrono::seconds rest; ///< for so long an export must not have changed
    };
    explicit BridgeKeeper(Tools tools);
    ~BridgeKeeper() override;

    Result<BridgeView> build(const Caller& caller, const BridgeOrder& order) override;
    Result<std::vector<BridgeView>> bridges(const Caller& caller, bool everybody) override;
    Result<BridgeView> set_automatic(const Caller& caller, BridgeId id, bool automatic) override;
    Result<BridgeView> authorise_bridge(const Caller& caller, BridgeId id, const std::string& login,
                                        Secret app_password) override;
    Result<BridgeView> withdraw(const Caller& caller, BridgeId id) override;
    Result<void> remove(const Caller& caller, BridgeId id) override;

  private:
    /// What is to be told of the next export.
    struct Outlook {
        BridgeState state = BridgeState::watching;
        std::optional<Reason> reason;
        std::string export_name;
    };

    /// What became of the exports that came before.
    struct Followed {
        std::chrono::milliseconds pause; ///< until it is looked at again
        bool at_work = false;            ///< one of them is still on its way
        std::optional<Outlook> outlook;  ///< where one of them waits for a person
    };

    void keep_watch(const std::stop_token& stop);
    // Each answers when to look again where nothing comes.
    std::chrono::milliseconds look();
    std::chrono::milliseconds look_at(journal::Bridge& bridge, Outlook& outlook);
    Result<void> take(const journal::Bridge& bridge, const FoundExport& found, const std::string& state);
    /// Sees to the jobs of exports that came.
    Followed follow(journal::Bridge& bridge, std::vector<journal::BridgeExport>& taken,
                    const std::vector<FoundExport>& exports);
    [[nodiscard]] std::chrono::milliseconds while_arriving() const;
    /// Whether this job stopped because the server refused the bridge's own app password, or it has none.
    [[nodiscard]] bool stopped_for_want_of_access(const journal::Bridge& bridge, const JobView& job) const;
    void forget_password_of(journal::Bridge& bridge);
    Result<BridgeView> keep_and_view(const journal::Bridge& bridge);
    /// What lies there now and has a job is not new.
    Result<void> note_known(const journal::Bridge& bridge);
    [[nodiscard]] Result<journal::Bridge> find(const Caller& caller, BridgeId id) const;
    [[nodiscard]] Result<BridgeView> view(const journal::Bridge& bridge) const;
    [[nodiscard]] bool is_over(const Outlook& outlook, const journal::Bridge& bridge,
                               const std::optional<JobId>& latest) const;

    const Tools tools_;
    Settling settling_; ///< of the watching thread
    FolderWatch watch_;
    std::mutex looking_; ///< a bridge is looked at when it is built or changed, not meanwhile
    mutable std::mutex mutex_;
    std::map<BridgeId, Outlook> outlooks_; ///< guarded by mutex_
    std::jthread thread_;
};

} // namespace passerelle::service
