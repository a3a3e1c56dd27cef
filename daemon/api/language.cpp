// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/language.hpp"

#include "daemon/api/text.hpp"

#include <cstdlib>
#include <string>

namespace passerelle::api {
namespace {

/// "q=0.8" among the parameters of a range; 1 without one.
double weight_of(std::string_view parameters) {
    const auto at = parameters.find("q=");
    if (at == std::string_view::npos) return 1;
    return std::strtod(std::string(parameters.substr(at + 2, 5)).c_str(), nullptr);
}

bool names(std::string_view range, std::string_view language) {
    return same_without_case(range.substr(0, 2), language) && (range.size() == 2 || range[2] == '-');
}

} // namespace

Language language_of(std::string_view accept_language) {
    double french = 0;
    double english = 0;
    for (auto rest = accept_language; !rest.empty();) {
        auto range = trimmed(take_until(rest, ','));
        const auto weight = weight_of(range);
        range = trimmed(take_until(range, ';'));
        if (names(range, "fr")) french = std::max(french, weight);
        if (names(range, "en")) english = std::max(english, weight);
    }
    return english > french ? Language::english : Language::french;
}

} // namespace passerelle::api
