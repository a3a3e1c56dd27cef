// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace passerelle {

/// Why something is as it is, for a person: a stable code with parameters. The texts, French and English, stand in
/// config/reasons.json under the same code; every code is a constant of core/reason_codes.hpp, generated from that
/// file. A value.
struct Reason {
    using Parameter = std::pair<std::string, std::string>;

    std::string code;
    std::vector<Parameter> parameters; ///< named in the texts as {name}

    Reason() = default;
    explicit Reason(std::string_view reason_code, std::vector<Parameter> reason_parameters = {})
        : code(reason_code), parameters(std::move(reason_parameters)) {}

    friend bool operator==(const Reason&, const Reason&) = default;
};

} // namespace passerelle
