// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/daemon/sources/opened.hpp"

#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>
#include <stdexcept>

namespace passerelle::sources::testing {

Scratch::Scratch() {
    std::string pattern = ::testing::TempDir() + "sources-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = pattern;
}

Scratch::~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::unique_ptr<Source> opened(const std::vector<std::filesystem::path>& parts) {
    auto source = open_export(parts, {});
    if (!source) throw std::runtime_error("refused: " + source.error().code + " " + source.error().message);
    return std::move(*source);
}

Error refused(const std::vector<std::filesystem::path>& parts) {
    auto source = open_export(parts, {});
    if (source) throw std::runtime_error("opened what must be refused");
    return source.error();
}

const Item& item_at(const Source& source, std::string_view path) {
    for (const auto& item : source.inventory().items)
        if (item.path == path) return item;
    throw std::runtime_error("no item " + std::string(path));
}

bool has_item(const Source& source, std::string_view path) {
    const auto& items = source.inventory().items;
    return std::any_of(items.begin(), items.end(), [&](const Item& item) { return item.path == path; });
}

std::vector<std::string> file_paths(const Source& source) {
    std::vector<std::string> paths;
    for (const auto& item : source.inventory().items)
        if (item.kind == ItemKind::file) paths.push_back(item.path);
    return paths;
}

namespace {

bool contains(const std::vector<Reason>& reasons, std::string_view code) {
    return std::any_of(reasons.begin(), reasons.end(), [&](const Reason& reason) { return reason.code == code; });
}

} // namespace

bool has_reason(const Item& item, std::string_view code) {
    return contains(item.reasons, code);
}

bool has_problem(const Source& source, std::string_view code) {
    return contains(source.inventory().problems, code);
}

std::string parameter(const std::vector<Reason>& reasons, std::string_view code, std::string_view name) {
    for (const auto& reason : reasons)
        if (reason.code == code)
            for (const auto& [key, value] : reason.parameters)
                if (key == name) return value;
    return {};
}

std::string text_of(const Source& source, const Item& item) {
    auto content = source.content(item);
    if (!content) return content.error().code;
    auto text = read_all(**content, 512 * kMiB);
    return text ? *text : text.error().code;
}

std::string text_at(const Source& source, std::string_view path) {
    return text_of(source, item_at(source, path));
}

} // namespace passerelle::sources::testing
