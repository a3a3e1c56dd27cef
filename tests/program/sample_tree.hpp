// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/exports/names.hpp"
#include "tests/fakes/tree_snapshot.hpp"

#include <set>
#include <string>

namespace passerelle::program {

/// How the sample of tests/exports was downloaded.
enum class Shape { takeout, drive_download, dropbox, folder };

/// The files that the sample must become below `destination` where nothing is converted. A file without a date of its
/// own has `modified` 0.
[[nodiscard]] fakes::TreeSnapshot sample_files_on_server(Shape shape, exports::Locale locale,
                                                         const std::string& destination);

/// Compares files with what must be there; one without a date must be younger than `since`. Folders must be those that
/// the files lie in, and `empty_folders`.
void expect_files(const fakes::TreeSnapshot& actual, const fakes::TreeSnapshot& expected, std::int64_t since,
                  const std::set<std::string>& empty_folders = {});

} // namespace passerelle::program
