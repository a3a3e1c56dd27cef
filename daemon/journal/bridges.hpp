// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/units.hpp"
#include "core/words.hpp"

#include <string>
#include <vector>

namespace passerelle::journal {

/// An account whose new exports are brought over as they come. A value.
struct Bridge {
    BridgeId id;
    std::string owner; ///< an account of the Nextcloud
    JobId job;         ///< the migration that it goes on with; it may be forgotten
    ExportKind export_kind = ExportKind::folder;
    std::string choices; ///< as in a job's key
    std::string login;
    std::string sealed_password; ///< encrypted bytes
    bool automatic = false;      ///< else each waits for its owner
    Timestamp created_at{};
};

/// An export that a bridge has made a job of. A value.
struct BridgeExport {
    std::string name;
    std::string state;    ///< the same bytes again have the same
    JobId job;            ///< none: it was there before the bridge
    bool started = false; ///< by the bridge
};

/// The bridges in the journal; see Journal for what calls promise and how they fail.
class Bridges {
  public:
    virtual ~Bridges() = default;

    virtual Result<BridgeId> add_bridge(const Bridge& bridge) = 0;
    /// Writes what may change: credentials, and whether it is automatic.
    virtual Result<void> keep(const Bridge& bridge) = 0;
    virtual Result<void> remove_bridge(BridgeId id) = 0;
    /// The oldest first.
    virtual Result<std::vector<Bridge>> all_bridges() = 0;

    virtual Result<void> keep_export(BridgeId id, const BridgeExport& taken) = 0;
    /// The latest last.
    virtual Result<std::vector<BridgeExport>> exports_of(BridgeId id) = 0;
};

} // namespace passerelle::journal
