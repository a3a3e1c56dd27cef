// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/journal.hpp"
#include "daemon/service/desk.hpp"

namespace passerelle::service {

/// Sums up a job's ledger by product and by kind of file. Goes through it page by page.
[[nodiscard]] Result<Contents> contents_of(JobId job, journal::Journal& journal);

/// "documents", "spreadsheets", "presentations", "images", "videos", "audio", "archives", "mail" or "other", by the
/// extension.
[[nodiscard]] std::string_view kind_of(std::string_view path);

} // namespace passerelle::service
