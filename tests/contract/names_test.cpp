// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/contract/contract.hpp"

namespace passerelle::contract {
namespace {

class NamesContract : public ContractTest {};
INSTANTIATE_TEST_SUITE_P(Nextcloud, NamesContract, ::testing::ValuesIn(targets()), ::testing::PrintToStringParamName());

TEST_P(NamesContract, BadCharactersAreAnInvalidPathWithAReason) {
    for (const std::string name : {"back%5Cslash", "bell%07"}) {
        const auto response = put(name, "hello");
        EXPECT_EQ(response.status, 400) << name;
        EXPECT_EQ(element(response.body, "s:exception"), "OCA\\DAV\\Connector\\Sabre\\Exception\\InvalidPath");
        EXPECT_NE(response.body.find("<o:reason xmlns:o=\"o:\">"), response.body.npos) << response.body;
        EXPECT_EQ(files("MKCOL", name).status, 400) << name;
    }
}

TEST_P(NamesContract, TheLongestNameHas250BytesFrom32OnAnd248Before) {
    EXPECT_EQ(put(std::string(248, 'a'), "hello").status, 201);
    EXPECT_EQ(put(std::string(249, 'b'), "hello").status, major() >= 32 ? 201 : 500);
    EXPECT_EQ(put(std::string(250, 'c'), "hello").status, major() >= 32 ? 201 : 500);
    EXPECT_EQ(put(std::string(251, 'd'), "hello").status, 400);
}

TEST_P(NamesContract, ReservedNamesAnswerByRelease) {
    const int reserved = major() >= 33 ? 500 : major() >= 32 ? 400 : 403;
    EXPECT_EQ(put(".htaccess", "hello").status, reserved);
    EXPECT_EQ(propfind(".htaccess").status, major() >= 32 ? reserved : 404) << "even asking is refused";
    EXPECT_EQ(response_for(propfind("", "1").body, "/.htaccess"), "") << "nothing was written";
    const int partial = major() >= 32 ? 400 : 423;
    EXPECT_EQ(put("film.part", "hello").status, partial);
    EXPECT_EQ(put("film.filepart", "hello").status, partial);
}

TEST_P(NamesContract, APartialNameSeemsToBeThereButHasNoId) {
    const auto found = propfind("never-was.part");
    EXPECT_EQ(found.status, 207);
    EXPECT_EQ(element(found.body, "oc:fileid"), major() >= 34 ? std::optional<std::string>("-1") : std::nullopt);
    EXPECT_EQ(element(found.body, "d:getetag"), "&quot;&quot;");
}

TEST_P(NamesContract, WhatWindowsWouldRefuseIsFineByDefault) {
    for (const std::string name : {"con", "a%3Ab", "trail.", "trail%20", "%F0%9F%8E%89.txt", "%3C%3E%22%7C%3F%2A"}) {
        EXPECT_EQ(put(name, "hello").status, 201) << name;
    }
}

} // namespace
} // namespace passerelle::contract
