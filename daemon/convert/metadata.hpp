// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>

namespace passerelle::convert {

/// What a document says of itself. Empty: nothing. Moments are "2014-05-06T07:08:09", without what stands behind the
/// seconds. A value.
struct Metadata {
    std::string title;
    std::string author; ///< who began it
    std::string last_author;
    std::string created;
    std::string modified;
    std::string language; ///< "fr-FR": of text that does not say otherwise; known of texts only

    /// The moments are those of UTC, and LibreOffice writes them in its own zone, which nobody knows here.
    bool in_other_zone = false;

    friend bool operator==(const Metadata&, const Metadata&) = default;
};

class CompoundFile;
class Package;
class ZipFile;

/// From the summary that documents of the old binary formats hold ([MS-OLEPS]); what cannot be read stays empty.
[[nodiscard]] Metadata read_summary_information(CompoundFile& file);
/// From docProps/core.xml (ECMA-376 part 2, core properties); what cannot be read stays empty.
[[nodiscard]] Metadata read_core_properties(const Package& package);
/// From meta.xml (OpenDocument 1.3 part 3, 4.3).
[[nodiscard]] Metadata read_opendocument_metadata(const ZipFile& zip);

/// What `before` said and `after` does not say, or says otherwise, in the document's own words. Empty: nothing.
[[nodiscard]] std::string lost_metadata(const Metadata& before, const Metadata& after);

} // namespace passerelle::convert
