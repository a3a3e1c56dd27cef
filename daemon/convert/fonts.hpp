// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <set>
#include <string>

namespace passerelle::convert {

/// Of the fonts that a document asks for those that this machine can neither show nor replace by one with letters of
/// the same width. Looks at the machine's fonts once, when it is first called; may be called from any thread.
[[nodiscard]] std::set<std::string> missing_fonts(const std::set<std::string>& asked);

} // namespace passerelle::convert
