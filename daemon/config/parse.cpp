// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/config/config.hpp"

#include "core/reason_codes.hpp"
#include "daemon/config/describe.hpp"
#include "daemon/config/fields.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>
#include <toml++/toml.h>

namespace passerelle::config {

namespace {

/// One reading of a file: knows where it is, for the errors.
class Parser {
  public:
    explicit Parser(const std::filesystem::path& file) : file_(file), settings_(default_settings()) {}

    Result<Settings> parse(const toml::table& root) {
        for (const auto& [name, node] : root) {
            const std::string section(name.str());
            const auto* table = node.as_table();
            if (!is_section(section)) return wrong(codes::config_unknown_key, name.source(), section, sections());
            if (!table) return wrong(codes::config_wrong_type, name.source(), section, fmt::format("[{}]", section));
            for (const auto& [key, value] : *table)
                if (auto taken = take(section, key, value); !taken) return failure(taken);
        }
        return settings_;
    }

    [[nodiscard]] Error syntax(const toml::parse_error& error) const {
        Error made(ErrorKind::permanent, codes::config_syntax, std::string(error.description()));
        made.parameters = {{"file", file_.string()}, {"line", std::to_string(error.source().begin.line)}};
        return made;
    }

  private:
    Result<void> take(const std::string& section, const toml::key& key, const toml::node& value) {
        const auto* const field = std::ranges::find_if(
            kFields, [&](const Field& known) { return known.section == section && known.key == key.str(); });
        const auto name = fmt::format("{}.{}", section, key.str());
        if (field == kFields.end()) return wrong(codes::config_unknown_key, key.source(), name, keys_of(section));
        const auto code = std::visit([&](const auto& kind) { return set(kind, value); }, field->kind);
        if (code.empty()) return {};
        return wrong(code, key.source(), name, allowed_values(*field));
    }

    /// The code of what is wrong with the value; empty when it was taken.
    std::string_view set(const WholeNumber& kind, const toml::node& value) {
        if (!value.is_integer()) return codes::config_wrong_type;
        const auto number = value.as_integer()->get();
        if (number < kind.least || number > kind.most) return codes::config_out_of_bounds;
        settings_.*kind.member = number;
        return {};
    }
    std::string_view set(const FreeText& kind, const toml::node& value) {
        if (!value.is_string()) return codes::config_wrong_type;
        settings_.*kind.member = value.as_string()->get();
        return {};
    }
    std::string_view set(const OneWord& kind, const toml::node& value) {
        if (!value.is_string()) return codes::config_wrong_type;
        const auto& word = value.as_string()->get();
        if (std::ranges::find(kind.allowed, word) == kind.allowed.end()) return codes::config_out_of_bounds;
        settings_.*kind.member = word;
        return {};
    }

    [[nodiscard]] Error wrong(std::string_view code, const toml::source_region& where, const std::string& key,
                              const std::string& allowed) const {
        const auto line = std::to_string(where.begin.line);
        return {ErrorKind::permanent,
                code,
                "",
                {{"file", file_.string()}, {"line", line}, {"key", key}, {"allowed", allowed}}};
    }

    static bool is_section(const std::string& name) {
        return std::ranges::find(kFields, name, &Field::section) != kFields.end();
    }
    static std::string sections() {
        std::set<std::string> names;
        for (const auto& field : kFields)
            names.insert(fmt::format("[{}]", field.section));
        return fmt::format("{}", fmt::join(names, ", "));
    }
    static std::string keys_of(const std::string& section) {
        std::vector<std::string_view> keys;
        for (const auto& field : kFields)
            if (field.section == section) keys.push_back(field.key);
        return fmt::format("{}", fmt::join(keys, ", "));
    }

    const std::filesystem::path& file_;
    Settings settings_;
};

} // namespace

Settings default_settings() {
    Settings settings;
    for (const auto& field : kFields)
        std::visit([&](const auto& kind) { settings.*kind.member = kind.fallback; }, field.kind);
    return settings;
}

Result<Settings> parse(std::string_view toml, const std::filesystem::path& file) {
    Parser parser(file);
    try {
        return parser.parse(toml::parse(toml, file.string()));
    } catch (const toml::parse_error& error) {
        return parser.syntax(error);
    }
}

} // namespace passerelle::config
