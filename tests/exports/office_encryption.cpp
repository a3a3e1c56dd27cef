// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/compound_file.hpp"
#include "tests/exports/office.hpp"

#include <array>
#include <memory>
#include <openssl/evp.h>
#include <stdexcept>

// "Standard" encryption of [MS-OFFCRYPTO] 2.3.4: a key of AES-128 from SHA-1 over salt and password, ECB.
namespace passerelle::exports {
namespace {

constexpr int kRounds = 50'000;
constexpr std::size_t kKeyBytes = 16;

std::string number(std::uint64_t value, int width) {
    std::string bytes;
    for (int byte = 0; byte < width; ++byte)
        bytes += static_cast<char>(value >> (8 * byte));
    return bytes;
}

std::string wide(std::string_view ascii) {
    std::string bytes;
    for (const char character : ascii)
        bytes += number(static_cast<unsigned char>(character), 2);
    return bytes;
}

std::string sha1(const std::string& text) {
    std::array<unsigned char, 20> digest{};
    if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha1(), nullptr) != 1)
        throw std::runtime_error("SHA-1 fails");
    return {digest.begin(), digest.end()};
}

std::string aes128(const std::string& key, std::string text) {
    text.resize((text.size() + 15) / 16 * 16);
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(),
                                                                                  EVP_CIPHER_CTX_free);
    std::string out(text.size() + 16, '\0');
    int length = 0;
    if (EVP_EncryptInit_ex(context.get(), EVP_aes_128_ecb(), nullptr,
                           reinterpret_cast<const unsigned char*>(key.data()), nullptr) != 1 ||
        EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1 ||
        EVP_EncryptUpdate(context.get(), reinterpret_cast<unsigned char*>(out.data()), &length,
                          reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size())) != 1)
        throw std::runtime_error("AES fails");
    out.resize(static_cast<std::size_t>(length));
    return out;
}

std::string derived_key(const std::string& salt, const std::string& password) {
    std::string hash = sha1(salt + wide(password));
    for (int round = 0; round < kRounds; ++round)
        hash = sha1(number(static_cast<std::uint64_t>(round), 4) + hash);
    hash = sha1(hash + number(0, 4));
    std::string pad(64, '\x36');
    for (std::size_t at = 0; at < hash.size(); ++at)
        pad[at] = static_cast<char>(pad[at] ^ hash[at]);
    return sha1(pad).substr(0, kKeyBytes);
}

std::string encryption_info(const std::string& salt, const std::string& key) {
    const std::string verifier = "jardin-verifier.";
    const std::string provider = wide("Microsoft Enhanced RSA and AES Cryptographic Provider") + number(0, 2);
    constexpr std::uint32_t flags = 0x24; // CryptoAPI, AES
    std::string header = number(flags, 4) + number(0, 4) + number(0x660e, 4) + number(0x8004, 4);
    header += number(8 * kKeyBytes, 4) + number(0x18, 4) + number(0, 8) + provider;
    return number(3, 2) + number(2, 2) + number(flags, 4) + number(header.size(), 4) + header + number(salt.size(), 4) +
           salt + aes128(key, verifier) + number(20, 4) + aes128(key, sha1(verifier));
}

} // namespace

std::string encrypted(const std::string& office_file, const std::string& password) {
    const std::string salt = "sel-des-jardins!";
    const std::string key = derived_key(salt, password);
    return compound_file({{"EncryptionInfo", encryption_info(salt, key)},
                          {"EncryptedPackage", number(office_file.size(), 8) + aes128(key, office_file)}});
}

} // namespace passerelle::exports
