// SPDX-License-Identifier: AGPL-3.0-or-later
// What a migration's app password opens at the companion app's endpoints, and how the client goes on where it does not,
// on the double. tests/Integration/JobRequestsTest.php of the app asks a real server the same.
#include "client/nextcloud/sharing.hpp"
#include "core/reason_codes.hpp"
#include "tests/contract/client_subject.hpp"

#include <algorithm>
#include <gmock/gmock.h>

namespace passerelle::contract {
namespace {

using nextcloud::NewShare;
using ::testing::ElementsAre;

constexpr const char* kSecret = "a secret of thirty-two bytes or more";
constexpr const char* kIngest = "POST /ocs/v2.php/apps/passerelle/api/v1/ingest";
constexpr const char* kShares = "POST /ocs/v2.php/apps/passerelle/api/v1/shares";

class CompanionJob : public ::testing::Test {
  protected:
    static fakes::DoubleOptions server() {
        fakes::DoubleOptions options;
        options.accounts = {{.user = "alice", .app_password = "a"}, {.user = "bob", .app_password = "b"}};
        options.companion = true;
        options.pairing_secret = kSecret;
        options.jobs = {{.app_password = "of the job", .destination = "Drive"}};
        return options;
    }
    std::unique_ptr<nextcloud::Nextcloud> client(const std::string& secret,
                                                 const std::string& password = "of the job") {
        nextcloud::Options options;
        options.pairing_secret = Secret(secret);
        return nextcloud::Nextcloud::connect({twin.url(), "alice", Secret(password)}, options, {}).value();
    }
    /// Whether the batch brought each of them.
    static std::vector<bool> brought(nextcloud::Nextcloud& client, const std::vector<std::string>& paths) {
        std::vector<nextcloud::FileUpload> files;
        for (const auto& path : paths)
            files.push_back(upload_of(path, "x"));
        std::vector<bool> told;
        const auto outcomes = client.put_bulk(files, {}).value();
        for (const auto& outcome : outcomes) {
            EXPECT_TRUE(outcome || outcome.error().code == codes::upload_not_in_batch) << outcome.error().code;
            told.push_back(outcome.has_value());
        }
        return told;
    }
    std::ptrdiff_t count(const std::string& verb) {
        return std::ranges::count_if(twin.verbs(), [&](const std::string& one) { return one.starts_with(verb); });
    }
    void expect_all_shared(nextcloud::Nextcloud& client, const std::vector<std::string>& paths) {
        std::vector<NewShare> wanted;
        for (const auto& path : paths)
            wanted.push_back({.path = path, .share_with = "bob", .permissions = 1});
        const auto outcomes = client.sharing().create_all(wanted, {}).value();
        for (const auto& made : outcomes)
            EXPECT_TRUE(made);
    }

    fakes::NextcloudDouble twin{server()};
};

} // namespace

TEST_F(CompanionJob, BringsFilesIntoItsDestinationAlone) {
    const auto job = client(kSecret);
    const std::vector<std::string> paths{"Drive/a", "Drive2/a", "Drive/b/c", "a", "Drive"};
    EXPECT_THAT(brought(*job, paths), ElementsAre(true, false, true, false, false));
    EXPECT_THAT(brought(*job, {"Drive/a", "a"}), ElementsAre(true, false)) << "again";
    EXPECT_FALSE(twin.bytes_of("Drive2/a"));
    EXPECT_TRUE(job->put(upload_of("a", "x"), {})) << "alone it arrives";
}

TEST_F(CompanionJob, WithoutTheSecretItsFilesGoOneByOne) {
    for (const std::string secret : {"", "of another pairing"}) {
        const auto job = client(secret);
        EXPECT_THAT(brought(*job, {"Drive/a", "Drive/b"}), ElementsAre(false, false));
    }
    EXPECT_EQ(count(std::string(kIngest) + " 403"), 2);
    EXPECT_FALSE(twin.bytes_of("Drive/a"));
}

TEST_F(CompanionJob, WhatItMayNotShareInABatchIsSharedAllTheSame) {
    for (const char* path : {"Drive/a/x", "Drive/b/x", "Ailleurs/x"})
        twin.put_file(path, "x");
    expect_all_shared(*client(kSecret), {"Drive/a", "Ailleurs"});
    EXPECT_EQ(count(kShares), 1);
    EXPECT_EQ(count("POST /ocs/v2.php/apps/files_sharing/api/v1/shares"), 1) << "what lies outside";
    expect_all_shared(*client(""), {"Drive/a", "Drive/b"});
    EXPECT_EQ(count(std::string(kShares) + " 403"), 1);
    EXPECT_EQ(client("")->sharing().find_all_people(std::vector<std::string>{"bob@example.org"}, {}).value().size(),
              1u);
}

TEST_F(CompanionJob, APersonsOwnAppPasswordIsBoundToNothing) {
    for (const std::string secret : {"", kSecret})
        EXPECT_THAT(brought(*client(secret, "a"), {"Drive/a", "a"}), ElementsAre(true, true));
}

} // namespace passerelle::contract
