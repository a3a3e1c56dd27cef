// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/details.hpp"
#include "daemon/report/html_parts.hpp"

namespace passerelle::report {

void write_details(Page& page, const View& view) {
    page.put("<section><h2>{}</h2><dl>", page.say({"Cette migration", "This migration"}));
    for (const auto& detail : details_of(view)) {
        std::string lines;
        for (const auto& line : detail.lines)
            lines += (lines.empty() ? "" : "<br>") + (detail.is_path ? path_markup(line) : html_text(line));
        page.put("<div><dt>{}</dt><dd>{}</dd></div>", page.say(detail.name), lines);
    }
    page.put("</dl></section>");
}

} // namespace passerelle::report
