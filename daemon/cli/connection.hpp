// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "core/result.hpp"
#include "daemon/cli/arguments.hpp"
#include "daemon/cli/settings.hpp"

#include <memory>
#include <stop_token>
#include <string>

namespace passerelle::cli {

/// Where an app password is found. The text form is kept with a job, so that `resume` finds the server again; it holds
/// no secret, only the place of one.
[[nodiscard]] std::string access_to_text(const TargetArguments& target);
[[nodiscard]] TargetArguments access_from_text(const std::string& text);

/// Fields that the person gave on the command line win over those in `stored`.
[[nodiscard]] TargetArguments merge(TargetArguments given, const TargetArguments& stored);

/// Fills what is missing from what `login` stored. Error: `usage.no_target` (job) where there is nothing to fill it
/// from.
[[nodiscard]] Result<TargetArguments> complete(TargetArguments target, const Settings& settings);

/// Connects. Errors: those of Nextcloud::connect, and `usage.password_unreadable` (job).
[[nodiscard]] Result<std::unique_ptr<nextcloud::Nextcloud>>
connect(const TargetArguments& target, const Settings& settings, std::function<void(const nextcloud::Waiting&)> on_wait,
        std::stop_token stop);

/// What `login` got, kept below the state folder for its owner alone (0600). Error: `file.unwritable` (job).
Result<void> store_login(const TargetArguments& target, const Secret& app_password, const Settings& settings);

} // namespace passerelle::cli
