// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room: the parameters of a request's address.
#pragma once

#include "core/result.hpp"
#include "daemon/api/json_reader.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle::api {

/// Reads parameters one by one; one that nobody asked for is a mistake, told by close(), like one that comes twice or
/// is badly encoded. Confined to a thread.
class QueryReader {
  public:
    /// `mistake` outlives the reader.
    QueryReader(std::string_view query, Mistake& mistake);

    /// Empty where it is missing.
    [[nodiscard]] std::string text(std::string_view name, std::size_t most_bytes);
    [[nodiscard]] std::uint64_t number(std::string_view name, std::uint64_t least, std::uint64_t most,
                                       std::uint64_t otherwise);
    /// Nothing where it is missing.
    template <class Word> [[nodiscard]] std::optional<Word> word(std::string_view name) {
        const auto given = take(name);
        if (!given) return std::nullopt;
        const auto read = read_word<Word>(*given);
        if (!read) mistake_.set(bad_field(name, all_words<Word>()));
        return read;
    }
    /// To be called when all were asked for.
    void close();

  private:
    [[nodiscard]] std::optional<std::string> take(std::string_view name);

    std::map<std::string, std::string, std::less<>> parameters_;
    Mistake& mistake_;
};

} // namespace passerelle::api
