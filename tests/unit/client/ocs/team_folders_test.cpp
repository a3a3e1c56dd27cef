// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/team_folders.hpp"

#include "core/reason_codes.hpp"
#include "tests/unit/client/scripted_transport.hpp"

#include <gmock/gmock.h>

namespace passerelle::ocs {
namespace {

using testing::ElementsAre;
using testing::Pair;

std::string answer_of(int statuscode, const std::string& message, const std::string& data) {
    return R"({"ocs":{"meta":{"status":"ok","statuscode":)" + std::to_string(statuscode) + R"(,"message":")" + message +
           R"("},"data":)" + data + "}}";
}

class TeamFoldersTest : public testing::Test {
  protected:
    fakes::ScriptedTransport transport_;
    TeamFolders folders_{transport_, http::parse_url("https://example.org/nc").value()};
};

TEST_F(TeamFoldersTest, ReadsFoldersWithTheirGroups) {
    transport_.answer(200, answer_of(100, "OK", R"({"1":{"id":1,"mount_point":"Bureau","groups":{"equipe":31,"ca":
        {"displayName":"CA","permissions":1,"type":"group"}},"quota":-3,"size":0,"acl":false},
        "7":{"id":7,"mount_point":"Comptabilité","groups":[],"quota":1000,"acl":true}})"));
    transport_.answer(200, answer_of(100, "OK", "[]")).answer(404, "<html>");
    const auto found = folders_.list({}).value();
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 2u);
    EXPECT_EQ(found->at(0).name, "Bureau");
    EXPECT_THAT(found->at(0).groups, ElementsAre(Pair("ca", 1u), Pair("equipe", 31u)));
    EXPECT_FALSE(found->at(0).quota);
    EXPECT_EQ(found->at(1).id, 7);
    EXPECT_EQ(found->at(1).quota, 1000u);
    EXPECT_TRUE(found->at(1).advanced_permissions);
    EXPECT_TRUE(folders_.list({}).value()->empty());
    EXPECT_FALSE(folders_.list({}).value()) << "the app is not there";
}

TEST_F(TeamFoldersTest, DoubtsWhatItReads) {
    for (const char* odd : {"7", "null", R"([{"id":0,"mount_point":"a"}])", R"([{"id":1}])", R"([5])"})
        EXPECT_EQ(parse_team_folders(answer_of(100, "OK", odd)).error().code, codes::server_bad_answer) << odd;
    EXPECT_EQ(parse_team_folders("<html>").error().code, codes::server_bad_answer);
    const auto odd = parse_team_folders(answer_of(100, "OK", R"([{"id":1,"mount_point":"a","groups":{"g":99}}])"));
    EXPECT_THAT(odd.value().at(0).groups, ElementsAre(Pair("g", 0u)));
}

TEST_F(TeamFoldersTest, Asks) {
    transport_.answer(200, answer_of(100, "OK", R"({"id":7})"));
    for (int i = 0; i < 4; ++i)
        transport_.answer(200, answer_of(100, "OK", R"({"success":true})"));
    EXPECT_EQ(folders_.create("Été", {}).value(), 7);
    EXPECT_TRUE(folders_.add_group(7, "equipe", {}));
    EXPECT_TRUE(folders_.set_permissions(7, "a/b", 15, {}));
    EXPECT_TRUE(folders_.set_quota(7, std::nullopt, {}));
    EXPECT_TRUE(folders_.allow_advanced_permissions(7, {}));
    const std::string all = "POST /nc/index.php/apps/groupfolders/folders";
    const std::string end = "?format=json&forceLanguage=en";
    EXPECT_THAT(transport_.sent(), ElementsAre(all + end, all + "/7/groups" + end, all + "/7/groups/a%2Fb" + end,
                                               all + "/7/quota" + end, all + "/7/acl" + end));
    const auto body = [&](std::size_t number) {
        const auto& content = *transport_.requests().at(number).body;
        return read_all(content, content.size()).value();
    };
    EXPECT_EQ(body(0), "mountpoint=%C3%89t%C3%A9");
    EXPECT_EQ(body(2), "permissions=15");
    EXPECT_EQ(body(3), "quota=-3");
}

TEST_F(TeamFoldersTest, ReadsTeamsManagersAndSizes) {
    const auto read = parse_team_folders(answer_of(100, "OK", R"({"3":{"id":3,"mount_point":"Asso","size":42,
        "groups":{"equipe":15,"RsEwi":31},"group_details":{"equipe":{"type":"group","permissions":15},
        "RsEwi":{"type":"circle","permissions":31}},
        "manage":[{"type":"user","id":"alice"},{"type":"group","id":"ca"}]}})"));
    ASSERT_EQ(read.value().size(), 1u);
    const auto& folder = read->front();
    EXPECT_THAT(folder.groups, ElementsAre(Pair("equipe", 15u)));
    EXPECT_THAT(folder.teams, ElementsAre(Pair("RsEwi", 31u)));
    EXPECT_THAT(folder.managers, ElementsAre("alice"));
    EXPECT_EQ(folder.size, 42u);
}

TEST_F(TeamFoldersTest, WhatIsWrongHasNoOcsAroundIt) {
    transport_.answer(400, R"({"message":"Mount point already exists"})");
    transport_.answer(400, R"({"message":"Group already assigned to this Groupfolder"})");
    transport_.answer(404, R"({"message":"Groupfolder not found"})").answer(404, R"({"message":""})");
    const auto taken = folders_.create("a", {});
    EXPECT_EQ(taken.error().code, codes::share_refused);
    EXPECT_EQ(taken.error().message, "Mount point already exists");
    EXPECT_TRUE(folders_.add_group(1, "g", {})) << "who is in is fine";
    EXPECT_EQ(folders_.set_quota(1, 5, {}).error().code, codes::share_refused);
    EXPECT_TRUE(folders_.remove(1, {})) << "what is gone is fine";
}

TEST_F(TeamFoldersTest, ARefusalHidesBehindHttp200) {
    transport_.answer(200, answer_of(403, "Password confirmation is required", "[]"));
    transport_.answer(200, answer_of(403, "Not allowed", "[]"));
    transport_.answer(200, answer_of(998, "Unknown", "[]")).answer(200, "<html>");
    EXPECT_EQ(folders_.create("a", {}).error().code, codes::share_password_confirmation);
    EXPECT_EQ(folders_.create("a", {}).error().code, codes::share_refused);
    EXPECT_EQ(folders_.add_group(1, "g", {}).error().code, codes::share_refused);
    EXPECT_EQ(folders_.add_group(1, "g", {}).error().code, codes::server_bad_answer);
}

} // namespace
} // namespace passerelle::ocs
