// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/shares.hpp"

#include "core/reason_codes.hpp"
#include "tests/unit/client/scripted_transport.hpp"

#include <gmock/gmock.h>

namespace passerelle::ocs {
namespace {

using testing::ElementsAre;

constexpr const char* kShare =
    R"({"ocs":{"data":{"id":"9","share_type":0,"share_with":"bob","permissions":1,"path":"\/a","item_type":"folder"}}})";
constexpr const char* kNoShares = R"({"ocs":{"data":[]}})";

std::string refused(int statuscode, const std::string& message) {
    return R"({"ocs":{"meta":{"status":"failure","statuscode":)" + std::to_string(statuscode) + R"(,"message":")" +
           message + R"("},"data":[]}})";
}

class SharesTest : public testing::Test {
  protected:
    std::string code_of_create(int status, const std::string& body,
                               NewShare share = {.path = "a", .share_with = "bob"}) {
        transport_.answer(status, body);
        const auto made = shares_.create(share, {});
        return made ? "made" : made.error().code;
    }

    fakes::ScriptedTransport transport_;
    Shares shares_{transport_, http::parse_url("https://example.org/nc").value(), "value"};
};

TEST_F(SharesTest, AsksUnderTheServersRootInEnglish) {
    transport_.answer(200, kNoShares).answer(200, kNoShares).answer(200, kShare).answer(200, kShare).answer(200, "{}");
    EXPECT_TRUE(shares_.at("à/b", {}));
    EXPECT_TRUE(shares_.own({}));
    EXPECT_EQ(shares_.create({.path = "a", .share_with = "bob"}, {}).value().id, "9");
    EXPECT_TRUE(shares_.change("9", {.permissions = 3}, {}));
    EXPECT_TRUE(shares_.remove("9", {}));
    const std::string all = " /nc/ocs/v2.php/apps/files_sharing/api/v1/shares";
    const std::string english = "?format=json&forceLanguage=en";
    EXPECT_THAT(transport_.sent(),
                ElementsAre("GET" + all + english + "&reshares=true&path=%2F%C3%A0%2Fb", "GET" + all + english,
                            "POST" + all + english, "PUT" + all + "/9" + english, "DELETE" + all + "/9" + english));
    EXPECT_EQ(transport_.requests().at(0).headers.find("OCS-APIRequest"), "true");
    EXPECT_FALSE(transport_.requests().at(0).hand_back_rate_limit);
    EXPECT_TRUE(transport_.requests().at(2).hand_back_rate_limit);
}

TEST_F(SharesTest, TellsRefusalsApartThatHaveOneStatus) {
    EXPECT_EQ(code_of_create(404, refused(404, "Wrong path, file\\/folder does not exist")), codes::share_path_missing);
    for (const char* whom : {"account to share with", "user", "group"})
        EXPECT_EQ(code_of_create(404, refused(404, std::string("Please specify a valid ") + whom)),
                  codes::share_unknown_account);
    EXPECT_EQ(code_of_create(404, refused(404, "You are not allowed to share a")), codes::share_refused);
    EXPECT_EQ(code_of_create(403, refused(403, "Cannot share with yourself")), codes::share_refused);
    EXPECT_EQ(code_of_create(403, refused(403, "Password confirmation is required")),
              codes::share_password_confirmation);
    EXPECT_EQ(code_of_create(404, "<html>"), codes::server_refused);
    EXPECT_EQ(code_of_create(200, "<html>"), codes::server_bad_answer);
    EXPECT_EQ(code_of_create(503, ""), codes::server_overloaded);
}

TEST_F(SharesTest, TellsTheLimitOfSharesFromTheBrakeOnBadLogins) {
    EXPECT_EQ(code_of_create(429, ""), codes::share_rate_limited);
    EXPECT_EQ(code_of_create(429, refused(429, "Reached maximum delay")), codes::server_overloaded);
}

TEST_F(SharesTest, KnowsWhatIsGone) {
    const std::string gone = refused(404, "Wrong share ID, share does not exist");
    transport_.answer(404, gone).answer(404, gone).answer(404, refused(404, "Could not delete share"));
    EXPECT_EQ(shares_.change("9", {.permissions = 1}, {}).error().code, codes::share_missing);
    EXPECT_TRUE(shares_.remove("9", {}));
    EXPECT_EQ(shares_.remove("9", {}).error().code, codes::share_refused);
}

TEST_F(SharesTest, KnowsThatAPathIsMissing) {
    transport_.answer(404, refused(404, "Wrong path, file\\/folder does not exist"));
    EXPECT_EQ(shares_.at("a", {}).error().code, codes::share_path_missing);
}

TEST_F(SharesTest, LooksForALinkThatAnEarlierTryMayHaveMade) {
    const std::string old = R"({"id":"1","share_type":3,"share_with":null,"permissions":1})";
    const std::string one = R"({"id":"2","share_type":3,"share_with":null,"permissions":17,"url":"https:\/\/x\/s\/t"})";
    const auto list = [](const std::string& shares) { return R"({"ocs":{"data":[)" + shares + "]}}"; };
    transport_.answer(200, list(old)).answer(200, kShare);
    ASSERT_TRUE(shares_.create({.path = "a", .type = ShareType::link}, {}));
    const auto arrived = transport_.requests().at(1).arrived;
    ASSERT_TRUE(arrived);
    transport_.answer(200, list(old));
    EXPECT_FALSE(arrived({}).value()) << "the old one is another link";
    transport_.answer(200, list(old + "," + one));
    const auto answer = arrived({}).value();
    ASSERT_TRUE(answer);
    EXPECT_EQ(parse_share(answer->body).value().url, "https://x/s/t");
}

TEST_F(SharesTest, MayAskTwiceForAnAccount) {
    transport_.answer(200, kShare);
    ASSERT_TRUE(shares_.create({.path = "a", .share_with = "bob"}, {}));
    EXPECT_FALSE(transport_.requests().at(0).arrived);
}

} // namespace
} // namespace passerelle::ocs
