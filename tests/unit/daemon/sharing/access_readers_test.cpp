// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/access_readers.hpp"

#include "sharing_kit.hpp"

#include <gtest/gtest.h>

namespace passerelle::sharing {
namespace {

using Codes = std::vector<std::string>;
using Accesses = std::vector<Access>;

AccessList sidecar(const std::string& permissions, const std::string& more = "") {
    return read_sidecar_access(R"({"permissions":[)" + permissions + "]" + more + "}", "Drive/Budget.ods", false);
}

} // namespace

TEST(Sidecar, EveryRoleAndEveryKindOfPrincipal) {
    const auto list = sidecar(
        R"({"type":"user","role":"owner","email_address":"Moi@ex.org","name":"Moi","kind":"drive#permission"},
           {"type":"user","role":"fileOrganizer","email_address":"f@ex.org"},
           {"type":"group","role":"writer","name":"Bureau","email_address":"bureau@ex.org"},
           {"type":"user","role":"reader","additional_roles":["commenter"],"email_address":"c@ex.org"},
           {"type":"domain","role":"reader","domain":"Ex.org","name":"Les Jardins"},
           {"type":"anyone","role":"reader","with_link":true},
           {"type":"anyone","role":"commenter","with_link":false})");
    EXPECT_TRUE(list.problems.empty());
    ASSERT_EQ(list.nodes.size(), 1u);
    EXPECT_EQ(list.nodes[0].path, "Drive/Budget.ods");
    EXPECT_TRUE(list.nodes[0].complete);
    EXPECT_EQ(list.nodes[0].accesses, (Accesses{{user("moi@ex.org", "Moi"), Right::manage},
                                                {user("f@ex.org"), Right::manage},
                                                {group("Bureau", "bureau@ex.org"), Right::edit},
                                                {user("c@ex.org"), Right::comment},
                                                {domain("ex.org"), Right::view},
                                                {Principal{PrincipalKind::anyone_with_link, {}, {}}, Right::view},
                                                {Principal{PrincipalKind::anyone, {}, {}}, Right::comment}}));
}

TEST(Sidecar, TheDownloadIsForbiddenToReadersOnly) {
    const auto list = sidecar(R"({"type":"user","role":"reader","email_address":"r@ex.org"},
                                 {"type":"user","role":"writer","email_address":"w@ex.org"})",
                              R"(,"viewers_can_download":false)");
    EXPECT_FALSE(list.nodes[0].accesses[0].may_download);
    EXPECT_TRUE(list.nodes[0].accesses[1].may_download);
}

TEST(Sidecar, ReadsAnExpiryDate) {
    const auto list = sidecar(R"({"type":"user","role":"reader","email_address":"r@ex.org",
                                  "expiration_date":"2027-03-01T12:00:00.000Z"})");
    using namespace std::chrono;
    EXPECT_EQ(list.nodes[0].accesses[0].expires, sys_days(2027y / March / 1));
}

TEST(Sidecar, WhatIsOddIsAProblemAndTheRestIsRead) {
    const auto list = sidecar(R"({"type":"user","role":"reader","email_address":"gone@ex.org","deleted":true},
                                 {"type":"user","role":"king","email_address":"k@ex.org"},
                                 {"type":"robot","role":"reader"}, 17, null, {"type":5,"role":[]},
                                 {"type":"user","role":"reader"},
                                 {"type":"user","role":"reader","email_address":"r@ex.org","pending_owner":true})");
    EXPECT_EQ(list.nodes[0].accesses, (Accesses{{user("r@ex.org"), Right::view}}));
    EXPECT_EQ(codes_of(list.problems), (Codes{"share.account_deleted", "share.role_unknown", "share.principal_unknown",
                                              "share.principal_unknown", "share.principal_unknown",
                                              "share.principal_unknown", "share.principal_unknown"}));
    EXPECT_EQ(parameter_of(list.problems[1], "role"), "king");
    EXPECT_EQ(parameter_of(list.problems[1], "path"), "Drive/Budget.ods");
}

TEST(Sidecar, AnUnreadableListGivesNobodyAccess) {
    for (const std::string& text : {std::string("{"), std::string("[]"), std::string("{}"), std::string("\0", 1),
                                    std::string(R"({"permissions":{}})"), std::string(100'000, '['),
                                    R"({"permissions":[)" + std::string(40, '[') + std::string(40, ']') + "]}"}) {
        const auto list = read_sidecar_access(text, "a", true);
        EXPECT_EQ(codes_of(list.problems), Codes{"share.sidecar_unreadable"}) << text.substr(0, 50);
        EXPECT_TRUE(list.nodes.at(0).complete);
        EXPECT_TRUE(list.nodes.at(0).accesses.empty());
    }
}

TEST(Sidecar, NoListIsAsTheFolderAbove) {
    const auto list = read_sidecar_access("", "a", true);
    EXPECT_FALSE(list.nodes.at(0).complete);
    EXPECT_TRUE(list.problems.empty());
}

TEST(Sidecar, TooManyPeopleAreCutAndSaid) {
    std::string many;
    for (int i = 0; i < 2500; ++i)
        many += (i > 0 ? "," : "") + std::string(R"({"type":"user","role":"reader","email_address":"p)") +
                std::to_string(i) + "@ex.org\"}";
    const auto list = sidecar(many);
    EXPECT_EQ(list.nodes[0].accesses.size(), 2000u);
    EXPECT_EQ(codes_of(list.problems), Codes{"share.too_many_people"});
}

TEST(DropboxMembers, UsersGroupsAndInvitees) {
    const std::string page = R"({"users":[
        {"access_type":{".tag":"owner"},"is_inherited":false,"user":{"email":"Chef@ex.org","display_name":"Chef"}},
        {"access_type":{".tag":"viewer_no_comment"},"user":{"email":"v@ex.org"}},
        {"access_type":{".tag":"traverse"},"user":{"email":"t@ex.org"}},
        {"access_type":{".tag":"emperor"},"user":{"email":"e@ex.org"}}],
      "groups":[{"access_type":{".tag":"editor"},"group":{"group_name":"Bureau","member_count":3}}],
      "invitees":[{"access_type":{".tag":"viewer"},"invitee":{".tag":"email","email":"i@ex.org"}},{"invitee":4}],
      "cursor":"x"})";
    for (const auto& text : {page, "[" + page + "]"}) {
        const auto list = read_dropbox_members(text, "/Projets/");
        ASSERT_EQ(list.nodes.size(), 1u);
        EXPECT_EQ(list.nodes[0].path, "Projets");
        EXPECT_TRUE(list.nodes[0].complete);
        EXPECT_EQ(list.nodes[0].accesses, (Accesses{{user("chef@ex.org", "Chef"), Right::manage},
                                                    {user("v@ex.org"), Right::view},
                                                    {group("Bureau"), Right::edit},
                                                    {user("i@ex.org"), Right::view}}));
        EXPECT_EQ(codes_of(list.problems), (Codes{"share.role_unknown", "share.principal_unknown"}));
    }
}

TEST(DropboxMembers, WhatIsNoListOfMembersIsSaid) {
    for (const auto* text : {"", "{}", "[]", "[1]", "{\"users\":", "null", R"({"error":"expired"})"})
        EXPECT_EQ(codes_of(read_dropbox_members(text, "a").problems), Codes{"share.members_unreadable"}) << text;
}

TEST(GoogleGroups, InfoAndMembers) {
    const auto found = read_google_group("Group Email,Group Name,Description\nbureau@ex.org,Le bureau,\"a, b\"\n",
                                         "Group Email,Member Email,Member Type,Member Role\r\n"
                                         "bureau@ex.org,Jeanne@ex.org,USER,OWNER\r\n"
                                         "bureau@ex.org,jeanne@ex.org,USER,MEMBER\r\n"
                                         "bureau@ex.org,tous@ex.org,GROUP,MEMBER\r\n"
                                         "bureau@ex.org,,USER,MEMBER\r\n",
                                         "bureau");
    EXPECT_EQ(found.group, group("Le bureau", "bureau@ex.org"));
    EXPECT_EQ(found.members, (std::vector<Principal>{user("jeanne@ex.org"), group("", "tous@ex.org")}));
    EXPECT_EQ(codes_of(found.problems), Codes{"share.member_unknown"});
    EXPECT_EQ(parameter_of(found.problems[0], "line"), "5");
}

TEST(GoogleGroups, TheFolderNamesAGroupWithoutInformation) {
    const auto found = read_google_group("", "x,paul@ex.org\n", "bureau");
    EXPECT_EQ(found.group, group("bureau"));
    EXPECT_EQ(found.members, std::vector<Principal>{user("paul@ex.org")});
    EXPECT_TRUE(read_google_group("\xff;;\"", std::string("\0", 1), "b").members.empty());
}

} // namespace passerelle::sharing
