// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/dav_xml.hpp"
#include "tests/fakes/user_space.hpp"

#include <string>

namespace passerelle::fakes {

/// Answers a request below /remote.php/dav/files/<user>/. The path lock, where the method takes one, is held by the
/// caller.
[[nodiscard]] HttpResponse handle_files(const DavContext& context);

[[nodiscard]] HttpResponse handle_propfind(const DavContext& context);
[[nodiscard]] HttpResponse handle_proppatch(const DavContext& context);
[[nodiscard]] HttpResponse handle_put(const DavContext& context);
/// GET and HEAD.
[[nodiscard]] HttpResponse handle_get(const DavContext& context);

/// POST /remote.php/dav/bulk.
[[nodiscard]] HttpResponse handle_bulk(const DavContext& context);
/// POST /ocs/v2.php/apps/passerelle/api/v1/ingest, the companion app's, inside `destination` alone.
[[nodiscard]] HttpResponse handle_ingest(const DavContext& context, const std::string& destination);
/// Below /remote.php/dav/uploads/<user>.
[[nodiscard]] HttpResponse handle_uploads(const DavContext& context);

// What several handlers need.

/// The path below files/<user> that the Destination header names; nothing when there is none or it lies elsewhere.
[[nodiscard]] std::optional<std::string> destination_path(const DavContext& context);

/// What a MOVE looks at before it looks for its source: 400, 409 or 412; nothing when the destination is fine.
[[nodiscard]] std::optional<HttpResponse> refuse_destination(const DavContext& context,
                                                             const std::optional<std::string>& target);

/// What every write of a file ends with: the bytes, then X-OC-MTime, X-OC-CTime, OC-Checksum and X-Hash as the request
/// asks. Answers 201 or 204, or the 500 of a refused time, which comes after the bytes were written.
[[nodiscard]] HttpResponse write_file(const DavContext& context, const std::string& path, const ReceivedBody& body);

/// An X-OC-MTime or d:lastmodified that this release takes; nothing when it is no number or too small.
[[nodiscard]] std::optional<std::int64_t> accepted_time(const ServerRelease& release, const std::string& text);

/// One <d:response> with the properties that are there (200) and those that are not (404).
struct FoundProperty {
    Property property;
    std::optional<std::string> xml; ///< the value's XML; nothing: 404
};
[[nodiscard]] std::string propfind_response(const std::string& href, const std::vector<FoundProperty>& found);

} // namespace passerelle::fakes
