// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/nextcloud/sharing_client.hpp"

#include "core/reason_codes.hpp"
#include "tests/unit/client/scripted_transport.hpp"

#include <gmock/gmock.h>

namespace passerelle::nextcloud {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;

std::string sharees(const std::string& exact, const std::string& others = "") {
    return R"({"ocs":{"data":{"exact":{"users":[)" + exact + R"(]},"users":[)" + others + "]}}}";
}

std::string sharee(const std::string& id, const std::string& name, const std::string& unique) {
    return R"({"label":")" + name + R"(","value":{"shareType":0,"shareWith":")" + id +
           R"("},"shareWithDisplayNameUnique":")" + unique + R"("})";
}

class SharingClientTest : public testing::Test {
  protected:
    fakes::ScriptedTransport transport_;
    SharingClient sharing_{transport_,
                           http::parse_url("https://example.org").value(),
                           {"alice", "Alice", "alice@example.org"},
                           ServerProfile(),
                           Secret()};
};

TEST_F(SharingClientTest, TheAddressDecidesWhoIsExact) {
    transport_.answer(200, sharees(sharee("bob", "Bob", "BOB@example.org") + "," +
                                       sharee("named", "bob@example.org", "named") + "," +
                                       sharee("moved", "Moved", "elsewhere@example.org"),
                                   sharee("bobby", "Bobby", "bobby@example.org")));
    transport_.answer(403);
    const auto found = sharing_.find_people("bob@example.org", {}).value();
    EXPECT_THAT(found.exact, ElementsAre(Person{"bob", "Bob", "BOB@example.org"}));
    EXPECT_THAT(found.suggested, ElementsAre(testing::Field(&Person::id, "named"), testing::Field(&Person::id, "moved"),
                                             testing::Field(&Person::id, "bobby")));
}

TEST_F(SharingClientTest, AnAdministratorsListAndTheShareesAreOneList) {
    transport_.answer(200, sharees(sharee("bob", "Bob", "bob")));
    transport_.answer(200, R"({"ocs":{"data":{"users":{
        "bob":{"id":"bob","displayname":"Bob","email":"bob@example.org"},
        "twin":{"id":"twin","displayname":"Twin","email":"Bob@example.org"},
        "other":{"id":"other","displayname":"Other","email":"bob@example.org.uk"}}}}})");
    const auto found = sharing_.find_people("bob@example.org", {}).value();
    EXPECT_THAT(found.exact,
                testing::UnorderedElementsAre(testing::Field(&Person::id, "bob"), testing::Field(&Person::id, "twin")));
    EXPECT_THAT(found.suggested, ElementsAre(testing::Field(&Person::id, "other")));
}

TEST_F(SharingClientTest, WithoutTheAppThereAreNoTeamsToBeIn) {
    transport_.answer(404).answer(404);
    EXPECT_EQ(sharing_.own_teams({}).value(), std::nullopt);
    EXPECT_TRUE(sharing_.find_teams("Bureau", {}).value().exact.empty());
}

TEST_F(SharingClientTest, FindsWhoAsks) {
    transport_.answer(200, sharees("")).answer(403);
    EXPECT_THAT(sharing_.find_people("Alice@example.org", {}).value().exact,
                ElementsAre(Person{"alice", "Alice", "alice@example.org"}));
}

TEST_F(SharingClientTest, AsksForTheAdministratorsListOnceInVain) {
    transport_.answer(200, sharees("")).answer(403).answer(200, sharees(""));
    EXPECT_TRUE(sharing_.find_people("a@example.org", {}));
    EXPECT_TRUE(sharing_.find_people("b@example.org", {}));
    EXPECT_EQ(transport_.sent().size(), 3u);
}

TEST_F(SharingClientTest, NeverSendsAnAddressAsAnAccount) {
    transport_.answer(200, sharees(sharee("bob", "Bob", "bob@example.org")));
    const NewShare share{.path = "a", .share_with = "bob@example.org"};
    EXPECT_EQ(sharing_.create(share, {}).error().code, codes::share_unknown_account);
    EXPECT_EQ(transport_.sent().size(), 1u) << "the question alone";

    transport_.answer(200, sharees(sharee("bob@example.org", "Bob", "bob@example.org")));
    transport_.answer(200, R"({"ocs":{"data":{"id":"1","permissions":1}}})");
    EXPECT_TRUE(sharing_.create(share, {})) << "an id may hold an @";
}

TEST_F(SharingClientTest, SaysHowLongTheLimitLasts) {
    transport_.answer(429);
    const auto refused = sharing_.create({.path = "a", .share_with = "bob"}, {});
    EXPECT_EQ(refused.error().code, codes::share_rate_limited);
    EXPECT_EQ(refused.error().kind, ErrorKind::retryable);
    EXPECT_EQ(refused.error().retry_after, minutes(10));
}

/// With the companion app, whose batches are answered first.
class WithTheCompanion : public testing::Test {
  protected:
    static ServerProfile profile() {
        ServerProfile profile;
        profile.sharing = SharingBatches{.max_shares = 100, .max_addresses = 200};
        return profile;
    }
    static std::string data(const std::string& json) { return R"({"ocs":{"meta":{},"data":)" + json + "}}"; }
    static std::string share(const std::string& id) { return R"({"id":")" + id + R"(","permissions":1})"; }
    std::vector<std::string> told(const std::vector<NewShare>& wanted) {
        const auto made = sharing_.create_all(wanted, {});
        if (!made) return {made.error().code};
        std::vector<std::string> told;
        for (const auto& one : *made)
            told.push_back(one ? one->id : one.error().code);
        return told;
    }

    const std::vector<NewShare> wanted_{
        {.path = "a", .share_with = "bob"}, {.path = "b", .share_with = "bob"}, {.path = "c", .share_with = "bob"}};
    fakes::ScriptedTransport transport_;
    SharingClient sharing_{transport_,
                           http::parse_url("https://example.org").value(),
                           {"alice", "Alice", "alice@example.org"},
                           profile(),
                           Secret("the secret")};
};

TEST_F(WithTheCompanion, WhatLiesOutsideTheDestinationIsSharedTheOrdinaryWay) {
    transport_.answer(200, data(R"({"shares":[{"status":"made","share":)" + share("1") +
                                R"(},{"status":"refused","code":403,"error":"outside","message":""},)" +
                                R"({"status":"refused","code":403,"message":"Cannot share with yourself"}]})"));
    transport_.answer(200, data(share("2")));
    EXPECT_THAT(told(wanted_), ElementsAre("1", "2", codes::share_refused));
    EXPECT_EQ(transport_.sent().size(), 2u);
}

TEST_F(WithTheCompanion, WhereTheAppRefusesAllTheServersOwnInterfaceIsAsked) {
    const std::string refused = data(R"({"error":"not_allowed","message":""})");
    transport_.answer(403, refused).answer(200, data(share("1"))).answer(429);
    EXPECT_THAT(told(wanted_), ElementsAre("1", codes::share_rate_limited, codes::share_rate_limited));
    EXPECT_EQ(transport_.sent().size(), 3u) << "what is limited is not asked for again";

    transport_.answer(403, refused).answer(200, sharees(sharee("bob", "Bob", "bob@example.org"))).answer(403);
    const std::vector<std::string> emails{"bob@example.org"};
    const auto found = sharing_.find_all_people(emails, {}).value();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_THAT(found[0].exact, ElementsAre(testing::Field(&Person::id, "bob")));
}

TEST(CreationLimit, ReckonsFromTheOldestOfTwentyAttempts) {
    CreationLimit::Clock::time_point now{};
    CreationLimit limit([&] { return now; });
    for (int i = 0; i < 19; ++i)
        limit.count();
    EXPECT_EQ(limit.left(), minutes(10)) << "others used the rest";
    now += minutes(4);
    limit.count();
    EXPECT_EQ(limit.left(), minutes(6) + seconds(1));
    now += minutes(6) + seconds(2);
    EXPECT_EQ(limit.left(), seconds(1));
    limit.count();
    EXPECT_LT(limit.left(), minutes(10));
}

} // namespace
} // namespace passerelle::nextcloud
