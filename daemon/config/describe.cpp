// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/config/describe.hpp"

#include "daemon/config/config.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <vector>

namespace passerelle::config {

namespace {

constexpr std::size_t kCommentColumns = 110;

std::string allowed(const WholeNumber& kind) {
    return fmt::format("{} … {}", kind.least, kind.most);
}
std::string allowed(const FreeText&) {
    return "\"…\"";
}
std::string allowed(const OneWord& kind) {
    return fmt::format("\"{}\"", fmt::join(kind.allowed, "\", \""));
}

std::string literal(std::int64_t number) {
    return std::to_string(number);
}
std::string literal(std::string_view text) {
    return fmt::format("\"{}\"", text);
}

/// The text as lines of a comment.
std::string comment(std::string_view text) {
    std::string lines;
    while (!text.empty()) {
        auto end = text.size();
        if (end > kCommentColumns) end = text.rfind(' ', kCommentColumns);
        lines += fmt::format("# {}\n", text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

} // namespace

std::string allowed_values(const Field& field) {
    return std::visit([](const auto& kind) { return allowed(kind); }, field.kind);
}

std::string example_file() {
    std::string text =
        "# SPDX-License-Identifier: AGPL-3.0-or-later\n"
        "# Every setting of Passerelle with its default. Copy this file to /etc/passerelle/passerelle.toml\n"
        "# (the service) or ~/.config/passerelle/passerelle.toml (a person), and keep the lines that you change.\n"
        "# --config and the environment variable PASSERELLE_CONFIG name another file.\n"
        "# `passerelle check-config` reads it and says what is wrong.\n";
    std::string_view section;
    for (const auto& field : kFields) {
        if (field.section != section)
            text += fmt::format("\n[{}]\n", field.section);
        else
            text += '\n';
        section = field.section;
        text += comment(field.help);
        if (!std::holds_alternative<FreeText>(field.kind))
            text += fmt::format("# Allowed: {}\n", allowed_values(field));
        const auto fallback = std::visit([](const auto& kind) { return literal(kind.fallback); }, field.kind);
        text += fmt::format("{} = {}\n", field.key, fallback);
    }
    return text;
}

} // namespace passerelle::config
