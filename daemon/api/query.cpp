// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/query.hpp"

#include "core/reason_codes.hpp"
#include "daemon/api/text.hpp"

#include <fmt/format.h>

namespace passerelle::api {
namespace {

constexpr std::size_t kMostNameBytes = 100; ///< of a name that is told back

} // namespace

QueryReader::QueryReader(std::string_view query, Mistake& mistake) : mistake_(mistake) {
    for (auto rest = query; !rest.empty();) {
        auto value = take_until(rest, '&');
        if (value.empty()) continue;
        const auto name = percent_decoded(take_until(value, '='), true);
        auto text = percent_decoded(value, true);
        if (!name || !text)
            mistake_.set(bad_field("?", "UTF-8, %XX"));
        else if (!parameters_.emplace(*name, std::move(*text)).second)
            mistake_.set(bad_field(name->substr(0, kMostNameBytes), "1×"));
    }
}

std::string QueryReader::text(std::string_view name, std::size_t most_bytes) {
    auto given = take(name);
    if (given && given->size() > most_bytes) mistake_.set(bad_field(name, fmt::format("0 – {}", most_bytes)));
    return given.value_or("");
}

std::uint64_t QueryReader::number(std::string_view name, std::uint64_t least, std::uint64_t most,
                                  std::uint64_t otherwise) {
    const auto given = take(name);
    if (!given) return otherwise;
    const auto read = whole_number(*given);
    const auto number = static_cast<std::uint64_t>(read.value_or(0));
    if (!read || number < least || number > most) mistake_.set(bad_field(name, fmt::format("{} – {}", least, most)));
    return number;
}

void QueryReader::close() {
    if (!parameters_.empty())
        mistake_.set(
            refusal(codes::api_unknown_field, {{"field", parameters_.begin()->first.substr(0, kMostNameBytes)}}));
}

std::optional<std::string> QueryReader::take(std::string_view name) {
    const auto found = parameters_.find(name);
    if (found == parameters_.end()) return std::nullopt;
    auto value = std::move(found->second);
    parameters_.erase(found);
    return value;
}

} // namespace passerelle::api
