// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/worker_arguments.hpp"

#include <charconv>

namespace passerelle::convert {

std::vector<std::string> WorkerArguments::to_list() const {
    return {libreoffice, profile, std::to_string(memory_bytes)};
}

std::optional<WorkerArguments> WorkerArguments::parse(const std::vector<std::string>& list) {
    if (list.size() != 3) return std::nullopt;
    WorkerArguments arguments{list[0], list[1], 0};
    const std::string& number = list[2];
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), arguments.memory_bytes);
    if (error != std::errc() || end != number.data() + number.size()) return std::nullopt;
    return arguments;
}

} // namespace passerelle::convert
