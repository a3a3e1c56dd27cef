// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/nextcloud/both_servers.hpp"

#include <cstdlib>
#include <stdexcept>

namespace passerelle::program {
namespace {

void write(nextcloud::Nextcloud& server, const std::string& path, const std::string& bytes) {
    const auto there = server.find(path, {});
    ASSERT_TRUE(there) << there.error().code;
    auto file = contract::upload_of(path, bytes);
    if (*there) file.replaces = (*there)->etag;
    const auto written = server.put(file, {});
    ASSERT_TRUE(written) << written.error().code;
}

} // namespace

void BothServers::SetUp() {
    if (!contract::real_server_named()) GTEST_SKIP() << "NEXTCLOUD_URL names no real server";
    real_ = contract::Subject::make(contract::kRealServer);
    auto twin =
        nextcloud::Nextcloud::connect({scene.server.url(), "alice", Secret(std::string("app-password"))}, {}, {});
    ASSERT_TRUE(twin) << twin.error().code;
    double_ = std::move(*twin);
}

Words BothServers::for_real(Words words) const {
    for (auto& word : words) {
        if (word == scene.server.url()) word = std::getenv("NEXTCLOUD_URL");
        if (word == "alice") word = std::getenv("NEXTCLOUD_USER");
        if (word.ends_with("/password")) word = std::getenv("NEXTCLOUD_PASSWORD_FILE");
    }
    const auto journal = scene.folder().path() / "state of the real one";
    words.insert(words.begin(), {"--state-dir", journal.string()});
    return words;
}

void BothServers::run_on_both(const Words& words, int exit_code) {
    const auto there = scene.run(words);
    ASSERT_EQ(there.exit_code, exit_code) << there.err;
    const auto here = scene.run(for_real(words));
    ASSERT_EQ(here.exit_code, exit_code) << here.err << here.out;
}

std::multimap<std::string, std::string> BothServers::reasons_on_both() const {
    const auto real = scene.ledger(scene.newest_job(for_real({})), for_real({})).reasons;
    EXPECT_EQ(scene.ledger(scene.newest_job()).reasons, real);
    return real;
}

void BothServers::write_on_both(const std::string& path, const std::string& bytes) {
    write(real_->client(), folder() + "/" + path, bytes);
    write(*double_, folder() + "/" + path, bytes);
}

fakes::TreeSnapshot BothServers::expect_same_trees(std::int64_t started) {
    auto expected = listing_of_double();
    auto actual = listing();
    for (auto* tree : {&expected, &actual})
        for (auto& [path, entry] : *tree)
            if (entry.modified >= started) entry.modified = 0; // what the export does not date
    for (const auto& [path, entry] : expected)
        EXPECT_EQ(actual[path], entry) << path;
    EXPECT_EQ(actual.size(), expected.size());
    return actual;
}

fakes::TreeSnapshot BothServers::listing() const {
    fakes::TreeSnapshot tree;
    std::vector<std::string> open{folder()};
    while (!open.empty()) {
        const auto entries = real_->client().list(open.back(), {});
        if (!entries || !*entries) throw std::runtime_error("cannot list " + open.back());
        open.pop_back();
        for (const auto& entry : **entries) {
            if (entry.folder) open.push_back(entry.path);
            tree[entry.path.substr(folder().size() + 1)] = known_of(entry);
        }
    }
    return tree;
}

fakes::TreeEntry BothServers::known_of(const nextcloud::RemoteEntry& entry) const {
    fakes::TreeEntry known;
    known.folder = entry.folder;
    known.modified = to_epoch(entry.modified);
    if (entry.folder) return known;
    known.size = entry.size;
    const auto digest = real_->client().stored_sha256(entry.path, {}); // recalculated from what the server stores
    known.sha256 = digest ? *digest : digest.error().code;
    return known;
}

fakes::TreeSnapshot BothServers::listing_of_double() const {
    fakes::TreeSnapshot below;
    for (auto [path, entry] : scene.server.tree()) {
        if (!path.starts_with(folder() + "/")) continue;
        if (entry.folder) entry.size = 0;
        entry.created.reset();
        entry.favorite = false;
        below[path.substr(folder().size() + 1)] = entry;
    }
    return below;
}

} // namespace passerelle::program
