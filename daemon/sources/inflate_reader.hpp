// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/content.hpp"

#include <memory>

namespace passerelle::sources {

/// The bytes of a raw deflate stream (RFC 1951). Error: `source.damaged` (item). Confined to a thread.
[[nodiscard]] std::unique_ptr<ByteReader> inflate(std::unique_ptr<ByteReader> packed);

} // namespace passerelle::sources
