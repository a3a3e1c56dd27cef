// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/errors.hpp"
#include "tests/unit/client/dav/scripted_transport.hpp"

#include <gmock/gmock.h>

namespace passerelle::dav {
namespace {

using ::testing::HasSubstr;

Error refused_with(int status, std::string body = {}) {
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    return refusal(response);
}

} // namespace

TEST(Refusal, EachStatusHasItsMeaning) {
    struct Case {
        int status;
        ErrorKind kind;
        std::string_view code;
    };
    for (const Case& one :
         {Case{401, ErrorKind::job, codes::server_unauthorized}, Case{403, ErrorKind::item, codes::target_forbidden},
          Case{404, ErrorKind::item, codes::target_parent_missing},
          Case{409, ErrorKind::item, codes::target_parent_missing},
          Case{412, ErrorKind::conflict, codes::target_exists}, Case{423, ErrorKind::retryable, codes::server_locked},
          Case{503, ErrorKind::retryable, codes::server_overloaded},
          Case{507, ErrorKind::job, codes::server_quota_exceeded}}) {
        const Error error = refused_with(one.status);
        EXPECT_EQ(error.kind, one.kind) << one.status;
        EXPECT_EQ(error.code, one.code) << one.status;
    }
}

TEST(Refusal, ABadNameIsToldInTheServersWords) {
    const Error error =
        refused_with(400, error_body("OCA\\DAV\\Connector\\Sabre\\Exception\\InvalidPath", "reserved word"));
    EXPECT_EQ(error.code, codes::target_name_refused);
    EXPECT_EQ(error.kind, ErrorKind::item);
    EXPECT_EQ(error.message, "HTTP 400, InvalidPath: reserved word");
}

TEST(Refusal, AnotherBadRequestIsNotBlamedOnTheName) {
    const Error error = refused_with(400, error_body("Sabre\\DAV\\Exception\\BadRequest", "Expected filesize of 5"));
    EXPECT_EQ(error.code, codes::server_refused);
    EXPECT_THAT(error.message, HasSubstr("Expected filesize"));
}

} // namespace passerelle::dav
