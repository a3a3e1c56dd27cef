// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"
#include "daemon/journal/ledger.hpp"

#include <map>
#include <string>
#include <vector>

/// The journal's columns that hold JSON. Texts that are no UTF-8 are made so: a column never refuses a name.
namespace passerelle::journal {

/// `[{"code":"name.too_long","parameters":{"before":"…"}}]`
[[nodiscard]] std::string reasons_to_json(const std::vector<Reason>& reasons);
/// As above, marked as the reason of a failure; a retry takes these away.
[[nodiscard]] std::string failure_to_json(const Reason& reason);
[[nodiscard]] std::vector<Reason> reasons_from_json(const std::string& text);

[[nodiscard]] std::string strings_to_json(const std::vector<std::string>& strings);
[[nodiscard]] std::vector<std::string> strings_from_json(const std::string& text);

/// `[{"name":"Bureau","email":"bureau@ex.org","members":[{"group":false,"email":"jeanne@ex.org"}]}]`
[[nodiscard]] std::string groups_to_json(const std::vector<ExportGroup>& groups);
[[nodiscard]] std::vector<ExportGroup> groups_from_json(const std::string& text);

/// `{"Compta/Budget.ods":"5f2b…"}`; an empty text for none.
[[nodiscard]] std::string replaces_to_json(const std::map<std::string, std::string>& replaces);
[[nodiscard]] std::map<std::string, std::string> replaces_from_json(const std::string& text);

/// `[{"role":"main","from":"…","to":"…","etag":"…","size":7,"sha256":"…"}]`; an empty text for none.
[[nodiscard]] std::string moves_to_json(const std::vector<PlannedMove>& moves);
[[nodiscard]] std::vector<PlannedMove> moves_from_json(const std::string& text);

} // namespace passerelle::journal
