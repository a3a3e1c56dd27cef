// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/message.hpp"

#include "daemon/api/text.hpp"

namespace passerelle::api {

std::string_view RequestHead::header(std::string_view name) const {
    for (const auto& [its_name, value] : headers)
        if (same_without_case(its_name, name)) return value;
    return {};
}

} // namespace passerelle::api
