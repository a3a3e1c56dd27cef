// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/http/certificate_check.hpp"

#include "core/reason_codes.hpp"

#include <memory>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace passerelle::http {
namespace {

std::string_view code_of(int problem) {
    switch (problem) {
    case X509_V_ERR_CERT_NOT_YET_VALID:
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return codes::server_certificate_expired;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return codes::server_certificate_self_signed;
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return codes::server_certificate_unknown_ca;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return codes::server_certificate_wrong_host;
    default:
        return codes::server_certificate;
    }
}

/// OpenSSL's own comparison of names, which also tells a wrong name from other faults.
void expect_host(X509_STORE_CTX* chain, const std::string& host) {
    X509_VERIFY_PARAM* const expected = X509_STORE_CTX_get0_param(chain);
    if (X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1) return;
    ERR_clear_error(); // it was no IP address
    X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    X509_VERIFY_PARAM_set1_host(expected, host.c_str(), host.size());
}

} // namespace

Result<void> CertificateCheck::check_ca_file() const {
    if (ca_file_.empty()) return {};
    const std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> store(X509_STORE_new(), &X509_STORE_free);
    if (X509_STORE_load_file(store.get(), ca_file_.c_str()) == 1) return {};
    const char* const why = ERR_reason_error_string(ERR_peek_error());
    Error error(ErrorKind::job, codes::usage_ca_file, why ? why : "", {{"file", ca_file_.string()}});
    ERR_clear_error();
    return error;
}

void CertificateCheck::install(ssl_ctx_st* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    if (!ca_file_.empty()) SSL_CTX_load_verify_file(context, ca_file_.c_str());
    ERR_clear_error(); // a file that vanished since check_ca_file() ends as an unknown authority
    SSL_CTX_set_cert_verify_callback(context, &CertificateCheck::verify, this);
}

std::optional<Error> CertificateCheck::take_problem() {
    std::lock_guard lock(mutex_);
    return std::exchange(problem_, std::nullopt);
}

int CertificateCheck::verify(X509_STORE_CTX* chain, void* self) {
    auto& check = *static_cast<CertificateCheck*>(self);
    expect_host(chain, check.host_);
    const int accepted = X509_verify_cert(chain);
    if (accepted == 1) return accepted;
    const int problem = X509_STORE_CTX_get_error(chain);
    std::lock_guard lock(check.mutex_);
    check.problem_ =
        Error(ErrorKind::job, code_of(problem), X509_verify_cert_error_string(problem), {{"host", check.host_}});
    return accepted;
}

} // namespace passerelle::http
