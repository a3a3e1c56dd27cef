// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace passerelle::log {

/// The text without what might be a secret: the user and password in front of a URL's host, the values of headers that
/// authenticate, and what follows words like "password" or "token". Hides rather too much than too little.
[[nodiscard]] std::string redacted(std::string_view text);

} // namespace passerelle::log
