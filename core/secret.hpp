// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <utility>

namespace passerelle {

/// A password or token. It has no conversion to text and no formatter, so it cannot reach a log by accident;
/// reveal() is the one way out and is called where a request is signed or a store is written. A value.
class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}

    [[nodiscard]] const std::string& reveal() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }

  private:
    std::string text_;
};

} // namespace passerelle
