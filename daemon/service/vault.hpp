// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"
#include "core/secret.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace passerelle::service {

/// Encrypts app passwords for the journal, with libsodium's secretbox: without the key, the journal's file tells none.
/// Immutable; any thread may use it.
class Vault {
  public:
    /// Takes the key from systemd's credential `passerelle.key` where there is one, else from `key_file`, which is made
    /// (0600) where it is missing. Error: `service.key_unusable` (job).
    [[nodiscard]] static Result<Vault> open(const std::filesystem::path& key_file);

    /// Bytes that nobody can read or change without the key; different at each call.
    [[nodiscard]] std::string seal(const Secret& secret) const;
    /// Nothing where the bytes were sealed by another key, or are damaged.
    [[nodiscard]] std::optional<Secret> unseal(const std::string& sealed) const;

  private:
    explicit Vault(std::string key) : key_(std::move(key)) {}
    std::string key_;
};

} // namespace passerelle::service
