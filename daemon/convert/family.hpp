// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string_view>

namespace passerelle::convert {

/// The OpenDocument format for what inspect() found: "odt", "ods", "odp"; empty for anything else.
[[nodiscard]] std::string_view opendocument_format(std::string_view format);

} // namespace passerelle::convert
