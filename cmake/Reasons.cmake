# SPDX-License-Identifier: AGPL-3.0-or-later
# Turns config/reasons.json into two generated files: constants for the codes (a code without texts does not compile) and
# the catalogue itself as a string, so that the binary explains itself without any file beside it.
set(reasons_json ${CMAKE_SOURCE_DIR}/config/reasons.json)
set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${reasons_json})

file(STRINGS ${reasons_json} reason_lines REGEX "^  \"[a-z_]+\\.[a-z0-9_]+\": {")
set(reason_constants "")
foreach(line IN LISTS reason_lines)
  string(REGEX REPLACE "^  \"([a-z_]+)\\.([a-z0-9_]+)\".*" "\\1_\\2" constant "${line}")
  string(REGEX REPLACE "^  \"([a-z_.0-9]+)\".*" "\\1" code "${line}")
  string(APPEND reason_constants "inline constexpr std::string_view ${constant} = \"${code}\";\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/core/reason_codes.hpp CONTENT [=[
// SPDX-License-Identifier: AGPL-3.0-or-later
// Generated from config/reasons.json.
#pragma once

#include <string_view>

namespace passerelle::codes {
@reason_constants@} // namespace passerelle::codes
]=] @ONLY)

file(READ ${reasons_json} reasons_text)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/report/reasons_text.hpp CONTENT [=[
// SPDX-License-Identifier: AGPL-3.0-or-later
// Generated from config/reasons.json.
#pragma once

#include <string_view>

namespace passerelle::report {
inline constexpr std::string_view kReasonsText = R"json(@reasons_text@)json";
} // namespace passerelle::report
]=] @ONLY)
