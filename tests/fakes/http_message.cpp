// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/http_message.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <ctime>
#include <limits>
#include <stdexcept>

namespace passerelle::fakes {
namespace {

bool same_name(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

int hex_digit(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

} // namespace

std::optional<std::string> find_field(const Fields& fields, std::string_view name) {
    const auto field =
        std::find_if(fields.begin(), fields.end(), [&](const auto& one) { return same_name(one.first, name); });
    if (field == fields.end()) return std::nullopt;
    return field->second;
}

std::string HttpRequest::text() const {
    auto bytes = read_all(*body.content, std::numeric_limits<std::uint64_t>::max());
    if (!bytes) throw std::runtime_error(bytes.error().message);
    return std::move(*bytes);
}

HttpResponse& HttpResponse::set(std::string name, std::string value) {
    std::erase_if(headers, [&](const auto& one) { return same_name(one.first, name); });
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
}

std::string percent_decode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape =
            text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
        if (!escape) {
            decoded += text[i];
            continue;
        }
        decoded += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
        i += 2;
    }
    return decoded;
}

std::string href_encode(std::string_view path) {
    constexpr std::string_view kPlain = "-_.~()/:@"; // what sabre/http leaves as it is beside letters and digits
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string encoded;
    for (const unsigned char byte : path) {
        if (std::isalnum(byte) || kPlain.find(static_cast<char>(byte)) != kPlain.npos) {
            encoded += static_cast<char>(byte);
        } else {
            encoded += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
        }
    }
    return encoded;
}

std::string http_date(std::int64_t epoch_seconds) {
    const std::time_t moment = epoch_seconds;
    std::tm parts{};
    gmtime_r(&moment, &parts);
    std::array<char, 64> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text.data(), length};
}

} // namespace passerelle::fakes
