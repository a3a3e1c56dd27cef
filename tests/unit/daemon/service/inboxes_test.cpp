// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/inboxes.hpp"

#include "core/reason_codes.hpp"

#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>

namespace passerelle::service {
namespace {

namespace fs = std::filesystem;

struct InboxesTest : testing::Test {
    InboxesTest() {
        auto pattern = (fs::temp_directory_path() / "passerelle-inbox-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        put("inbox/alice/takeout-20260314T090000Z-001.zip");
        put("inbox/alice/takeout-20260314T090000Z-003.zip");
        put("inbox/alice/Photos.zip");
        put("inbox/alice/lisez-moi.txt");
        put("inbox/alice/Film de la fête-002.mp4"); // too large for a part
        put("inbox/alice/Bureau/a.txt");
        put("inbox/bob/secret.zip");
        put("secret.zip");
    }
    ~InboxesTest() override { fs::remove_all(folder); }

    void put(const std::string& path) const {
        fs::create_directories((folder / path).parent_path());
        std::ofstream(folder / path) << "bytes";
    }
    std::string located(const std::string& user, const std::string& path) const {
        const auto found = Inboxes({folder / "inbox"}).locate(user, path);
        return found ? fs::relative(*found, folder).string() : found.error().code;
    }

    fs::path folder;
};

TEST_F(InboxesTest, PartsOfOneExportAreFoundTogether) {
    const auto exports = Inboxes({folder / "inbox", folder / "nowhere"}).exports_of("alice");
    ASSERT_EQ(exports.size(), 3u);
    EXPECT_EQ(exports[0].name, "Bureau");
    EXPECT_EQ(exports[1].name, "Photos.zip");
    EXPECT_EQ(exports[2].name, "takeout-20260314T090000Z");
    EXPECT_EQ(exports[2].kind, ExportKind::takeout);
    EXPECT_EQ(exports[2].parts.size(), 3u);
    EXPECT_EQ(exports[2].bytes, 15u);
    ASSERT_EQ(exports[2].problems.size(), 1u);
    EXPECT_EQ(exports[2].problems[0].code, codes::export_part_missing);
    EXPECT_TRUE(Inboxes({folder / "inbox"}).exports_of("carol").empty());
}

TEST_F(InboxesTest, AWorkspaceExportIsOneOfItsAccounts) {
    put("inbox/carol/Association/jeanne@example.org/takeout-20260314T090000Z-001.zip");
    put("inbox/carol/Association/paul@example.org/takeout-20260314T090000Z-1-001.zip");
    put("inbox/carol/Association/paul@example.org/takeout-20260314T090000Z-1-003.zip");
    put("inbox/carol/Association/lisez-moi.txt");
    put("inbox/carol/takeout-20260101T090000Z-001.zip");
    const Inboxes inboxes({folder / "inbox"});
    const auto exports = inboxes.exports_of("carol");
    ASSERT_EQ(exports.size(), 2u);
    EXPECT_EQ(exports[0].name, "Association");
    EXPECT_THAT(exports[0].parts, testing::IsEmpty());
    EXPECT_EQ(exports[0].bytes, 15u);
    ASSERT_EQ(exports[0].accounts.size(), 2u);
    const auto& [jeanne, paul] = std::tie(exports[0].accounts[0], exports[0].accounts[1]);
    EXPECT_EQ(jeanne.address, "jeanne@example.org");
    EXPECT_EQ(jeanne.part.path, "Association/jeanne@example.org");
    EXPECT_TRUE(jeanne.problems.empty());
    ASSERT_EQ(paul.problems.size(), 1u);
    EXPECT_EQ(paul.problems[0].code, codes::export_part_missing);
    EXPECT_TRUE(inboxes.locate("carol", paul.part.path));
    EXPECT_THAT(exports[1].accounts, testing::IsEmpty());
}

TEST_F(InboxesTest, TheAccountsMayLieThereWithoutAFolderAround) {
    put("inbox/carol/jeanne@example.org/takeout-20260314T090000Z-001.zip");
    put("inbox/carol/takeout-20260101T090000Z-001.zip");
    EXPECT_EQ(Inboxes({folder / "inbox"}).exports_of("carol").size(), 2u) << "one account is an export like others";
    put("inbox/carol/paul@example.org/takeout-20260314T090000Z-001.zip");
    const auto exports = Inboxes({folder / "inbox"}).exports_of("carol");
    ASSERT_EQ(exports.size(), 2u);
    EXPECT_EQ(exports[0].accounts.size(), 2u);
    EXPECT_EQ(exports[0].accounts[1].part.path, "paul@example.org");
    EXPECT_THAT(exports[1].accounts, testing::IsEmpty());
}

TEST_F(InboxesTest, NothingLeadsOut) {
    EXPECT_EQ(located("alice", "Photos.zip"), "inbox/alice/Photos.zip");
    EXPECT_EQ(located("alice", "Bureau/a.txt"), "inbox/alice/Bureau/a.txt");
    for (const auto* path : {"../bob/secret.zip", "../../secret.zip", "/etc/passwd", "Bureau/../../bob/secret.zip", "",
                             ".", "..", "missing.zip"})
        EXPECT_EQ(located("alice", path), codes::service_part_unknown) << path;
    for (const auto* user : {"", ".", "..", "alice/../bob", "/etc"})
        EXPECT_EQ(located(user, "secret.zip"), codes::service_part_unknown) << user;
    EXPECT_EQ(located(std::string("bob\0x", 5), "secret.zip"), codes::service_part_unknown);
}

TEST_F(InboxesTest, LinksDoNotLeadOutEither) {
    fs::create_symlink(folder / "secret.zip", folder / "inbox/alice/link.zip");
    fs::create_directory_symlink(folder / "inbox/bob", folder / "inbox/alice/Bob");
    fs::create_directory_symlink(folder / "inbox/bob", folder / "inbox/mallory");
    fs::create_symlink(folder / "inbox/alice/Photos.zip", folder / "inbox/alice/again.zip");
    EXPECT_EQ(located("alice", "link.zip"), codes::service_part_unknown);
    EXPECT_EQ(located("alice", "Bob/secret.zip"), codes::service_part_unknown);
    EXPECT_EQ(located("mallory", "secret.zip"), codes::service_part_unknown);
    EXPECT_EQ(located("alice", "again.zip"), "inbox/alice/Photos.zip");
    EXPECT_EQ(Inboxes({folder / "inbox"}).exports_of("alice").size(), 3u) << "links are not offered";
    EXPECT_TRUE(Inboxes({folder / "inbox"}).exports_of("mallory").empty());
}

} // namespace
} // namespace passerelle::service
