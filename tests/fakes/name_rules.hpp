// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/http_message.hpp"
#include "tests/fakes/server_release.hpp"

#include <optional>
#include <string>

namespace passerelle::fakes {

/// How the server refuses to create the last part of `path` as a file; nothing when it is fine.
[[nodiscard]] std::optional<HttpResponse> refuse_file_name(const ServerRelease& release, const std::string& path);
/// The same for a folder.
[[nodiscard]] std::optional<HttpResponse> refuse_folder_name(const ServerRelease& release, const std::string& path);

enum class NameFlaw { none, empty, dots, too_long, unstorable, character, control, reserved, partial };
/// What is wrong with a name, whatever the request.
[[nodiscard]] NameFlaw name_flaw(const ServerRelease& release, const std::string& name);

/// UTF-8 normalisation form C, as the server normalises every path; text that is no UTF-8 comes back as it is.
[[nodiscard]] std::string normalise(const std::string& path);

} // namespace passerelle::fakes
