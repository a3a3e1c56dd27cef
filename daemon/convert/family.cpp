// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/family.hpp"

namespace passerelle::convert {

std::string_view opendocument_format(std::string_view format) {
    if (format == "docx" || format == "doc" || format == "rtf") return "odt";
    if (format == "xlsx" || format == "xlsb" || format == "xls") return "ods";
    if (format == "pptx" || format == "ppt") return "odp";
    return {};
}

} // namespace passerelle::convert
