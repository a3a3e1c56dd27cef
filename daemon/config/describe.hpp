// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/config/fields.hpp"

#include <string>

namespace passerelle::config {

/// What a field takes, in signs rather than words, so that it reads in any language: "1 … 32", "\"fr\", \"en\"",
/// "\"…\"".
[[nodiscard]] std::string allowed_values(const Field& field);

} // namespace passerelle::config
