// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <map>
#include <string>

namespace passerelle::exports {

/// An OLE2 compound file ([MS-CFB], version 3) with these streams by their paths; "VBA/dir" lies in the storage "VBA",
/// and there are no storages in storages. Names are ASCII, up to 31 characters, some control characters among them; the
/// whole stays under 7 MB, which is what the header alone can map.
[[nodiscard]] std::string compound_file(const std::map<std::string, std::string>& streams);

} // namespace passerelle::exports
