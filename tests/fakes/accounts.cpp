// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/accounts.hpp"

#include "core/hash.hpp"

#include <openssl/evp.h>
#include <tuple>

namespace passerelle::fakes {
namespace {

constexpr int kAllowedBadLogins = 10; // auth.bruteforce.max-attempts

std::optional<std::string> base64_decode(const std::string& text) {
    if (text.empty() || text.size() % 4 != 0) return std::nullopt;
    std::string decoded(text.size(), '\0');
    const int length =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(decoded.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    if (length < 0) return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    decoded.resize(static_cast<std::size_t>(length) - padding);
    return decoded;
}

std::pair<std::string, std::string> credentials(const std::string& authorization) {
    const std::string decoded = base64_decode(authorization.substr(6)).value_or("");
    const auto colon = decoded.find(':');
    if (colon == decoded.npos) return {};
    return {decoded.substr(0, colon), decoded.substr(colon + 1)};
}

} // namespace

void Accounts::add(const std::string& user, const std::string& password) {
    std::lock_guard lock(mutex_);
    passwords_[user].insert(password);
}

std::string Accounts::mint(const std::string& user) {
    std::lock_guard lock(mutex_);
    const std::string password = sha256_hex("app password " + std::to_string(minted_++)) + "Zz345678";
    passwords_[user].insert(password);
    return password;
}

void Accounts::revoke(const std::string& user, const std::string& password) {
    std::lock_guard lock(mutex_);
    passwords_[user].erase(password);
}

bool Accounts::accepts(const std::string& user, const std::string& password) const {
    std::lock_guard lock(mutex_);
    const auto account = passwords_.find(user);
    return account != passwords_.end() && account->second.contains(password);
}

std::string Accounts::user_of(const std::optional<std::string>& authorization) {
    if (!authorization || !authorization->starts_with("Basic ")) return "";
    return credentials(*authorization).first;
}

Accounts::Login Accounts::judge(const std::optional<std::string>& authorization) {
    if (!authorization || !authorization->starts_with("Basic ")) return {};
    Login login;
    std::tie(login.user, login.password) = credentials(*authorization);
    if (login.user.empty()) return {};
    const bool good = accepts(login.user, login.password);
    std::lock_guard lock(mutex_);
    if (bad_logins_ > kAllowedBadLogins) {
        login.outcome = Login::Outcome::locked_out;
    } else {
        login.outcome = good ? Login::Outcome::good : Login::Outcome::bad;
        if (!good) ++bad_logins_;
    }
    return login;
}

void Accounts::forgive() {
    std::lock_guard lock(mutex_);
    bad_logins_ = 0;
}

} // namespace passerelle::fakes
