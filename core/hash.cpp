// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/hash.hpp"

#include "core/reason_codes.hpp"

#include <array>
#include <openssl/evp.h>
#include <stdexcept>
#include <vector>
#include <zlib.h>

namespace passerelle {
namespace {

constexpr std::size_t kBlock = 256 * 1024;

} // namespace

struct Hasher::State {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

Hasher::Hasher(HashAlgorithm algorithm) : state_(std::make_unique<State>()) {
    const EVP_MD* digest = algorithm == HashAlgorithm::sha256 ? EVP_sha256() : EVP_md5();
    if (!state_->context || EVP_DigestInit_ex(state_->context.get(), digest, nullptr) != 1)
        throw std::runtime_error("the digest could not be started");
}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(std::span<const std::byte> bytes) {
    EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size());
}

std::string Hasher::finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    EVP_DigestFinal_ex(state_->context.get(), digest.data(), &length);
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * std::size_t{length});
    for (unsigned int i = 0; i < length; ++i) {
        hex.push_back(kDigits[digest[i] >> 4]);
        hex.push_back(kDigits[digest[i] & 0x0f]);
    }
    return hex;
}

std::string sha256_hex(std::string_view bytes) {
    Hasher hasher(HashAlgorithm::sha256);
    hasher.update(bytes);
    return hasher.finish();
}

Result<std::string> sha256_of(const Content& content, const std::stop_token& stop,
                              const std::function<Result<void>(std::span<const std::byte>)>& sink) {
    auto reader = content.open();
    if (!reader) return failure(reader);
    Hasher hasher(HashAlgorithm::sha256);
    std::vector<std::byte> block(kBlock);
    while (true) {
        if (stop.stop_requested()) return Error(ErrorKind::job, codes::job_stopped, "");
        auto count = (*reader)->read(block);
        if (!count) return failure(count);
        if (*count == 0) return hasher.finish();
        const auto bytes = std::span(block).first(*count);
        hasher.update(bytes);
        if (!sink) continue;
        if (auto taken = sink(bytes); !taken) return failure(taken);
    }
}

std::uint32_t crc32_update(std::uint32_t crc, std::span<const std::byte> bytes) {
    return static_cast<std::uint32_t>(crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

} // namespace passerelle
