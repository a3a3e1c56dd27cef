// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/globs.hpp"

#include <gtest/gtest.h>

namespace passerelle::plan {

struct GlobCase {
    const char* pattern;
    const char* path;
    bool matches;
};

TEST(Globs, MatchAsTheirCommentSays) {
    const std::vector<GlobCase> cases{
        {"*.odt", "Réunion.odt", true},
        {"*.odt", "a/b/Réunion.odt", true},
        {"*.odt", "Réunion.ODT", false},
        {"*.odt", "Réunion.odt.bak", false},
        {"Réunion ?.odt", "Réunion é.odt", true},
        {"Re\xCC\x81union", "Réunion", true},
        {"Réunion", "Re\xCC\x81union", true},
        {"Archives/*", "Archives/a", true},
        {"Archives/*", "Archives/a/b", false},
        {"Archives/*", "Vieux/Archives/a", false},
        {"Archives/**", "Archives/a/b", true},
        {"Archives/**", "Archives", false},
        {"**/Archives/*", "Archives/a", true},
        {"**/Archives/*", "x/y/Archives/a", true},
        {"**/Archives/*", "x/MesArchives/a", false},
        {"a/**/z", "a/z", true},
        {"a/**/z", "a/b/c/z", true},
        {"a/**/z", "a/bz", false},
        {"x/a**z", "x/a/b/z", true},
        {"x/a*z", "x/a/b/z", false},
        {"/a*", "ab", true},
        {"/a*", "x/ab", false},
        {"**/x/*/y", "x/x/1/y", true},
        {"**/x/*/**/y", "a/x/1/2/3/y", true},
        {"*a*a*b", "aaaaaaaaaaaaaaab", true},
        {"*a*a*b", "aaaaaaaaaaaaaaac", false},
        {"[0-9][0-9]*", "12 mars", true},
        {"[!0-9]*", "12 mars", false},
        {"[à-ü]*", "été", true},
        {"[]x]", "]", true},
        {"[ouvert", "[ouvert", true},
        {"a[/]b", "a/b", false},
        {"\\*", "*", true},
        {"\\*", "x", false},
        {"", "a", false},
        {"**", "a/b", true},
    };
    for (const auto& [pattern, path, matches] : cases)
        EXPECT_EQ(Glob(pattern).matches(path, false), matches) << pattern << " on " << path;
}

TEST(Globs, ASlashAtTheEndMeansFolders) {
    EXPECT_TRUE(Glob("cache/").matches("a/cache", true));
    EXPECT_FALSE(Glob("cache/").matches("a/cache", false));
}

TEST(Globs, ManyStarsOnALongNameEndSoon) {
    const std::string stars = "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b";
    EXPECT_FALSE(Glob(stars).matches(std::string(5000, 'a'), false));
    EXPECT_FALSE(
        Glob("**/" + stars + "/**/" + stars).matches(std::string(5000, 'a') + "/" + std::string(5000, 'a'), false));
}

} // namespace passerelle::plan
