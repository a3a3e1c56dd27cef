// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/share_wire.hpp"

#include "core/reason_codes.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <iterator>

namespace passerelle::ocs {
namespace {

using std::chrono::year_month_day;
using testing::HasSubstr;
using testing::Not;

std::string sample(const std::string& name) {
    std::ifstream in(std::string(PASSERELLE_SAMPLES) + "/" + name + ".json");
    return {std::istreambuf_iterator<char>(in), {}};
}

constexpr year_month_day kDay{std::chrono::year(2030), std::chrono::month(1), std::chrono::day(2)};

std::string with(const std::string& members) {
    return R"({"ocs":{"meta":{"statuscode":200},"data":{"id":"7","permissions":1,)" + members + "}}}";
}

TEST(ShareWire, ReadsARealShareOfEachRelease) {
    for (const char* release : {"28.0.2", "32.0.2", "34.0.1"}) {
        const auto share = parse_share(sample(std::string(release) + "/share-created"));
        ASSERT_TRUE(share) << release;
        EXPECT_EQ(share->id, "1");
        EXPECT_EQ(share->type, ShareType::user);
        EXPECT_EQ(share->share_with, "bob");
        EXPECT_EQ(share->display_name, "Bob");
        EXPECT_EQ(share->permissions, 15u);
        EXPECT_EQ(share->path, "folder");
        EXPECT_TRUE(share->folder);
        EXPECT_EQ(share->owner, "alice");
        EXPECT_FALSE(share->expires);
        EXPECT_TRUE(share->download_allowed);
        EXPECT_EQ(parse_shares(sample(std::string(release) + "/share-list")).value().size(), 1u) << release;
    }
}

TEST(ShareWire, ReadsWhatLimitsARealShare) {
    for (const char* release : {"32.0.2", "34.0.1"}) {
        const auto share = parse_share(sample(std::string(release) + "/share-limited")).value();
        EXPECT_EQ(share.expires, std::chrono::year(2035) / 6 / 30) << release;
        EXPECT_EQ(share.note, "Bonjour");
        EXPECT_FALSE(share.download_allowed);
        const auto link = parse_share(sample(std::string(release) + "/share-link")).value();
        EXPECT_EQ(link.type, ShareType::link);
        EXPECT_EQ(link.share_with, "");
        EXPECT_EQ(link.permissions, 17u) << "1 was asked for";
        EXPECT_EQ(link.url, "https://cloud.example.org/s/TOKEN");
        const auto mail = parse_share(sample(std::string(release) + "/share-mail")).value();
        EXPECT_EQ(mail.type, ShareType::email);
        EXPECT_EQ(mail.share_with, "dehors@example.net");
    }
}

TEST(ShareWire, ReadsDatesOfEveryRelease) {
    EXPECT_EQ(parse_share(with(R"("expiration":"2030-01-02 23:59:59")")).value().expires, kDay);
    EXPECT_EQ(parse_share(with(R"("expiration":"2030-01-02 00:00:00")")).value().expires, kDay);
    for (const char* odd :
         {"null", "\"\"", "\"soon\"", "\"2030-13-01\"", "\"2030-02-31 00:00\"", "\"20x0-01-02\"", "5"})
        EXPECT_FALSE(parse_share(with(std::string("\"expiration\":") + odd)).value().expires) << odd;
}

TEST(ShareWire, ReadsTheDownloadAttributeThatIsJsonWithinAString) {
    const auto allowed = [](const std::string& attributes) {
        return parse_share(with("\"attributes\":" + attributes)).value().download_allowed;
    };
    EXPECT_FALSE(allowed(R"("[{\"scope\":\"permissions\",\"key\":\"download\",\"value\":false}]")"));
    EXPECT_FALSE(allowed(R"("[{\"scope\":\"permissions\",\"key\":\"download\",\"enabled\":false}]")"));
    EXPECT_TRUE(allowed(R"("[{\"scope\":\"permissions\",\"key\":\"download\",\"value\":true}]")"));
    EXPECT_TRUE(allowed(R"("[{\"scope\":\"permissions\",\"key\":\"download\",\"value\":null}]")"));
    EXPECT_TRUE(allowed(R"("[{\"scope\":\"other\",\"key\":\"download\",\"value\":false}]")"));
    for (const char* odd : {"null", "\"{\"", "\"[7]\"", "[]", "3"})
        EXPECT_TRUE(allowed(odd)) << odd;
}

TEST(ShareWire, DoubtsWhatItReads) {
    for (const char* odd :
         {"", "<html>", "[]", R"({"ocs":{"data":[]}})", R"({"ocs":{"data":{"id":"1"}}})",
          R"({"ocs":{"data":{"id":"","permissions":1}}})", R"({"ocs":{"data":{"id":"1","permissions":-1}}})",
          R"({"ocs":{"data":{"id":"1","permissions":4294967297}}})", R"({"ocs":{"data":{"id":[],"permissions":"1"}}})"})
        EXPECT_EQ(parse_share(odd).error().code, codes::server_bad_answer) << odd;
    for (const char* odd : {"", R"({"ocs":{"data":{}}})", R"({"ocs":{"data":[7]}})"})
        EXPECT_EQ(parse_shares(odd).error().code, codes::server_bad_answer) << odd;
    EXPECT_EQ(parse_share(with(R"("share_type":10)")).value().type, ShareType::other);
    EXPECT_TRUE(parse_shares(R"({"ocs":{"data":[]}})").value().empty());
}

TEST(ShareWire, WritesAFormThatMailsNobody) {
    NewShare share{.path = "Été & co", .share_with = "bob", .permissions = 15};
    EXPECT_EQ(form_of(share, "value"), "path=%2F%C3%89t%C3%A9%20%26%20co&shareType=0&shareWith=bob&permissions=15&"
                                       "expireDate=&sendMail=false");
    share.expires = kDay;
    share.note = "à lire";
    share.notify = true;
    share.download_allowed = false;
    EXPECT_THAT(form_of(share, "value"), HasSubstr("&expireDate=2030-01-02&note=%C3%A0%20lire&attributes="));
    EXPECT_THAT(form_of(share, "value"), HasSubstr("%22download%22%2C%22value%22%3Afalse"));
    EXPECT_THAT(form_of(share, "enabled"), HasSubstr("%22download%22%2C%22enabled%22%3Afalse"));
    EXPECT_THAT(form_of(share, "value"), HasSubstr("&sendMail=true"));
    EXPECT_THAT(form_of(NewShare{.path = "a", .type = ShareType::link}, "value"), Not(HasSubstr("shareWith")));
}

TEST(ShareWire, ChangesOnlyWhatIsGiven) {
    EXPECT_EQ(form_of(ShareChange{}, "value"), "");
    EXPECT_EQ(form_of(ShareChange{.permissions = 1}, "value"), "permissions=1");
    EXPECT_EQ(form_of(ShareChange{.never_expires = true, .note = ""}, "value"), "expireDate=&note=");
    EXPECT_EQ(form_of(ShareChange{.expires = kDay}, "value"), "expireDate=2030-01-02");
    EXPECT_THAT(form_of(ShareChange{.download_allowed = true}, "value"), HasSubstr("%22value%22%3Atrue"));
}

TEST(ShareWire, ComparesPermissionsWithoutWhatTheServerAddsOrDrops) {
    EXPECT_EQ(comparable_permissions(ShareType::link, true, 17), 1u);
    EXPECT_EQ(comparable_permissions(ShareType::email, true, 17), 1u);
    EXPECT_EQ(comparable_permissions(ShareType::user, true, 31), 31u);
    EXPECT_EQ(comparable_permissions(ShareType::user, false, 31), 19u);
}

} // namespace
} // namespace passerelle::ocs
