// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/nextcloud_double.hpp"
#include "tests/fakes/raw_client.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace passerelle::fakes {
namespace {

namespace fs = std::filesystem;
const std::string kFiles = "/remote.php/dav/files/alice/";
const std::string kUpload = "/remote.php/dav/uploads/alice/id";

/// A double that keeps its files in a folder of its own.
class DirectoryTest : public ::testing::Test {
  protected:
    DirectoryTest() {
        std::string name = (fs::temp_directory_path() / "passerelle-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        base_ = name;
    }
    ~DirectoryTest() override { fs::remove_all(base_); }

    [[nodiscard]] DoubleOptions options() const {
        DoubleOptions options;
        options.accounts.front().folder = folder();
        return options;
    }
    [[nodiscard]] fs::path folder() const { return base_ / "files"; }
    [[nodiscard]] std::string text_of(const std::string& path) const {
        std::ifstream in(folder() / path);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    [[nodiscard]] std::int64_t modified(const std::string& path) const {
        struct stat status {};
        return ::stat((folder() / path).c_str(), &status) == 0 ? status.st_mtime : -1;
    }
    static int send(RawClient& client, const std::string& method, const std::string& target, Fields headers = {},
                    std::string_view body = "") {
        headers.emplace_back("Authorization", basic_authorization("alice", "app-password"));
        const auto answer = client.send(method, target, headers, body);
        return answer ? answer->status : 0;
    }

    fs::path base_;
};

TEST_F(DirectoryTest, LeavesRealFilesWithTheirTimes) {
    {
        const NextcloudDouble server(options());
        RawClient client(server.url());
        EXPECT_EQ(send(client, "MKCOL", kFiles + "folder"), 201);
        EXPECT_EQ(send(client, "PUT", kFiles + "folder/a.txt", {{"X-OC-MTime", "1400000000"}}, "hello"), 201);
        EXPECT_EQ(send(client, "PROPPATCH", kFiles + "folder", {},
                       "<d:propertyupdate "
                       "xmlns:d=\"DAV:\"><d:set><d:prop><d:lastmodified>1300000000</d:lastmodified></d:prop></d:set>"
                       "</d:propertyupdate>"),
                  207);
        EXPECT_EQ(text_of("folder/a.txt"), "hello");
    }
    EXPECT_EQ(modified("folder/a.txt"), 1400000000);
    EXPECT_EQ(modified("folder"), 1300000000);
    EXPECT_EQ(std::distance(fs::directory_iterator(base_), {}), 1) << "the staging folder is gone";
}

TEST_F(DirectoryTest, AssemblesChunksMovesAndRemoves) {
    const NextcloudDouble server(options());
    RawClient client(server.url());
    const Fields destination = {{"Destination", server.url() + kFiles + "big.bin"}};
    EXPECT_EQ(send(client, "MKCOL", kUpload), 201);
    EXPECT_EQ(send(client, "PUT", kUpload + "/00002", {}, "67890"), 201);
    EXPECT_EQ(send(client, "PUT", kUpload + "/00001", {}, "12345"), 201);
    EXPECT_EQ(server.open_uploads().size(), 1u);
    EXPECT_EQ(send(client, "MOVE", kUpload + "/.file", destination), 201);
    EXPECT_EQ(text_of("big.bin"), "1234567890");
    EXPECT_TRUE(server.open_uploads().empty());
    EXPECT_EQ(send(client, "MOVE", kFiles + "big.bin", {{"Destination", server.url() + kFiles + "moved.bin"}}), 201);
    EXPECT_EQ(text_of("moved.bin"), "1234567890");
    EXPECT_EQ(send(client, "DELETE", kFiles + "moved.bin"), 204);
    EXPECT_FALSE(fs::exists(folder() / "moved.bin"));
}

TEST_F(DirectoryTest, FindsWhatLiesThereAlready) {
    {
        NextcloudDouble server(options());
        server.put_file("folder/a.txt", "hello");
    }
    const NextcloudDouble server(options());
    EXPECT_EQ(server.bytes_of("folder/a.txt"), "hello");
    EXPECT_EQ(server.tree().at("folder").size, 5u);
    EXPECT_TRUE(server.tree().at("folder").folder);
}

} // namespace
} // namespace passerelle::fakes
