// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/sources/gather.hpp"

#include <vector>

namespace passerelle::sources {

/// True if these are the contents of a Takeout, unpacked or not: nothing beside "Takeout/" but systems' files and what
/// may be a large file delivered on its own.
[[nodiscard]] bool looks_like_takeout(const std::vector<Item>& items);

/// The items of a Takeout whose parts are all gathered: Drive's files at the top, every other product under its folder,
/// sidecars applied, large files back in their places. What the page lists and no part holds becomes one of `problems`.
[[nodiscard]] std::vector<Item> takeout_items(Gathered gathered, std::vector<Reason>& problems);

/// Applies Drive's sidecars and notes what else Drive puts beside its files. `items` come from arrange().
void apply_drive_sidecars(std::vector<Item>& items, const Gathered& gathered);

/// Applies the sidecars of Google Photos. `items` come from arrange().
void apply_photo_sidecars(std::vector<Item>& items, const Gathered& gathered);

} // namespace passerelle::sources
