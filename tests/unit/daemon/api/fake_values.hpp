// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/service/administration.hpp"
#include "daemon/service/bridge_desk.hpp"
#include "daemon/service/desk.hpp"
#include "daemon/service/sharing_desk.hpp"

/// What the fake service tells: values of every shape that the interfaces allow.
namespace passerelle::fakes {

[[nodiscard]] service::FoundExport found_export();
/// Of two accounts.
[[nodiscard]] service::FoundExport found_workspace();
[[nodiscard]] service::JobView some_job(JobId id, const service::JobOrder& order);
[[nodiscard]] service::Contents some_contents();
/// The same for the same id: done, skipped, failed and planned ones, with and without reasons, verdicts, dates.
[[nodiscard]] journal::Item some_item(ItemId id);
[[nodiscard]] bool fits(const journal::Item& item, const service::ItemQuery& query);
[[nodiscard]] std::vector<jobs::UndoneThing> undone_things();
/// The second of them is `decided`.
[[nodiscard]] service::PeopleTable some_people(const sharing::Decision& decided);
[[nodiscard]] service::SharesTable some_shares();
[[nodiscard]] service::BridgeView some_bridge(const service::JobView& job, bool automatic);
/// Without team folders and Teams for every second job.
[[nodiscard]] service::Places some_places(JobId id);
[[nodiscard]] service::Health some_health();

} // namespace passerelle::fakes
