// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/answers.hpp"

#include <algorithm>
#include <cctype>

namespace passerelle::dav {
namespace {

constexpr const char* kHashHeader = "X-Hash-SHA256";
constexpr const char* kEtagHeader = "OC-ETag";
constexpr const char* kFileIdHeader = "OC-FileId";

} // namespace

std::string without_quotes(std::string_view etag) {
    if (etag.starts_with("W/")) etag.remove_prefix(2);
    if (etag.starts_with('"')) etag.remove_prefix(1);
    if (etag.ends_with('"')) etag.remove_suffix(1);
    return std::string(etag);
}

std::string quoted_etag(std::string_view etag) {
    return '"' + std::string(etag) + '"';
}

std::string numeric_file_id(std::string_view file_id) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto end = std::find_if_not(file_id.begin(), file_id.end(), is_digit);
    const auto begin = std::find_if(file_id.begin(), end, [](char c) { return c != '0'; });
    return std::string(begin, end);
}

std::optional<std::string> confirmed_sha256(const http::Response& response) {
    const auto value = response.headers.find(kHashHeader);
    if (!value || value->empty()) return std::nullopt;
    std::string hex(*value);
    std::transform(hex.begin(), hex.end(), hex.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return hex;
}

Uploaded uploaded_from(const http::Response& response) {
    Uploaded uploaded;
    // A proxy that compresses may alter ETag ("…-gzip"); OC-ETag it leaves alone.
    auto etag = response.headers.find(kEtagHeader);
    if (!etag) etag = response.headers.find("ETag");
    if (etag) uploaded.etag = without_quotes(*etag);
    if (const auto id = response.headers.find(kFileIdHeader)) uploaded.file_id = numeric_file_id(*id);
    return uploaded;
}

http::Response as_response(const Uploaded& uploaded, const std::string& sha256) {
    http::Response response;
    response.status = 201;
    response.headers.set(kEtagHeader, uploaded.etag);
    response.headers.set(kFileIdHeader, uploaded.file_id);
    response.headers.set(kHashHeader, sha256);
    return response;
}

} // namespace passerelle::dav
