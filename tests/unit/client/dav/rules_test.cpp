// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/rules.hpp"

#include "core/reason_codes.hpp"
#include "tests/unit/client/dav/scripted_transport.hpp"

#include <gmock/gmock.h>

namespace passerelle::dav {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string place(const std::string& properties, const std::string& missing = "") {
    return R"(<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:nc="http://nextcloud.org/ns"><d:response>)"
           "<d:href>/remote.php/dav/files/alice/Bureau/</d:href><d:propstat><d:prop>" +
           properties + "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat><d:propstat><d:prop>" + missing +
           "</d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response></d:multistatus>";
}

std::string rule(const std::string& type, const std::string& id, const std::string& mask,
                 const std::string& permissions) {
    return "<nc:acl><nc:acl-mapping-type>" + type + "</nc:acl-mapping-type><nc:acl-mapping-id>" + id +
           "</nc:acl-mapping-id><nc:acl-mapping-display-name>Nom</nc:acl-mapping-display-name><nc:acl-mask>" + mask +
           "</nc:acl-mask><nc:acl-permissions>" + permissions + "</nc:acl-permissions></nc:acl>";
}

const std::string kFolder = "<nc:group-folder-id>17</nc:group-folder-id>";

} // namespace

TEST(TeamPlaces, AreRead) {
    const auto read =
        parse_team_place(place(kFolder +
                               "<nc:is-mount-root>true</nc:is-mount-root><nc:acl-enabled>1</nc:acl-enabled>"
                               "<nc:acl-can-manage>1</nc:acl-can-manage><nc:acl-list>" +
                               rule("user", "carol", "2", "2") + rule("group", "équipe", "14", "0") +
                               rule("circle", "RsE", "31", "1") + "</nc:acl-list>"));
    ASSERT_TRUE(read.value());
    const TeamPlace& found = **read;
    EXPECT_EQ(found.folder_id, 17);
    EXPECT_TRUE(found.is_root && found.advanced_permissions && found.may_manage);
    EXPECT_THAT(found.rules, ElementsAre(Rule{RuleFor::user, "carol", 2, 2}, Rule{RuleFor::group, "équipe", 14, 0},
                                         Rule{RuleFor::team, "RsE", 31, 1}));
}

TEST(TeamPlaces, AreDoubted) {
    EXPECT_FALSE(
        parse_team_place(place("<nc:is-mount-root>false</nc:is-mount-root>", "<nc:group-folder-id/>")).value());
    const auto odd = parse_team_place(place(kFolder + "<nc:acl-list>" + rule("robot", "x", "1", "1") +
                                            rule("group", "g", "-1", "99") + "</nc:acl-list>"));
    EXPECT_THAT(odd.value()->rules, ElementsAre(Rule{RuleFor::group, "g", 0, 3}));
    for (const char* none : {"", "<html/>", "<d:multistatus xmlns:d='DAV:'/>"})
        EXPECT_EQ(parse_team_place(none).error().code, codes::server_bad_answer) << none;
}

TEST(TeamRules, AreSentAsTheyAre) {
    ScriptedTransport transport;
    const Endpoint endpoint(transport, Site{.root = "", .user_id = "alice"});
    transport.answer(207, place("<nc:acl-list/>"));
    ASSERT_TRUE(set_rules(endpoint, "Bureau", {{RuleFor::team, "a<b", 14, 2}}, {}));
    EXPECT_THAT(transport.sent.at(0).body,
                HasSubstr("<nc:acl-list><nc:acl><nc:acl-mapping-type>circle</nc:acl-mapping-type>"
                          "<nc:acl-mapping-id>a&lt;b</nc:acl-mapping-id><nc:acl-mask>14</nc:acl-mask>"
                          "<nc:acl-permissions>2</nc:acl-permissions></nc:acl></nc:acl-list>"));
}

TEST(TeamRules, RefusalsCarryTheServersWords) {
    ScriptedTransport transport;
    const Endpoint endpoint(transport, Site{.root = "", .user_id = "alice"});
    transport.answer(500,
                     R"(<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns"><s:message>no</s:message></d:error>)");
    transport.answer(404, "").answer(500, "").answer(207, place("", "<nc:acl-list/>"));
    const auto refused = set_rules(endpoint, "Bureau", {}, {});
    EXPECT_EQ(refused.error().code, codes::share_refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::item);
    EXPECT_EQ(set_rules(endpoint, "Bureau", {}, {}).error().code, codes::target_missing);
    EXPECT_EQ(set_rules(endpoint, "Bureau", {}, {}).error().code, codes::server_internal_error);
    EXPECT_EQ(set_rules(endpoint, "Bureau", {}, {}).error().code, codes::share_refused);
}

} // namespace passerelle::dav
