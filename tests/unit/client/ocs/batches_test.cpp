// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/batches.hpp"

#include "core/reason_codes.hpp"
#include "tests/unit/client/scripted_transport.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace passerelle::ocs {
namespace {

using testing::ElementsAre;
using Json = nlohmann::json;

constexpr const char* kShare =
    R"({"id":"7","share_type":0,"share_with":"bob","permissions":15,"path":"/Bureau","item_type":"folder"})";

std::string data(const std::string& json) {
    return R"({"ocs":{"meta":{"status":"ok"},"data":)" + json + "}}";
}

class BatchesTest : public testing::Test {
  protected:
    Json sent() {
        const auto& request = transport_.requests().back();
        std::string bytes(request.body->size(), ' ');
        auto reader = request.body->open();
        EXPECT_TRUE(reader && (*reader)->read(std::as_writable_bytes(std::span(bytes))));
        return Json::parse(bytes);
    }
    std::string code_of_shares(int status, const std::string& body) {
        transport_.answer(status, body);
        const auto made = batches_.shares({&wanted_, 1}, {});
        return made ? "made" : made.error().code;
    }

    const NewShare wanted_{.path = "Bureau", .share_with = "bob", .permissions = 15};
    fakes::ScriptedTransport transport_;
    Batches batches_{transport_, http::parse_url("https://example.org/nc").value(), Secret("the secret")};
};

TEST_F(BatchesTest, AsksForManySharesAtOnce) {
    const std::vector<NewShare> wanted{
        wanted_,
        {.path = "Été",
         .type = ShareType::team,
         .share_with = "abc",
         .permissions = 1,
         .expires = std::chrono::year_month_day(std::chrono::year(2030), std::chrono::month(1), std::chrono::day(2)),
         .note = "à lire",
         .download_allowed = false}};
    transport_.answer(200, data(std::string(R"({"shares":[{"status":"made","share":)") + kShare +
                                R"(},{"status":"refused","code":404,"message":"Please specify a valid team"}]})"));
    const auto outcomes = batches_.shares(wanted, {}).value();
    ASSERT_EQ(outcomes.size(), 2u);
    ASSERT_TRUE(outcomes[0] && outcomes[1]);
    EXPECT_EQ((*outcomes[0])->id, "7");
    EXPECT_EQ((*outcomes[0])->path, "Bureau");
    EXPECT_EQ(outcomes[1]->error().code, codes::share_unknown_account);
    EXPECT_THAT(transport_.sent(), ElementsAre("POST /nc/ocs/v2.php/apps/passerelle/api/v1/shares"
                                               "?format=json&forceLanguage=en"));
    EXPECT_EQ(transport_.requests().back().headers.find("OCS-APIRequest"), "true");
    EXPECT_EQ(transport_.requests().back().headers.find("Content-Type"), "application/json");
    EXPECT_EQ(transport_.requests().back().headers.find("X-Passerelle-Pairing"), "the secret");
    EXPECT_EQ(sent(), Json::parse(R"({"notify":false,"shares":[
        {"path":"/Bureau","type":0,"share_with":"bob","permissions":15,"download":true,"note":""},
        {"path":"/Été","type":7,"share_with":"abc","permissions":1,"download":false,"note":"à lire",
         "expires":"2030-01-02"}]})"));
}

TEST_F(BatchesTest, TellsRefusalsApart) {
    const auto code_of = [&](const std::string& code, const std::string& message) {
        transport_.answer(
            200, data(R"({"shares":[{"status":"refused","code":)" + code + R"(,"message":")" + message + R"("}]})"));
        return batches_.shares({&wanted_, 1}, {}).value().front()->error().code;
    };
    EXPECT_EQ(code_of("404", "Wrong path, file/folder does not exist"), codes::share_path_missing);
    EXPECT_EQ(code_of("404", "Please specify a valid account to share with"), codes::share_unknown_account);
    EXPECT_EQ(code_of("403", "Cannot share with yourself"), codes::share_refused);
    EXPECT_EQ(code_of("99999999999999999999", ""), codes::share_refused);
    EXPECT_EQ(code_of("null", "Wrong path"), codes::share_refused);
}

TEST_F(BatchesTest, DoubtsWhatIsAnswered) {
    for (const std::string& body :
         {std::string(), std::string("nonsense"), data("[]"), data(R"({"shares":[]})"), data(R"({"shares":"one"})"),
          data(std::string(R"({"shares":[{"status":"made","share":)") + kShare + R"(},{"status":"made"}]})")})
        EXPECT_EQ(code_of_shares(200, body), codes::server_bad_answer) << body;
    EXPECT_EQ(code_of_shares(401, ""), codes::server_unauthorized);
    EXPECT_EQ(code_of_shares(500, ""), codes::server_internal_error);
    transport_.answer(200, data(R"({"shares":[{"status":"made","share":{}}]})"));
    EXPECT_EQ(batches_.shares({&wanted_, 1}, {}).value().front()->error().code, codes::server_bad_answer);
}

TEST_F(BatchesTest, NothingIsNoRequest) {
    EXPECT_TRUE(batches_.shares({}, {}).value().empty());
    EXPECT_TRUE(batches_.people({}, {}).value()->empty());
    EXPECT_TRUE(transport_.sent().empty());
}

TEST_F(BatchesTest, LeavesToTheServersOwnInterfaceWhatTheAppRefuses) {
    const std::vector<NewShare> wanted{wanted_, wanted_};
    transport_.answer(
        200, data(std::string(R"({"shares":[{"status":"refused","code":403,"error":"outside","message":"no"},)") +
                  R"({"status":"made","share":)" + kShare + "}]}"));
    const auto outcomes = batches_.shares(wanted, {}).value();
    EXPECT_FALSE(outcomes[0]) << "it lies outside the destination";
    EXPECT_TRUE(outcomes[1] && *outcomes[1]);
    const std::string refused = data(R"({"error":"not_allowed","message":"paired anew"})");
    transport_.answer(403, refused).answer(403, refused).answer(403, refused).answer(403, "");
    const auto left = batches_.shares(wanted, {}).value();
    ASSERT_EQ(left.size(), 2u);
    EXPECT_FALSE(left[0] || left[1]);
    EXPECT_FALSE(batches_.people(std::vector<std::string>{"a@b.org"}, {}).value());
    EXPECT_EQ(batches_.group("Bureau", {}, {}).error().code, codes::share_password_confirmation);
    EXPECT_FALSE(batches_.shares(wanted, {})) << "some other door";
}

TEST_F(BatchesTest, WithoutASecretNoneIsShown) {
    transport_.answer(200, data(R"({"people":[{"exact":[],"suggested":[]}]})"));
    const Batches unpaired(transport_, http::parse_url("https://example.org").value(), Secret());
    EXPECT_TRUE(unpaired.people(std::vector<std::string>{"a@b.org"}, {}));
    EXPECT_FALSE(transport_.requests().back().headers.find("X-Passerelle-Pairing"));
}

TEST_F(BatchesTest, FindsPeopleByTheirAddresses) {
    transport_.answer(200, data(R"({"people":[
        {"address":"a@b.org","exact":[{"id":"anna","display_name":"Anna","email":"a@b.org"}],
         "suggested":[{"id":"","display_name":"nobody","email":""},{"id":"an","display_name":7}]},
        {"address":"c@d.org","exact":null}]})"));
    const std::vector<std::string> addresses{"a@b.org", "c@d.org"};
    const auto found = batches_.people(addresses, {}).value().value();
    ASSERT_EQ(found.size(), 2u);
    EXPECT_THAT(found[0].exact, ElementsAre(Person{"anna", "Anna", "a@b.org"}));
    EXPECT_THAT(found[0].suggested, ElementsAre(Person{"an", "", ""}));
    EXPECT_TRUE(found[1].exact.empty() && found[1].suggested.empty());
    EXPECT_EQ(sent(), Json::parse(R"({"addresses":["a@b.org","c@d.org"]})"));
}

TEST_F(BatchesTest, MakesGroupsWithTheSecretOfThePairing) {
    const auto group = [&](const std::string& answer) {
        transport_.answer(200, data(R"({"groups":[)" + answer + "]}"));
        const std::vector<std::string> members{"bob"};
        const auto made = batches_.group("Bureau", members, {});
        return made ? "made" : made.error().code;
    };
    EXPECT_EQ(group(R"({"id":"Bureau","status":"made","added":["bob"],"refused":[]})"), "made");
    EXPECT_EQ(transport_.requests().back().headers.find("X-Passerelle-Pairing"), "the secret");
    EXPECT_EQ(sent(), Json::parse(R"({"groups":[{"id":"Bureau","members":["bob"]}]})"));
    EXPECT_EQ(group(R"({"id":"Bureau","status":"exists","added":[],"refused":["bob"]})"), codes::share_unknown_account);
    EXPECT_EQ(group(R"({"id":"Bureau","status":"refused","message":"no"})"), codes::share_refused);
    EXPECT_FALSE(Batches(transport_, http::parse_url("https://example.org").value(), Secret()).makes_groups());
}

} // namespace
} // namespace passerelle::ocs
