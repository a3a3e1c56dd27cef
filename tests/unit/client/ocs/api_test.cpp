// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/api.hpp"

#include "core/reason_codes.hpp"
#include "tests/unit/client/scripted_transport.hpp"

#include <gmock/gmock.h>

namespace passerelle::ocs {
namespace {

using testing::ElementsAre;

class ApiTest : public testing::Test {
  protected:
    fakes::ScriptedTransport transport_;
    Api api_{transport_, http::parse_url("https://example.org/nc").value()};
};

TEST_F(ApiTest, AsksUnderTheServersRoot) {
    transport_.answer(200, R"({"installed":true,"maintenance":false})");
    transport_.answer(200, R"({"ocs":{"data":{"version":{"major":34},"capabilities":{}}}})");
    transport_.answer(200, R"({"ocs":{"data":{"id":"alice"}}})");
    transport_.answer(200, R"({"ocs":{"data":[]}})");
    EXPECT_TRUE(api_.status({}));
    EXPECT_EQ(api_.capabilities({}).value().major, 34);
    EXPECT_EQ(api_.user({}).value().id, "alice");
    EXPECT_TRUE(api_.revoke_app_password({}));
    EXPECT_THAT(transport_.sent(),
                ElementsAre("GET /nc/status.php", "GET /nc/ocs/v2.php/cloud/capabilities?format=json",
                            "GET /nc/ocs/v2.php/cloud/user?format=json",
                            "DELETE /nc/ocs/v2.php/core/apppassword?format=json"));
    EXPECT_EQ(transport_.requests().at(1).headers.find("OCS-APIRequest"), "true");
}

TEST_F(ApiTest, TellsAnotherServerFromANextcloud) {
    transport_.answer(404, "<html>not found</html>");
    transport_.answer(200, "<html>welcome</html>");
    transport_.answer(200, R"({"installed":false,"maintenance":false})");
    for (int i = 0; i < 3; ++i) {
        const auto status = api_.status({});
        EXPECT_EQ(status.error().code, codes::server_not_nextcloud) << i;
        EXPECT_EQ(status.error().kind, ErrorKind::job);
        EXPECT_EQ(status.error().parameters.at(0).second, "https://example.org/nc");
    }
}

TEST_F(ApiTest, DoesNotTakeTroubleForAnotherServer) {
    transport_.answer(502).answer(301, "", {{"Location", "https://example.org/cloud/"}});
    transport_.fail(ErrorKind::retryable, codes::server_unreachable);
    EXPECT_EQ(api_.status({}).error().code, codes::server_overloaded);
    EXPECT_EQ(api_.status({}).error().code, codes::server_redirected);
    EXPECT_EQ(api_.status({}).error().code, codes::server_unreachable);
}

TEST_F(ApiTest, PassesARefusalOn) {
    transport_.answer(401).answer(403).answer(500);
    EXPECT_EQ(api_.user({}).error().code, codes::server_unauthorized);
    EXPECT_EQ(api_.revoke_app_password({}).error().code, codes::server_refused);
    EXPECT_EQ(api_.capabilities({}).error().code, codes::server_internal_error);
}

} // namespace
} // namespace passerelle::ocs
