// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/server_release.hpp"
#include "tests/fakes/user_space.hpp"

#include <nlohmann/json.hpp>
#include <string>

namespace passerelle::fakes {

[[nodiscard]] HttpResponse status_answer(const ServerRelease& release, bool maintenance);
/// Strangers learn the version and little else.
[[nodiscard]] HttpResponse capabilities_answer(const ServerRelease& release, bool logged_in);
[[nodiscard]] HttpResponse user_answer(const ServerRelease& release, const UserSpace& user,
                                       const std::vector<std::string>& groups);

/// An answer with data.
[[nodiscard]] HttpResponse ocs_data(int status, const nlohmann::ordered_json& data);
/// An OCS answer of any kind: `data` is "[]" where there is nothing to say.
[[nodiscard]] HttpResponse ocs_failure(int status, int statuscode, const std::string& message);
[[nodiscard]] HttpResponse ocs_success();
/// 200 with data, given as JSON.
[[nodiscard]] HttpResponse ocs_data(const std::string& json);
/// 401 with statuscode 997.
[[nodiscard]] HttpResponse ocs_unauthorized(const ServerRelease& release, bool tried);
/// {"message":"CSRF check failed"}: the OCS-APIRequest header is missing.
[[nodiscard]] HttpResponse csrf_failure();

} // namespace passerelle::fakes
