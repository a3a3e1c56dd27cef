// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/http_message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace passerelle::fakes {

/// One part of a multipart/related body. A value.
struct BatchPart {
    Fields headers;
    std::string_view bytes;
};

/// Walks through the parts. The server looks for the boundary only where the last Content-Length ended.
class PartReader {
  public:
    PartReader(std::string_view body, const std::string& boundary)
        : rest_(body), boundary_("--" + boundary + "\r\n"), last_boundary_("--" + boundary + "--\r\n") {}

    [[nodiscard]] bool at_end() const { return rest_.starts_with(last_boundary_); }
    /// Nothing when the body is not what it should be.
    [[nodiscard]] std::optional<BatchPart> next();

  private:
    bool read_headers(BatchPart& part);

    std::string_view rest_;
    std::string boundary_;
    std::string last_boundary_;
};

/// Nothing where the request is not multipart/related.
[[nodiscard]] std::optional<std::string> boundary_of(const HttpRequest& request);

} // namespace passerelle::fakes
