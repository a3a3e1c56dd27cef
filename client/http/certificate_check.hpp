// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/result.hpp"

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

struct ssl_ctx_st;
struct x509_store_ctx_st;

namespace passerelle::http {

/// Verifies a server's certificate against the system's authorities, a private one if given, and the server's name, and
/// remembers what was wrong: cpprestsdk itself says no more than "Error in SSL handshake". Internally locked.
class CertificateCheck {
  public:
    CertificateCheck(std::string host, std::filesystem::path ca_file)
        : host_(std::move(host)), ca_file_(std::move(ca_file)) {}

    /// Error `usage.ca_file` (job) where the private authority's file holds no certificate.
    [[nodiscard]] Result<void> check_ca_file() const;

    /// Makes every handshake of this context ask here. The check must outlive the context's handshakes.
    void install(ssl_ctx_st* context);

    /// What was wrong with the last certificate that was refused: `server.certificate` or one of its kin (job). Forgets
    /// it.
    [[nodiscard]] std::optional<Error> take_problem();

  private:
    static int verify(x509_store_ctx_st* chain, void* self);

    const std::string host_;
    const std::filesystem::path ca_file_;
    std::mutex mutex_;
    std::optional<Error> problem_;
};

} // namespace passerelle::http
