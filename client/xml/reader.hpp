// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/content.hpp"
#include "core/result.hpp"
#include "core/units.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle::xml {

/// What a document may cost. Beyond it, reading ends with `xml.malformed`.
struct Limits {
    int max_depth = 64;
    std::uint64_t max_bytes = 64 * kMiB;
};

enum class Node { start, end, text };

/// Pulls one node after the other out of a document that nobody vouches for; memory stays small whatever its length.
/// Elements always come as a pair of start and end, `<a/>` too. Text is text and CDATA; comments and processing
/// instructions are passed over. A document type or an entity of its own is refused, nothing is ever loaded from
/// outside. Views stay valid until the next call of next(). Confined to a thread.
class Reader {
  public:
    /// `document` must outlive the reader.
    explicit Reader(std::string_view document, Limits limits = {});
    explicit Reader(std::unique_ptr<ByteReader> document, Limits limits = {});
    ~Reader();
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;

    /// Moves to the next node; false at the end of a complete document. Errors: `xml.malformed`, and those of the
    /// ByteReader.
    [[nodiscard]] Result<bool> next();

    [[nodiscard]] Node node() const;
    /// 0 for the root element; a text has the depth of its element plus one.
    [[nodiscard]] int depth() const;
    /// Of an element, without its prefix; empty for a text.
    [[nodiscard]] std::string_view name() const;
    /// The namespace's URI; empty where there is none.
    [[nodiscard]] std::string_view ns() const;
    [[nodiscard]] bool is(std::string_view wanted_ns, std::string_view wanted_name) const {
        return name() == wanted_name && ns() == wanted_ns;
    }
    /// Of the element at its start.
    [[nodiscard]] std::optional<std::string> attribute(std::string_view attribute_ns,
                                                       std::string_view attribute_name) const;
    [[nodiscard]] std::string_view text() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace passerelle::xml
