// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/report/view.hpp"
#include "daemon/report/wording.hpp"

#include <string>
#include <vector>

/// What the forms for people say of a job as a whole.
namespace passerelle::report {

struct Detail {
    Phrase name;
    std::vector<std::string> lines; ///< as they came: a name may hold anything
    bool is_path = false;
};

/// What was migrated, from where to where, with which choices. None is without lines.
[[nodiscard]] std::vector<Detail> details_of(const View& view);

struct Figure {
    std::uint64_t count = 0;
    Phrase what;
};

/// What became of the office documents; only what there is.
[[nodiscard]] std::vector<Figure> document_figures(const Digest& digest);

} // namespace passerelle::report
