// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/vault.hpp"

#include "core/reason_codes.hpp"
#include "core/unique_fd.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sodium.h>
#include <stdexcept>
#include <sys/stat.h>

namespace passerelle::service {
namespace {

constexpr std::size_t kKeyBytes = crypto_secretbox_KEYBYTES;
constexpr const char* kCredential = "passerelle.key";

Error unusable(const std::filesystem::path& file, const char* why) {
    return {ErrorKind::job, codes::service_key_unusable, why, {{"file", file.string()}}};
}

unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* bytes_of(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Result<std::string> read_key(const std::filesystem::path& file, bool from_systemd) {
    const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat status {};
    if (!fd || ::fstat(fd.get(), &status) != 0) return unusable(file, std::strerror(errno));
    // systemd keeps its credentials readable for the service's user alone by other means.
    if (!from_systemd && (status.st_mode & 077) != 0) return unusable(file, "others may read it");
    std::string key(kKeyBytes + 1, '\0');
    const auto got = ::read(fd.get(), key.data(), key.size());
    if (got != static_cast<ssize_t>(kKeyBytes)) return unusable(file, "not 32 bytes");
    key.resize(kKeyBytes);
    return key;
}

Result<std::string> make_key(const std::filesystem::path& file) {
    std::string key(kKeyBytes, '\0');
    crypto_secretbox_keygen(bytes_of(key));
    const UniqueFd fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd && errno == EEXIST) return read_key(file, false); // another process was quicker
    const bool written =
        fd && ::write(fd.get(), key.data(), key.size()) == static_cast<ssize_t>(key.size()) && ::fsync(fd.get()) == 0;
    if (!written) return unusable(file, std::strerror(errno));
    return key;
}

} // namespace

Result<Vault> Vault::open(const std::filesystem::path& key_file) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used");
    if (const char* folder = std::getenv("CREDENTIALS_DIRECTORY"); folder != nullptr) {
        const auto credential = std::filesystem::path(folder) / kCredential;
        std::error_code unknown;
        if (std::filesystem::exists(credential, unknown)) {
            auto key = read_key(credential, true);
            if (!key) return failure(key);
            return Vault(std::move(*key));
        }
    }
    std::error_code unknown;
    auto key = std::filesystem::exists(key_file, unknown) ? read_key(key_file, false) : make_key(key_file);
    if (!key) return failure(key);
    return Vault(std::move(*key));
}

std::string Vault::seal(const Secret& secret) const {
    const std::string& text = secret.reveal();
    std::string sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + text.size(), '\0');
    randombytes_buf(sealed.data(), crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(bytes_of(sealed) + crypto_secretbox_NONCEBYTES, bytes_of(text), text.size(), bytes_of(sealed),
                          bytes_of(key_));
    return sealed;
}

std::optional<Secret> Vault::unseal(const std::string& sealed) const {
    constexpr std::size_t around = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (sealed.size() < around) return std::nullopt;
    std::string text(sealed.size() - around, '\0');
    if (crypto_secretbox_open_easy(bytes_of(text), bytes_of(sealed) + crypto_secretbox_NONCEBYTES,
                                   sealed.size() - crypto_secretbox_NONCEBYTES, bytes_of(sealed), bytes_of(key_)) != 0)
        return std::nullopt;
    return Secret(std::move(text));
}

} // namespace passerelle::service
