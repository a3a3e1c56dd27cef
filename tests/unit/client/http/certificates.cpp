// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/client/http/certificates.hpp"

#include <cstdio>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdexcept>

namespace passerelle::http {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

File open(const std::filesystem::path& path, const char* mode) {
    File file(std::fopen(path.c_str(), mode), &std::fclose);
    if (!file) throw std::runtime_error("cannot open " + path.string());
    return file;
}

void add_extension(X509* certificate, X509* issuer, int id, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str()), &X509_EXTENSION_free);
    if (!extension) throw std::runtime_error("extension " + value);
    X509_add_ext(certificate, extension.get(), -1);
}

} // namespace

CertificateFiles make_certificate(const std::filesystem::path& folder, const CertificateWish& wish) {
    static long serial = 0;
    const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const Certificate certificate(X509_new(), &X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
    constexpr long kDay = 24L * 60 * 60;
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), wish.valid_from_days * kDay);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wish.valid_until_days * kDay);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(wish.name.c_str()), -1, -1, 0);

    Key signer(nullptr, &EVP_PKEY_free);
    Certificate issuer(nullptr, &X509_free);
    if (wish.issuer) {
        signer.reset(PEM_read_PrivateKey(open(wish.issuer->key, "r").get(), nullptr, nullptr, nullptr));
        issuer.reset(PEM_read_X509(open(wish.issuer->certificate, "r").get(), nullptr, nullptr, nullptr));
    }
    X509* const issued_by = issuer ? issuer.get() : certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issued_by));
    add_extension(certificate.get(), issued_by, NID_basic_constraints,
                  wish.alternative_name.empty() ? "critical,CA:TRUE" : "CA:FALSE");
    if (!wish.alternative_name.empty())
        add_extension(certificate.get(), issued_by, NID_subject_alt_name, wish.alternative_name);
    X509_sign(certificate.get(), signer ? signer.get() : key.get(), EVP_sha256());

    CertificateFiles files{folder / (wish.name + ".crt"), folder / (wish.name + ".key")};
    PEM_write_X509(open(files.certificate, "w").get(), certificate.get());
    PEM_write_PrivateKey(open(files.key, "w").get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return files;
}

} // namespace passerelle::http
