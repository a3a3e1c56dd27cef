// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/doc_file.hpp"

#include <optional>
#include <vector>

namespace passerelle::convert {

/// The headers and footers that pages show: those of even and of first pages stand in the file even when they are
/// switched off. Nothing when the tables about them are damaged.
[[nodiscard]] std::optional<std::vector<DocRange>> headers_in_use(const DocFile& doc);

} // namespace passerelle::convert
