// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/contract/contract.hpp"

namespace passerelle::contract {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

class OcsContract : public ContractTest {
  protected:
    http::Response ocs(const std::string& call) {
        return send("GET", root() + "/ocs/v2.php" + call + "?format=json", {{"OCS-APIRequest", "true"}});
    }
};
INSTANTIATE_TEST_SUITE_P(Nextcloud, OcsContract, ::testing::ValuesIn(targets()), ::testing::PrintToStringParamName());

TEST_P(OcsContract, StatusNamesTheVersionAndMaintenance) {
    const auto response = send("GET", root() + "/status.php");
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(response.body, HasSubstr(R"("installed":true,"maintenance":false)"));
    EXPECT_THAT(response.body, HasSubstr(R"("versionstring":")" + std::to_string(major()) + "."));
}

TEST_P(OcsContract, CapabilitiesTellTheRulesOfNamesFrom32On) {
    const auto response = ocs("/cloud/capabilities");
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(response.body, HasSubstr(R"("statuscode":200)"));
    EXPECT_THAT(response.body, HasSubstr(R"("version":{"major":)" + std::to_string(major()) + ","));
    EXPECT_THAT(response.body, HasSubstr(R"("bulkupload":"1.0")"));
    EXPECT_THAT(response.body, HasSubstr(R"("blacklisted_files":[".htaccess"])"));
    const auto rules = HasSubstr(R"("forbidden_filename_characters":["\\","\/"])");
    const auto chunks = HasSubstr(R"("chunked_upload":{"max_size":104857600,"max_parallel_count":5})");
    if (major() >= 32) {
        EXPECT_THAT(response.body, rules);
        EXPECT_THAT(response.body, chunks);
    } else {
        EXPECT_THAT(response.body, Not(rules));
        EXPECT_THAT(response.body, Not(chunks));
    }
}

TEST_P(OcsContract, TheUserHasAnIdAndAQuota) {
    put("a.txt", "hello");
    const auto response = ocs("/cloud/user");
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(response.body, HasSubstr(R"("id":")" + user() + "\""));
    EXPECT_THAT(response.body, HasSubstr(R"("quota":{"free":)"));
}

TEST_P(OcsContract, TheHeaderIsRequired) {
    const auto response = send("GET", root() + "/ocs/v2.php/cloud/user?format=json");
    EXPECT_EQ(response.status, 412);
    EXPECT_THAT(response.body, HasSubstr("CSRF check failed"));
}

TEST_P(OcsContract, ALoginFlowBeginsAndWaits) {
    const auto begun = send("POST", root() + "/index.php/login/v2");
    EXPECT_EQ(begun.status, 200);
    const std::string mark = R"({"poll":{"token":")";
    ASSERT_EQ(begun.body.substr(0, mark.size()), mark) << begun.body;
    const std::string token = begun.body.substr(mark.size(), begun.body.find('"', mark.size()) - mark.size());
    EXPECT_EQ(token.size(), 128u);
    EXPECT_THAT(begun.body, HasSubstr(R"(\/login\/v2\/poll"},"login":"http)"));
    const Fields form = {{"Content-Type", "application/x-www-form-urlencoded"}};
    const auto waiting = send("POST", root() + "/index.php/login/v2/poll", form, "token=" + token);
    EXPECT_EQ(waiting.status, 404);
    EXPECT_EQ(waiting.body, "[]");
}

} // namespace
} // namespace passerelle::contract
