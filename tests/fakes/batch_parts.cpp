// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/batch_parts.hpp"

#include <cctype>
#include <cstdlib>

namespace passerelle::fakes {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())))
        text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
        text.remove_suffix(1);
    return text;
}

} // namespace

std::optional<BatchPart> PartReader::next() {
    if (!rest_.starts_with(boundary_)) return std::nullopt;
    rest_.remove_prefix(boundary_.size());
    BatchPart part;
    if (!read_headers(part)) return std::nullopt;
    const auto length_field = find_field(part.headers, "Content-Length");
    if (!length_field) return std::nullopt;
    const auto length = static_cast<std::size_t>(std::atoll(length_field->c_str()));
    if (length + 2 > rest_.size()) return std::nullopt;
    part.bytes = rest_.substr(0, length);
    rest_.remove_prefix(length + 2);
    return part;
}

bool PartReader::read_headers(BatchPart& part) {
    for (;;) {
        const auto end = rest_.find("\r\n");
        if (end == rest_.npos) return false;
        const std::string_view line = rest_.substr(0, end);
        rest_.remove_prefix(end + 2);
        if (line.empty()) return true;
        const auto colon = line.find(':');
        if (colon == line.npos) return false;
        part.headers.emplace_back(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
    }
}

std::optional<std::string> boundary_of(const HttpRequest& request) {
    const std::string type = request.header("Content-Type").value_or("");
    const auto equals = type.find("boundary=");
    if (!type.starts_with("multipart/related") || equals == type.npos) return std::nullopt;
    std::string boundary(trimmed(std::string_view(type).substr(equals + 9)));
    if (boundary.size() > 1 && boundary.front() == '"' && boundary.back() == '"')
        boundary = boundary.substr(1, boundary.size() - 2);
    return boundary;
}

} // namespace passerelle::fakes
