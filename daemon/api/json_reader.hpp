// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room: reading what a stranger calls JSON.
#pragma once

#include "core/result.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/words.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace passerelle::api {

/// The first thing that is wrong with a body; what comes after it is not looked at. Confined to a thread.
class Mistake {
  public:
    void set(Error error) {
        if (!error_) error_ = std::move(error);
    }
    [[nodiscard]] bool made() const { return error_.has_value(); }
    /// The value, or the mistake.
    template <class Value> [[nodiscard]] Result<Value> or_value(Value value) {
        if (error_) return std::move(*error_);
        return value;
    }

  private:
    std::optional<Error> error_;
};

/// A text that a request may hold, in bytes.
struct TextBounds {
    std::size_t least = 0;
    std::size_t most = 0;
};

/// Reads one object member by member; a member that nobody asked for is a mistake, told by close(). Every read answers
/// the default where the member is missing, and where it is wrong, which is a mistake then. Names of members are told
/// with where they stand: "choices.convert.text", "decisions.3.wish". Confined to a thread.
class ObjectReader {
  public:
    /// `json` and `mistake` outlive the reader.
    ObjectReader(const nlohmann::json& json, std::string place, Mistake& mistake);

    [[nodiscard]] bool has(std::string_view name);
    /// Without control characters.
    [[nodiscard]] std::string text(std::string_view name, TextBounds bounds, std::optional<std::string> otherwise = {});
    /// A text that is_relative_path().
    [[nodiscard]] std::string path(std::string_view name, TextBounds bounds, std::optional<std::string> otherwise = {});
    /// A path without a slash.
    [[nodiscard]] std::string name(std::string_view name, TextBounds bounds);
    [[nodiscard]] bool flag(std::string_view name, std::optional<bool> otherwise = {});
    [[nodiscard]] std::uint64_t number(std::string_view name, std::uint64_t least, std::uint64_t most,
                                       std::optional<std::uint64_t> otherwise = {});
    /// An object in this one; an empty one where it is missing and may be.
    [[nodiscard]] ObjectReader object(std::string_view name, bool required);
    /// Hands each element to `take`, with where it stands.
    void list(std::string_view name, std::size_t least, std::size_t most,
              const std::function<void(const nlohmann::json& element, std::string place)>& take);
    /// Hands each member of an object whose names are the caller's own.
    void map(std::string_view name, std::size_t most,
             const std::function<void(const std::string& key, const nlohmann::json& value, std::string place)>& take);
    template <class Word> [[nodiscard]] Word word(std::string_view name, std::optional<Word> otherwise = {}) {
        static_assert(!kWords<Word>.empty(), "its words are not told");
        const auto* member = find(name, !otherwise.has_value());
        const auto fallback = otherwise.value_or(kWords<Word>.front());
        if (member == nullptr) return fallback;
        const auto read = member->is_string() ? read_word<Word>(member->template get_ref<const std::string&>())
                                              : std::optional<Word>();
        if (!read) mistake_.set(bad_field(place_of(name), all_words<Word>()));
        return read.value_or(fallback);
    }
    /// To be called when all members were asked for.
    void close();

  private:
    [[nodiscard]] const nlohmann::json* find(std::string_view name, bool required);
    [[nodiscard]] std::string place_of(std::string_view name) const;

    const nlohmann::json& json_;
    std::string place_;
    Mistake& mistake_;
    std::set<std::string, std::less<>> known_;
};

/// Reads texts and numbers that are elements of lists, and values of maps.
[[nodiscard]] std::string text_of(const nlohmann::json& json, TextBounds bounds, const std::string& place,
                                  Mistake& mistake);
[[nodiscard]] std::uint64_t number_of(const nlohmann::json& json, std::uint64_t least, std::uint64_t most,
                                      const std::string& place, Mistake& mistake);

/// An object, at most 16 levels deep. An empty body is an empty object. Error: `api.bad_body`.
[[nodiscard]] Result<nlohmann::json> parse_body(std::string_view body);

/// Reads a body that is one object with `read`(ObjectReader&, Mistake&), which answers the value.
template <class Read>
[[nodiscard]] auto read_body(std::string_view body, Read read)
    -> Result<std::invoke_result_t<Read, ObjectReader&, Mistake&>> {
    const auto json = parse_body(body);
    if (!json) return json.error();
    Mistake mistake;
    ObjectReader reader(*json, "", mistake);
    auto value = read(reader, mistake);
    reader.close();
    return mistake.or_value(std::move(value));
}

inline constexpr std::uint64_t kMostId = std::numeric_limits<std::int64_t>::max();

} // namespace passerelle::api
