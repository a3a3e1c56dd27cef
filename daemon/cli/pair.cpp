// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "core/unique_fd.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/pairing.hpp"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sodium.h>
#include <vector>

namespace passerelle::cli {
namespace {

constexpr std::size_t kSecretBytes = 32; // written as 64 hexadecimal digits

constexpr Sentence kWhereTo{"Collez cette ligne dans Nextcloud : Paramètres d'administration, Passerelle.",
                            "Paste this line in Nextcloud: Administration settings, Passerelle."};

/// Readable for the service's user and its group; a new file takes the place of an old one whole.
Result<void> write_secret(const std::filesystem::path& file, const std::string& text) {
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    const auto fresh = file.string() + ".new";
    const UniqueFd fd(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0640));
    const bool written = fd && ::write(fd.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                         ::fsync(fd.get()) == 0 && ::rename(fresh.c_str(), file.c_str()) == 0;
    if (!written) return Error(ErrorKind::job, codes::file_unwritable, std::strerror(errno), {{"file", file.string()}});
    return {};
}

std::string new_secret() {
    std::array<unsigned char, kSecretBytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::string digits(2 * kSecretBytes + 1, '\0');
    sodium_bin2hex(digits.data(), digits.size(), bytes.data(), bytes.size());
    digits.pop_back();
    return digits;
}

std::string base64url(const std::string& text) {
    std::string encoded(sodium_base64_encoded_len(text.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(encoded.data(), encoded.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    encoded.pop_back();
    return encoded;
}

} // namespace

std::string ListenAddress::url() const {
    const bool six = address.find(':') != std::string::npos;
    return fmt::format("http://{}{}{}:{}", six ? "[" : "", address, six ? "]" : "", port);
}

Result<ListenAddress> listen_address(const std::string& text) {
    const auto colon = text.rfind(':');
    ListenAddress listen;
    const bool has_port = colon != std::string::npos &&
                          std::from_chars(text.data() + colon + 1, text.data() + text.size(), listen.port).ptr ==
                              text.data() + text.size() &&
                          colon + 1 < text.size();
    listen.address = text.substr(0, colon == std::string::npos ? 0 : colon);
    if (listen.address.starts_with('[') && listen.address.ends_with(']'))
        listen.address = listen.address.substr(1, listen.address.size() - 2);
    if (!has_port || listen.address.empty())
        return Error(ErrorKind::permanent, codes::config_listen, "", {{"text", text}});
    return listen;
}

Result<Secret> pairing_secret(const Settings& settings) {
    std::ifstream stream(settings.service_pairing_file);
    std::string secret;
    if (!std::getline(stream, secret) || secret.empty())
        return Error(ErrorKind::job, codes::service_not_paired, "", {{"file", settings.service_pairing_file}});
    return Secret(std::move(secret));
}

Result<Ending> pair(const Arguments& arguments, const Settings& settings) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used");
    auto listen = listen_address(settings.service_listen);
    if (!listen) return failure(listen);
    auto secret = pairing_secret(settings);
    if (!secret || arguments.anew) {
        const auto fresh = new_secret();
        if (auto written = write_secret(settings.service_pairing_file, fresh + "\n"); !written) return failure(written);
        secret = Secret(fresh);
    }
    const auto code = base64url(nlohmann::json{{"url", listen->url()}, {"secret", secret->reveal()}}.dump());
    say(kWhereTo.in(arguments.language));
    fmt::print("{}\n", code);
    return Ending::complete;
}

} // namespace passerelle::cli
