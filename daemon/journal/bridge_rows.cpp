// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/bridge_rows.hpp"

#include "daemon/journal/row_words.hpp"
#include "daemon/journal/statements.hpp"
#include "journal/sql.hpp"

namespace passerelle::journal {

void insert_bridge(Statements& statements, const Bridge& bridge) {
    statements.run(sql::insert_bridge, bridge.owner, bridge.job.value, to_string(bridge.export_kind), bridge.choices,
                   bridge.login, Blob{bridge.sealed_password}, bridge.automatic);
}

void update_bridge(Statements& statements, const Bridge& bridge) {
    statements.run(sql::update_bridge, bridge.id.value, bridge.login, Blob{bridge.sealed_password}, bridge.automatic);
}

std::vector<Bridge> read_bridges(Statements& statements) {
    auto& row = statements.prepare(sql::select_bridges);
    std::vector<Bridge> bridges;
    while (row.executeStep())
        bridges.push_back({.id = BridgeId{row.getColumn(0).getInt64()},
                           .owner = row.getColumn(1).getString(),
                           .job = JobId{row.getColumn(2).getInt64()},
                           .export_kind = word_of<ExportKind>(row.getColumn(3).getString()),
                           .choices = row.getColumn(4).getString(),
                           .login = row.getColumn(5).getString(),
                           .sealed_password = row.getColumn(6).getString(),
                           .automatic = row.getColumn(7).getInt() != 0,
                           .created_at = from_epoch(row.getColumn(8).getInt64())});
    row.reset();
    return bridges;
}

void write_bridge_export(Statements& statements, BridgeId id, const BridgeExport& taken) {
    statements.run(sql::upsert_bridge_export, id.value, taken.name, taken.state, taken.job.value, taken.started);
}

std::vector<BridgeExport> read_bridge_exports(Statements& statements, BridgeId id) {
    auto& row = statements.prepare(sql::select_bridge_exports, id.value);
    std::vector<BridgeExport> taken;
    while (row.executeStep())
        taken.push_back({row.getColumn(0).getString(), row.getColumn(1).getString(), JobId{row.getColumn(2).getInt64()},
                         row.getColumn(3).getInt() != 0});
    row.reset();
    return taken;
}

} // namespace passerelle::journal
