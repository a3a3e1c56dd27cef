// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "core/units.hpp"

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

/// The zip around an OpenDocument file (OpenDocument 1.3, part 2: packages).
namespace passerelle::report {

/// What a part of the package holds: the next piece of it at each call, an empty one at the end.
using Pieces = std::function<Result<std::string>()>;

struct Part {
    std::string name; ///< "content.xml"
    Pieces pieces;
};

/// Asked for once, when its turn comes: it may tell of the parts before it.
[[nodiscard]] Pieces one_piece(std::function<std::string()> make);

/// Writes a package of XML parts, with its type and its manifest. The parts are asked for in their order, one after the
/// other; the package lies in the system's temporary folder until it is complete. Errors: those of the pieces,
/// `disk.full` (job) where there is no room for it.
[[nodiscard]] Result<void> write_package(const std::string& media_type, std::vector<Part> parts, Timestamp written_at,
                                         std::ostream& out);

} // namespace passerelle::report
