// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/exports/takeout.hpp"
#include "tests/fakes/tree_snapshot.hpp"

#include <filesystem>
#include <vector>

/// What the programs that are killed bring over.
namespace passerelle::program {

/// Something of each kind of way: in a batch, by PUT (a creation time), in chunks, converted with its original. Bob
/// had one of the folders, too.
[[nodiscard]] exports::TakeoutBuilder mixed_export();

/// A tree without what differs from run to run: LibreOffice writes the moment into its files, and what has no date of
/// its own gets that of the migration.
[[nodiscard]] fakes::TreeSnapshot comparable(fakes::TreeSnapshot tree);

} // namespace passerelle::program
