// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "core/result.hpp"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace passerelle::service {

/// Brings an export's parts from the person's files in Nextcloud into `folder`, which is made, and answers where each
/// is. What is there already of the same state (by etag and size) is not fetched again, and what was begun goes on
/// where it was, also after a kill. The free space is looked at before a byte moves. `on_part` hears which part it is.
/// Errors: those of Nextcloud, `service.part_unknown` (job) for a part that is no file, `disk.no_scratch` (job), and
/// `target.changed` (conflict) for a part that somebody replaced meanwhile: the next call takes the new one.
[[nodiscard]] Result<std::vector<std::filesystem::path>>
fetch_parts(nextcloud::Nextcloud& server, const std::vector<std::string>& parts, const std::filesystem::path& folder,
            const std::function<void(const std::string&)>& on_part, const std::stop_token& stop);

} // namespace passerelle::service
