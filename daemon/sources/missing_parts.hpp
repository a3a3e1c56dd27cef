// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"
#include "daemon/sources/find_parts.hpp"

#include <vector>

namespace passerelle::sources {

/// A gap in the numbers of the parts becomes `export.part_missing`. It is only a hint: Google's numbers have gaps of
/// their own, and a missing last part leaves none.
void report_missing_parts(const std::vector<FoundPart>& parts, std::vector<Reason>& problems);

} // namespace passerelle::sources
