// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/people.hpp"

#include "core/reason_codes.hpp"
#include "tests/unit/client/scripted_transport.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <iterator>

namespace passerelle::ocs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string sample(const std::string& name) {
    std::ifstream in(std::string(PASSERELLE_SAMPLES) + "/" + name + ".json");
    return {std::istreambuf_iterator<char>(in), {}};
}

class PeopleTest : public testing::Test {
  protected:
    fakes::ScriptedTransport transport_;
    People people_{transport_, http::parse_url("https://example.org").value()};
};

TEST_F(PeopleTest, ReadsRealShareesOfEachRelease) {
    for (const char* release : {"28.0.2", "32.0.2", "34.0.1"}) {
        const auto found = parse_sharee_people(sample(std::string(release) + "/sharees"));
        ASSERT_TRUE(found) << release;
        EXPECT_THAT(found->exact, ElementsAre(Person{"bob", "Bob", "bob@example.org"})) << release;
        EXPECT_TRUE(found->suggested.empty()) << release;
    }
}

TEST_F(PeopleTest, ReadsRealUsers) {
    for (const char* release : {"32.0.2", "34.0.1"})
        EXPECT_THAT(parse_user_details(sample(std::string(release) + "/users-details")).value(),
                    ElementsAre(Person{"bob", "Bob", "bob@example.org"}))
            << release;
}

TEST_F(PeopleTest, RealRefusalsAreUnderstood) {
    transport_.answer(403, sample("34.0.1/group-created")).answer(400, sample("32.0.2/group-exists"));
    transport_.answer(403, sample("34.0.1/users-details-refused"));
    EXPECT_EQ(people_.create_group("neuf", {}).error().code, codes::share_password_confirmation);
    EXPECT_TRUE(people_.create_group("neuf", {}));
    EXPECT_FALSE(people_.users("bob", {}).value());
}

TEST_F(PeopleTest, SendsNoAddressToThePublicDirectory) {
    transport_.answer(200, sample("34.0.1/sharees"));
    ASSERT_TRUE(people_.sharees("bob+a@example.org", {}));
    EXPECT_THAT(transport_.sent().at(0), HasSubstr("&lookup=false&"));
    EXPECT_THAT(transport_.sent().at(0), HasSubstr("&search=bob%2Ba%40example.org"));
}

TEST_F(PeopleTest, ReadsGroups) {
    transport_.answer(200, R"({"ocs":{"data":{"exact":{"groups":[{"label":"Équipe","value":{"shareWith":"equipe"}}]},
        "groups":[{"label":"Équipe 2","value":{"shareWith":"equipe2"}},{"value":{}},7]}}})");
    const auto found = people_.sharee_groups("equipe", {});
    ASSERT_TRUE(found);
    EXPECT_THAT(found->exact, ElementsAre(Group{"equipe", "Équipe"}));
    EXPECT_THAT(found->suggested, ElementsAre(Group{"equipe2", "Équipe 2"}));
}

TEST_F(PeopleTest, ReadsUsersAsAnAdministratorSeesThem) {
    transport_.answer(200, R"({"ocs":{"data":{"users":{"bob":{"id":"bob","displayname":"Bob","email":"B@x.org"},
        "7":{"id":"7","email":null}}}}})");
    transport_.answer(200, R"({"ocs":{"data":{"users":[]}}})").answer(403, "{}").answer(200, R"({"ocs":{"data":{}}})");
    const auto found = people_.users("bob", {}).value();
    ASSERT_TRUE(found);
    EXPECT_THAT(*found, testing::UnorderedElementsAre(Person{"bob", "Bob", "B@x.org"}, Person{"7", "", ""}));
    EXPECT_TRUE(people_.users("bob", {}).value()->empty());
    EXPECT_FALSE(people_.users("bob", {}).value()) << "administrates nobody";
    EXPECT_EQ(people_.users("bob", {}).error().code, codes::server_bad_answer);
}

TEST_F(PeopleTest, TakesAGroupThatExistsForMade) {
    transport_.answer(200, "{}").answer(400, R"({"ocs":{"meta":{"statuscode":102,"message":"group exists"}}})");
    transport_.answer(400, R"({"ocs":{"meta":{"statuscode":101,"message":"Invalid group name"}}})");
    transport_.answer(403, R"({"ocs":{"meta":{"statuscode":403,"message":"Password confirmation is required"}}})");
    EXPECT_TRUE(people_.create_group("Équipe", {}));
    EXPECT_TRUE(people_.create_group("Équipe", {}));
    EXPECT_EQ(people_.create_group("", {}).error().code, codes::share_refused);
    EXPECT_EQ(people_.add_to_group("a", "b/c", {}).error().code, codes::share_password_confirmation);
    EXPECT_THAT(transport_.sent().back(), HasSubstr("POST /ocs/v2.php/cloud/users/b%2Fc/groups?"));
}

TEST_F(PeopleTest, ComparesAddressesWithoutCase) {
    EXPECT_TRUE(same_address("Bob@Example.org", "bob@example.ORG"));
    EXPECT_FALSE(same_address("bob@example.org", "bob@example.or"));
}

} // namespace
} // namespace passerelle::ocs
