// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/compound_file.hpp"

#include <string>

namespace passerelle::convert {

/// What a compound file is and hides. A value.
struct BinaryOffice {
    std::string format; ///< "doc", "xls", "ppt"; empty for anything else
    bool encrypted = false;
    bool macros = false;
    bool is_signed = false;
};

/// An encrypted OOXML document has no format that could be told, and is encrypted.
[[nodiscard]] BinaryOffice look_at(CompoundFile& file);

} // namespace passerelle::convert
