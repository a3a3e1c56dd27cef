// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

namespace passerelle::xml {

/// Writes a document into memory; text is escaped. Names carry their prefix ("d:prop"); the caller declares it by
/// an attribute ("xmlns:d"). Elements left open are closed by finish(). Confined to a thread.
class Writer {
  public:
    Writer();
    ~Writer();
    Writer(Writer&&) noexcept;
    Writer& operator=(Writer&&) noexcept;

    Writer& start(const std::string& name);
    /// Of the element just started.
    Writer& attribute(const std::string& name, const std::string& value);
    Writer& text(const std::string& text);
    Writer& end();
    /// start, text, end.
    Writer& element(const std::string& name, const std::string& text = {});

    /// What has been written since the last take(): a large document leaves in pieces. finish() hands over the last
    /// one.
    [[nodiscard]] std::string take();
    /// The document; the writer takes no more afterwards.
    [[nodiscard]] std::string finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace passerelle::xml
