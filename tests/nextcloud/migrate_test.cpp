// SPDX-License-Identifier: AGPL-3.0-or-later
// The sample goes to a real Nextcloud and to the double, and both must hold the same afterwards. The real one is named
// by NEXTCLOUD_URL, NEXTCLOUD_USER and NEXTCLOUD_PASSWORD_FILE (tests/nextcloud/with sets them).
#include "client/nextcloud/nextcloud.hpp"
#include "tests/contract/client_subject.hpp"
#include "tests/exports/sample.hpp"
#include "tests/program/sample_tree.hpp"
#include "tests/program/scene.hpp"

#include <cstdlib>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <set>
#include <stdexcept>

namespace passerelle::program {
namespace {

class RealServer : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!contract::real_server_named()) GTEST_SKIP() << "NEXTCLOUD_URL names no real server";
        real = contract::Subject::make(contract::kRealServer);
    }

    /// Everything below a folder, by path from there, asked for with one PROPFIND a folder.
    fakes::TreeSnapshot listing(const std::string& folder) {
        fakes::TreeSnapshot tree;
        std::vector<std::string> open{folder};
        while (!open.empty()) {
            const auto entries = real->client().list(open.back(), {});
            if (!entries || !*entries) throw std::runtime_error("cannot list " + open.back());
            open.pop_back();
            for (const auto& entry : **entries) {
                if (entry.folder) open.push_back(entry.path);
                tree[entry.path.substr(folder.size() + 1)] = known_of(entry);
            }
        }
        return tree;
    }

    /// What a listing tells of a file, and the digest that the server recalculates from what it stores.
    fakes::TreeEntry known_of(const nextcloud::RemoteEntry& entry) {
        fakes::TreeEntry known;
        known.folder = entry.folder;
        known.modified = to_epoch(entry.modified);
        if (entry.folder) return known;
        known.size = entry.size;
        const auto digest = real->client().stored_sha256(entry.path, {});
        known.sha256 = digest ? *digest : digest.error().code;
        return known;
    }

    /// The double's tree in the same words: what lies below `folder`, without what a listing does not tell.
    static fakes::TreeSnapshot comparable(const fakes::TreeSnapshot& tree, const std::string& folder) {
        fakes::TreeSnapshot below;
        for (auto [path, entry] : tree) {
            if (!path.starts_with(folder + "/")) continue;
            if (entry.folder) entry.size = 0;
            entry.created.reset();
            entry.favorite = false;
            below[path.substr(folder.size() + 1)] = entry;
        }
        return below;
    }

    /// Migrates to both; the commands differ in the server alone.
    void migrate_to_both(const std::filesystem::path& folder, const Words& choices) {
        const auto exports = exports::write_sample_takeout(folder, exports::Locale::french);
        Words words = scene.migrate(exports, choices);
        words.insert(words.end(), {"--dest", real->folder()});
        const auto there = scene.run(words);
        ASSERT_EQ(there.exit_code, 0) << there.err;
        for (auto& word : words) {
            if (word == scene.server.url()) word = std::getenv("NEXTCLOUD_URL");
            if (word == "alice") word = std::getenv("NEXTCLOUD_USER");
            if (word.ends_with("/password")) word = std::getenv("NEXTCLOUD_PASSWORD_FILE");
        }
        const auto here = scene.run(words);
        ASSERT_EQ(here.exit_code, 0) << here.err;
        fmt::print("{}{}", here.err, here.out);
        const auto again = scene.run(words);
        EXPECT_EQ(again.exit_code, 0) << again.err;
    }

    Scene scene;
    std::unique_ptr<contract::Subject> real;
};

} // namespace

TEST_F(RealServer, HoldsTheSameAsTheDouble) {
    const Folder folder;
    const auto started = std::time(nullptr);
    migrate_to_both(folder.path(), {"--convert", "none"});
    auto expected = comparable(scene.server.tree(), real->folder());
    auto actual = listing(real->folder());
    ASSERT_GT(expected.size(), 80u);
    for (auto* tree : {&expected, &actual})
        for (auto& [path, entry] : *tree)
            if (entry.modified >= started) entry.modified = 0; // what the export does not date
    for (const auto& [path, entry] : expected)
        EXPECT_EQ(actual[path], entry) << path;
    EXPECT_EQ(actual.size(), expected.size());
    fmt::print("{} files and folders are the same on {}\n", actual.size(), std::getenv("NEXTCLOUD_URL"));
}

TEST_F(RealServer, HoldsTheSameNamesWhereDocumentsAreConverted) {
    const Folder folder;
    migrate_to_both(folder.path(), {});
    std::set<std::string> expected;
    std::set<std::string> actual;
    int converted = 0;
    for (const auto& [path, entry] : comparable(scene.server.tree(), real->folder()))
        expected.insert(path);
    for (const auto& [path, entry] : listing(real->folder())) {
        actual.insert(path);
        converted += path.ends_with(".odt") || path.ends_with(".ods") || path.ends_with(".odp") ? 1 : 0;
    }
    EXPECT_EQ(actual, expected);
    EXPECT_GT(converted, 10);
}

} // namespace passerelle::program
