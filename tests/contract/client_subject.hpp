// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "core/content.hpp"
#include "tests/fakes/nextcloud_double.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

/// What the client's contract is held against: a double of each release, and a real server where one is named by
/// NEXTCLOUD_URL, NEXTCLOUD_USER and NEXTCLOUD_PASSWORD_FILE.
namespace passerelle::contract {

/// In place of a release.
inline constexpr int kRealServer = 0;
/// A double of the newest release with the companion app.
inline constexpr int kWithCompanion = 1034;

/// A client and the server behind it. Everything happens in a folder of its own, removed at the end.
class Subject {
  public:
    /// `release`: 28 to 34 for a double, kWithCompanion, or kRealServer.
    static std::unique_ptr<Subject> make(int release, nextcloud::Options options = {});
    ~Subject();

    nextcloud::Nextcloud& client() { return *client_; }
    /// Null for the real server.
    fakes::NextcloudDouble* twin() { return double_.get(); }
    /// A path within the folder.
    std::string at(const std::string& path) const { return folder_ + "/" + path; }
    const std::string& folder() const { return folder_; }

  private:
    Subject() = default;
    std::unique_ptr<fakes::NextcloudDouble> double_;
    std::unique_ptr<nextcloud::Nextcloud> client_;
    std::string folder_;
};

/// Is a real server named?
bool real_server_named();

/// Bytes without a store: the same for the same length, other ones for each `seed`. With `fails_after`, reading ends
/// there with `file.unreadable`.
class PatternContent final : public Content {
  public:
    explicit PatternContent(std::uint64_t bytes, std::uint8_t seed = 0, std::optional<std::uint64_t> fails_after = {})
        : bytes_(bytes), seed_(seed), fails_after_(fails_after) {}
    std::uint64_t size() const override { return bytes_; }
    Result<std::unique_ptr<ByteReader>> open() const override;

  private:
    std::uint64_t bytes_;
    std::uint8_t seed_;
    std::optional<std::uint64_t> fails_after_;
};

/// With its digests, as the pipeline would compute them.
nextcloud::FileUpload upload_of(std::string path, std::shared_ptr<const Content> content);
nextcloud::FileUpload upload_of(std::string path, std::string bytes);

inline constexpr std::int64_t kModified = 1'400'000'000;

} // namespace passerelle::contract
