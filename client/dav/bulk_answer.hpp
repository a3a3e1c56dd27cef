// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"

#include <map>
#include <string>
#include <string_view>

namespace passerelle::dav {

/// What the bulk endpoint says of one file.
struct BulkEntry {
    bool error = false;
    std::string message; ///< of an error, in the server's language
    std::string etag;    ///< without quotes
    std::string file_id; ///< the number, in decimal
};

/// By path, as it was sent. A file that is missing was not written.
using BulkAnswer = std::map<std::string, BulkEntry>;

/// Error: `server.bad_answer`.
[[nodiscard]] Result<BulkAnswer> parse_bulk_answer(std::string_view body);
/// The same the other way round, for an answer that was lost and has been found out.
[[nodiscard]] std::string to_json(const BulkAnswer& answer);

} // namespace passerelle::dav
