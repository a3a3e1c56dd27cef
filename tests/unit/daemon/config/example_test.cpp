// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/content.hpp"
#include "core/units.hpp"
#include "daemon/config/config.hpp"
#include "daemon/config/fields.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

namespace passerelle::config {

namespace {

std::string example_on_disk() {
    const std::filesystem::path file = PASSERELLE_EXAMPLE;
    return read_all(FileContent(file, std::filesystem::file_size(file)), kMiB).value();
}

} // namespace

TEST(Example, SaysTheDefaults) {
    EXPECT_EQ(parse(example_on_disk(), PASSERELLE_EXAMPLE).value(), default_settings());
}

TEST(Example, IsWhatTheTableOfFieldsWrites) {
    EXPECT_EQ(example_on_disk(), example_file()) << "write it anew from config::example_file()";
}

TEST(Fields, EachHasANameOfItsOwnAndADefaultWithinItsBounds) {
    std::set<std::pair<std::string_view, std::string_view>> names;
    for (const auto& field : kFields) {
        EXPECT_TRUE(names.emplace(field.section, field.key).second) << field.key;
        EXPECT_FALSE(field.help.empty()) << field.key;
        if (const auto* number = std::get_if<WholeNumber>(&field.kind)) {
            EXPECT_LE(number->least, number->fallback) << field.key;
            EXPECT_GE(number->most, number->fallback) << field.key;
        }
        if (const auto* word = std::get_if<OneWord>(&field.kind)) {
            EXPECT_NE(std::ranges::find(word->allowed, word->fallback), word->allowed.end()) << field.key;
        }
    }
}

} // namespace passerelle::config
