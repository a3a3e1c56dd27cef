// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/converter.hpp"

namespace passerelle::convert {

/// For who wants only what is faithful: of a verdict `check` the result at `output` is removed, and the document is
/// kept with `convert.only_faithful` before the differences. Other verdicts stay as they are.
[[nodiscard]] Verdict keep_unless_faithful(Verdict verdict, const std::filesystem::path& output);

/// True when the document was found faithful by a comparison that left nothing out, so that nobody needs its original
/// any more.
[[nodiscard]] bool is_surely_faithful(const Verdict& verdict);

} // namespace passerelle::convert
