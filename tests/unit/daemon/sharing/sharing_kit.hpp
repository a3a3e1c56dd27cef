// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/sharing/access.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace passerelle::sharing {

inline std::vector<std::string> codes_of(const std::vector<Reason>& reasons) {
    std::vector<std::string> codes;
    for (const auto& reason : reasons)
        codes.push_back(reason.code);
    return codes;
}

inline std::string parameter_of(const Reason& reason, const std::string& name) {
    for (const auto& [key, value] : reason.parameters)
        if (key == name) return value;
    return {};
}

/// Chances that are the same in every run of a seed.
class Dice {
  public:
    explicit Dice(unsigned seed) : engine_(seed) {}

    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(engine_); }
    bool one_in(std::size_t bound) { return below(bound) == 0; }
    template <class Value> const Value& one_of(const std::vector<Value>& values) {
        return values[below(values.size())];
    }

    /// A text of what makes tables difficult.
    std::string text(std::size_t most) {
        static const std::vector<std::string> kParts{"a",    "B", "é",         "=",    "+1", "-", "@",
                                                     "\"",   ";", ",",         "\t",   "'",  " ", "\n",
                                                     "\r\n", "😀", "groupe : ", "tous", "\\", ":", "x@y.z"};
        std::string made;
        for (auto count = 1 + below(most); count > 0; --count)
            made += one_of(kParts);
        return made;
    }

  private:
    std::mt19937 engine_;
};

} // namespace passerelle::sharing
