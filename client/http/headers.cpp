// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/http/transport.hpp"

#include <algorithm>

namespace passerelle::http {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

} // namespace

void Headers::set(std::string name, std::string value) {
    const auto field =
        std::find_if(fields_.begin(), fields_.end(), [&](const auto& known) { return same_name(known.first, name); });
    if (field == fields_.end())
        fields_.emplace_back(std::move(name), std::move(value));
    else
        field->second = std::move(value);
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    const auto field =
        std::find_if(fields_.begin(), fields_.end(), [&](const auto& known) { return same_name(known.first, name); });
    if (field == fields_.end()) return std::nullopt;
    return field->second;
}

} // namespace passerelle::http
