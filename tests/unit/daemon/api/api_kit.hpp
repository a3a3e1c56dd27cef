// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/unique_fd.hpp"
#include "daemon/api/server.hpp"
#include "tests/fakes/raw_client.hpp"
#include "tests/unit/daemon/api/fake_service.hpp"

#include <chrono>
#include <cstdint>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle::api {

inline constexpr std::string_view kSecret = "a-pairing-secret-of-more-than-32-letters";

using fakes::Fields;
using fakes::RawAnswer;

/// As the companion app writes them.
[[nodiscard]] Fields as(const std::string& user, bool administrator = false);
[[nodiscard]] Fields operator+(Fields fields, const Fields& more);

/// A plain socket to the server, for what no client would send. Every wait ends after ten seconds.
class Wire {
  public:
    explicit Wire(std::uint16_t port);
    /// False where the server has closed.
    bool send(std::string_view bytes);
    /// What came until the server closed; nothing where it did not.
    [[nodiscard]] std::optional<std::string> read_to_end();
    /// What came up to and with `mark`; nothing where the server closed before.
    [[nodiscard]] std::optional<std::string> read_until(std::string_view mark);
    /// Whether something came, or the end.
    [[nodiscard]] bool answered_within(std::chrono::milliseconds time);
    void shut();

  private:
    [[nodiscard]] bool fill();

    UniqueFd socket_;
    std::string unread_;
    bool closed_ = false;
};

/// A server over the fake, on a free port.
class ApiTest : public testing::Test {
  protected:
    ApiTest() : ApiTest(Bounds()) {}
    explicit ApiTest(const Bounds& bounds);

    /// One request on the kept connection of the test; a body travels as JSON unless `fields` say otherwise.
    RawAnswer ask(const std::string& method, const std::string& path, const Fields& fields,
                  const std::string& body = "");
    RawAnswer get(const std::string& path) { return ask("GET", path, as("camille")); }
    [[nodiscard]] std::string of_job(const std::string& rest) const;
    [[nodiscard]] std::string head(const std::string& method, const std::string& path,
                                   const std::string& more = "") const;

    fakes::FakeService service_;
    Server server_;
    JobId job_; ///< camille's
    fakes::RawClient client_;
};

[[nodiscard]] nlohmann::json json(const RawAnswer& answer);

} // namespace passerelle::api
