// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/ids.hpp"
#include "core/reason.hpp"
#include "core/secret.hpp"
#include "core/units.hpp"
#include "core/words.hpp"
#include "daemon/service/caller.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::service {

/// What becomes of the next export.
enum class BridgeState {
    watching,   ///< none is there
    arriving,   ///< one is there, and may still grow
    incomplete, ///< one is there, of which a part is missing
    ready,      ///< one is planned, and waits for its owner
    no_inbox,   ///< there is no folder into which one could come
    no_access,  ///< its app password was revoked: nothing comes until there is another
};

[[nodiscard]] std::string_view to_string(BridgeState state);

/// What a bridge goes on with. A value.
struct BridgeOrder {
    JobId job;         ///< finished; its account, kind of export and choices are the bridge's
    std::string login; ///< with which `app_password` works
    Secret app_password;
    bool automatic = false; ///< what comes is brought over by itself; else it waits for its owner
};

struct BridgeView {
    BridgeId id;
    std::string user_id;
    JobId job; ///< with which it began
    ExportKind export_kind = ExportKind::folder;
    std::string destination;
    bool automatic = false;
    BridgeState state = BridgeState::watching;
    std::optional<Reason> reason; ///< of the state
    std::string export_name;      ///< that is arriving, incomplete or ready
    std::optional<JobId> latest;  ///< the job of the latest export that came
    Timestamp created_at{};
};

/// Accounts whose new exports are brought over as they come into an inbox: each becomes a job that synchronises.
/// Another person's bridge is answered with `bridge.unknown` (permanent). Internally locked.
class BridgeDesk {
  public:
    virtual ~BridgeDesk() = default;

    /// Errors: those of Desk::job(), `job.wrong_state` (conflict) for a job that has not finished, `bridge.exists`
    /// (conflict) where this account's exports of this kind come to this destination already.
    virtual Result<BridgeView> build(const Caller& caller, const BridgeOrder& order) = 0;
    /// The oldest first; `everybody`: those of all people, for administrators (`service.not_yours`).
    virtual Result<std::vector<BridgeView>> bridges(const Caller& caller, bool everybody) = 0;
    virtual Result<BridgeView> set_automatic(const Caller& caller, BridgeId id, bool automatic) = 0;
    /// Takes another app password where the first was revoked. The job of the latest export goes on where it stopped
    /// for want of one.
    virtual Result<BridgeView> authorise_bridge(const Caller& caller, BridgeId id, const std::string& login,
                                                Secret app_password) = 0;
    /// Forgets its app password, which was revoked: what comes waits for another.
    virtual Result<BridgeView> withdraw(const Caller& caller, BridgeId id) = 0;
    /// Forgets its app password with it; jobs that it began stay.
    virtual Result<void> remove(const Caller& caller, BridgeId id) = 0;
};

} // namespace passerelle::service
