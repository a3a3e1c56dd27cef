// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/transport.hpp"
#include "tests/fakes/nextcloud_double.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace passerelle::contract {

/// Whom the suite speaks to: a double of a release, or the real server of the environment.
struct Target {
    std::string name;
    std::optional<int> double_version; ///< nothing: the real server
};

void PrintTo(const Target& target, std::ostream* out);

/// The doubles, and the real server.
[[nodiscard]] std::vector<Target> targets();

using Fields = std::vector<std::pair<std::string, std::string>>;

/// A fresh folder on the target, removed at the end. Skipped, with the reason, where the environment names no real
/// server.
class ContractTest : public ::testing::TestWithParam<Target> {
  protected:
    void SetUp() override;
    void TearDown() override;

    /// Sends and expects an answer; a broken connection fails the test and answers status 0.
    http::Response send(const std::string& method, const std::string& target, const Fields& headers = {},
                        const std::optional<std::string>& body = std::nullopt);
    /// The same, with a path within the fresh folder, already percent-encoded.
    http::Response files(const std::string& method, const std::string& path, const Fields& headers = {},
                         const std::optional<std::string>& body = std::nullopt) {
        return send(method, folder() + "/" + path, headers, body);
    }
    http::Response put(const std::string& path, const std::string& bytes, const Fields& headers = {}) {
        return files("PUT", path, headers, bytes);
    }
    /// PROPFIND of the properties that the client asks for.
    http::Response propfind(const std::string& path, const std::string& depth = "0");

    /// "/remote.php/dav/files/alice/contract-…"
    [[nodiscard]] std::string folder() const { return home() + "/" + folder_; }
    [[nodiscard]] std::string home() const { return root_ + "/remote.php/dav/files/" + user_; }
    [[nodiscard]] std::string uploads() const { return root_ + "/remote.php/dav/uploads/" + user_; }
    [[nodiscard]] const std::string& url() const { return url_; }
    [[nodiscard]] const std::string& root() const { return root_; }
    [[nodiscard]] const std::string& user() const { return user_; }
    /// The folder's name, which bulk needs: "contract-…".
    [[nodiscard]] const std::string& folder_name() const { return folder_; }
    [[nodiscard]] int major() const { return major_; }
    [[nodiscard]] bool real() const { return !GetParam().double_version; }

  private:
    void connect(const std::string& password);

    std::unique_ptr<fakes::NextcloudDouble> double_;
    std::unique_ptr<http::Transport> transport_;
    std::string url_;  ///< without a path
    std::string root_; ///< the server's path, empty for most
    std::string user_;
    std::string folder_;
    int major_ = 0;
};

[[nodiscard]] std::string header(const http::Response& response, std::string_view name);
/// The text of the first <name> element, nothing when there is none: element(body, "d:getetag").
[[nodiscard]] std::optional<std::string> element(const std::string& xml, const std::string& name);
/// The <d:response> whose href ends with `href_end`; empty when there is none.
[[nodiscard]] std::string response_for(const std::string& multistatus, const std::string& href_end);

} // namespace passerelle::contract
