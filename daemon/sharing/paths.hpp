// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

/// Paths of the tree: components joined by '/', none at either end; the empty path is the root.
namespace passerelle::sharing {

/// The path as the room writes it: form C, no empty component, "\" kept as a letter of a name.
[[nodiscard]] std::string plain_path(std::string_view text);

/// The folder that a path lies in; empty for one of the first level.
[[nodiscard]] std::string_view parent_of(std::string_view path);

/// An order in which every folder stands before what lies in it, and what lies in one folder stands together.
[[nodiscard]] bool path_before(std::string_view left, std::string_view right);

} // namespace passerelle::sharing
