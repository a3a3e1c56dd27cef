// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/http/url.hpp"

#include "core/reason_codes.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <optional>

namespace passerelle::http {
namespace {

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_unreserved(char c) {
    return is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

std::optional<unsigned char> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned char>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned char>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<unsigned char>(c - 'A' + 10);
    return std::nullopt;
}

std::string encode(std::string_view text, bool keep_slashes) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string result;
    result.reserve(text.size() + text.size() / 4);
    for (const char c : text) {
        if (is_unreserved(c) || (keep_slashes && c == '/')) {
            result += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            result += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
        }
    }
    return result;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// What stands before "://", taken off the text; nothing where there is no scheme.
std::optional<std::string> take_scheme(std::string_view& text) {
    const auto end = text.find("://");
    if (end == std::string_view::npos) return std::nullopt;
    const std::string scheme = lower(text.substr(0, end));
    text.remove_prefix(end + 3);
    return scheme;
}

bool is_host_name(std::string_view host) {
    return !host.empty() && host.size() <= 253 && host.front() != '.' && host.front() != '-' &&
           std::all_of(host.begin(), host.end(),
                       [](char c) { return is_alphanumeric(c) || c == '-' || c == '.' || c == '_'; });
}

bool is_ipv6(std::string_view host) {
    return host.size() >= 2 &&
           std::all_of(host.begin(), host.end(), [](char c) { return hex_digit(c) || c == ':' || c == '.'; });
}

/// Reads "host", "host:port", "[::1]" or "[::1]:port" into `url`.
bool read_authority(std::string_view authority, Url& url) {
    std::string_view port;
    if (authority.starts_with('[')) {
        const auto end = authority.find(']');
        if (end == std::string_view::npos || !is_ipv6(authority.substr(1, end - 1))) return false;
        url.host = lower(authority.substr(1, end - 1));
        port = authority.substr(end + 1);
    } else {
        const auto colon = std::min(authority.find(':'), authority.size());
        if (!is_host_name(authority.substr(0, colon))) return false;
        url.host = lower(authority.substr(0, colon));
        port = authority.substr(colon);
    }
    if (port.empty()) return true;
    if (port.front() != ':') return false;
    const char* const end = port.data() + port.size();
    const auto [stopped_at, error] = std::from_chars(port.data() + 1, end, url.port);
    return error == std::errc() && stopped_at == end && url.port != 0;
}

/// Where Nextcloud lives, from the path of any of its pages, encoded.
std::string root_path(std::string_view path) {
    path = path.substr(0, path.find_first_of("?#"));
    static constexpr std::array<std::string_view, 8> kPages = {"/index.php",  "/remote.php",    "/status.php",
                                                               "/public.php", "/ocs/v2",        "/login",
                                                               "/apps/files", "/apps/dashboard"};
    for (const auto page : kPages)
        path = path.substr(0, path.find(page));
    while (path.ends_with('/'))
        path.remove_suffix(1);
    return percent_encode_path(percent_decode(path));
}

} // namespace

std::string Url::origin() const {
    const std::string name = host.find(':') == std::string::npos ? host : fmt::format("[{}]", host);
    const bool usual_port = port == (https ? 443 : 80);
    return fmt::format("{}://{}{}", https ? "https" : "http", name, usual_port ? "" : fmt::format(":{}", port));
}

std::string Url::text() const {
    return origin() + path;
}

Result<Url> parse_url(std::string_view text) {
    const auto bad = [&](std::string_view why) {
        // Whatever stands before an @ may be a password and is not repeated.
        const auto at = text.rfind('@');
        const std::string_view shown = at == std::string_view::npos ? text : text.substr(at + 1);
        return Error(ErrorKind::job, codes::usage_bad_url, std::string(why), {{"url", std::string(shown)}});
    };
    std::string_view rest = trimmed(text);
    const auto scheme = take_scheme(rest);
    if (scheme && scheme != "https" && scheme != "http") return bad("neither https nor http");

    Url url;
    url.https = scheme != "http";
    url.port = url.https ? 443 : 80;
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    if (authority.find('@') != std::string_view::npos) return bad("a user name stands in the address");
    if (!read_authority(authority, url)) return bad("no host name");
    url.path = root_path(rest.substr(authority.size()));
    return url;
}

Result<void> require_protected(const Url& url, bool insecure_http_allowed) {
    if (url.https || insecure_http_allowed || is_loopback(url.host)) return {};
    return Error(ErrorKind::job, codes::server_insecure_http, "", {{"host", url.host}});
}

bool is_loopback(std::string_view host) {
    if (host == "localhost" || host == "::1") return true;
    return host.starts_with("127.") &&
           std::all_of(host.begin(), host.end(), [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
}

std::string percent_encode(std::string_view text) {
    return encode(text, false);
}

std::string percent_encode_path(std::string_view path) {
    return encode(path, true);
}

std::string percent_decode(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            const auto high = hex_digit(text[i + 1]);
            const auto low = hex_digit(text[i + 2]);
            if (high && low) {
                result += static_cast<char>(*high * 16 + *low);
                i += 2;
                continue;
            }
        }
        result += text[i];
    }
    return result;
}

} // namespace passerelle::http
