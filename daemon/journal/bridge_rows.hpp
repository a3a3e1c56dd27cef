// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/bridges.hpp"

#include <vector>

/// Bridges as rows. Private to the room.
namespace passerelle::journal {

class Statements;

void insert_bridge(Statements& statements, const Bridge& bridge);
void update_bridge(Statements& statements, const Bridge& bridge);
[[nodiscard]] std::vector<Bridge> read_bridges(Statements& statements);
void write_bridge_export(Statements& statements, BridgeId id, const BridgeExport& taken);
[[nodiscard]] std::vector<BridgeExport> read_bridge_exports(Statements& statements, BridgeId id);

} // namespace passerelle::journal
