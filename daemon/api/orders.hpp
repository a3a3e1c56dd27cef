// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room: what requests ask for. Everything in them is doubted: depth, sizes, words, and members that
// nobody knows. Errors: `api.bad_body`, `api.bad_field`, `api.unknown_field`.
#pragma once

#include "core/result.hpp"
#include "core/secret.hpp"
#include "daemon/service/administration.hpp"
#include "daemon/service/bridge_desk.hpp"
#include "daemon/service/desk.hpp"
#include "daemon/sharing/people.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::api {

struct Credentials {
    std::string login;
    Secret app_password;
};

/// `language`: of the request, for choices that name none.
[[nodiscard]] Result<service::JobOrder> read_job_order(std::string_view body, Language language);
[[nodiscard]] Result<plan::Choices> read_choices(std::string_view body, Language language);
[[nodiscard]] Result<Credentials> read_credentials(std::string_view body);
/// The folder of the pilot.
[[nodiscard]] Result<std::string> read_start(std::string_view body);
[[nodiscard]] Result<std::vector<ItemId>> read_retry(std::string_view body);
/// Whether Nextcloud is to write to the people.
[[nodiscard]] Result<bool> read_apply_shares(std::string_view body);
[[nodiscard]] Result<void> read_nothing(std::string_view body);
[[nodiscard]] Result<std::vector<service::ItemDecision>> read_item_decisions(std::string_view body);
[[nodiscard]] Result<std::vector<sharing::PersonDecision>> read_people_decisions(std::string_view body);
[[nodiscard]] Result<service::BridgeOrder> read_bridge_order(std::string_view body);
/// Whether a bridge brings what comes over by itself.
[[nodiscard]] Result<bool> read_automatic(std::string_view body);
[[nodiscard]] Result<service::Limits> read_limits(std::string_view body);
/// By room; the empty room is the level of all others.
[[nodiscard]] Result<std::map<std::string, std::string>> read_log_levels(std::string_view body);

} // namespace passerelle::api
