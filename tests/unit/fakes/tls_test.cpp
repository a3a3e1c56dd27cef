// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/http/cpprest_transport.hpp"
#include "client/http/url.hpp"
#include "tests/fakes/nextcloud_double.hpp"
#include "tests/unit/client/http/certificates.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <stdlib.h>

namespace passerelle::fakes {
namespace {

std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A certificate for 127.0.0.1 in a folder of its own.
class TlsDoubleTest : public ::testing::Test {
  protected:
    TlsDoubleTest() {
        std::string name = (std::filesystem::temp_directory_path() / "passerelle-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        folder_ = name;
        http::CertificateWish wish;
        wish.name = "double";
        wish.alternative_name = "IP:127.0.0.1";
        files_ = http::make_certificate(folder_, wish);
        options_.tls = TlsIdentity{text_of(files_.certificate), text_of(files_.key)};
    }
    ~TlsDoubleTest() override { std::filesystem::remove_all(folder_); }

    Result<http::Response> ask(const NextcloudDouble& server, const std::filesystem::path& ca_file) const {
        http::TransportOptions options;
        options.server = http::parse_url(server.url()).value();
        options.user = "alice";
        options.password = Secret("app-password");
        options.ca_file = ca_file;
        auto transport = http::make_transport(options);
        if (!transport) return failure(transport);
        http::Request request;
        request.method = "PUT";
        request.target = "/remote.php/dav/files/alice/a.txt";
        request.body = std::make_shared<MemoryContent>("hello");
        return (*transport)->send(request, {});
    }

    std::filesystem::path folder_;
    http::CertificateFiles files_;
    DoubleOptions options_;
};

TEST_F(TlsDoubleTest, ServesOverTls) {
    const NextcloudDouble server(options_);
    const auto answer = ask(server, files_.certificate);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->status, 201);
    EXPECT_EQ(server.bytes_of("a.txt"), "hello");
}

TEST_F(TlsDoubleTest, IsNotTrustedWithoutItsCertificate) {
    const NextcloudDouble server(options_);
    EXPECT_FALSE(ask(server, ""));
    EXPECT_FALSE(server.bytes_of("a.txt"));
}

} // namespace
} // namespace passerelle::fakes
