// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace passerelle::http {

/// A certificate with its key, as PEM files.
struct CertificateFiles {
    std::filesystem::path certificate;
    std::filesystem::path key;
};

struct CertificateWish {
    std::string name;             ///< subject, and the files' name
    std::string alternative_name; ///< "IP:127.0.0.1" or "DNS:example.org"; empty for an authority
    int valid_from_days = -1;     ///< from now
    int valid_until_days = 1;
    const CertificateFiles* issuer = nullptr; ///< null: signs itself
};

/// Makes a key and a certificate in `folder`.
[[nodiscard]] CertificateFiles make_certificate(const std::filesystem::path& folder, const CertificateWish& wish);

} // namespace passerelle::http
