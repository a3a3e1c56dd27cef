// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/units.hpp"
#include "daemon/sources/source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle::sources {

/// What Takeout writes beside a file or folder about it. A value.
struct Sidecar {
    enum class Kind { drive, photo };
    Kind kind = Kind::drive;
    Locator locator;       ///< of the JSON file itself
    std::string title;     ///< the name in Google's service
    std::string mime_type; ///< "application/vnd.google-apps.spreadsheet"
    std::optional<Timestamp> created;
    std::optional<Timestamp> modified;
    bool starred = false;
    std::string permissions; ///< as Item::permissions
};

/// Nothing for JSON of another kind, and for what is no JSON.
[[nodiscard]] std::optional<Sidecar> parse_sidecar(std::string_view json);

/// "bilan.xlsx-info(1).json" is {"bilan.xlsx", "(1)"}. A value; the views last as long as the name.
struct SidecarName {
    std::string_view base;
    std::string_view number; ///< with its parentheses; empty for the first of a name
};
[[nodiscard]] std::optional<SidecarName> parse_drive_sidecar_name(std::string_view name);

/// "IMG_1.jpg.supplemental-meta(2).json" is {"IMG_1.jpg", "(2)"}; any prefix of ".supplemental-metadata" may be left of
/// it.
[[nodiscard]] SidecarName parse_photo_sidecar_name(std::string_view name);

/// "2024-02-01T09:12:33.123Z"; a zone other than Z is taken into account, fractions are cut.
[[nodiscard]] std::optional<Timestamp> parse_rfc3339(std::string_view text);

/// Puts what the sidecar says into the item. A title without the file's extension keeps the file's: "Budget 2024" of an
/// exported sheet becomes "Budget 2024.xlsx".
void apply_sidecar(Item& item, const Sidecar& sidecar);

} // namespace passerelle::sources
