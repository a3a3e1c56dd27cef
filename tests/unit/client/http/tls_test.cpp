// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/http/cpprest_transport.hpp"
#include "core/reason_codes.hpp"
#include "tests/unit/client/http/certificates.hpp"
#include "tests/unit/client/http/raw_server.hpp"

#include <atomic>
#include <gtest/gtest.h>
#include <semaphore>
#include <stdlib.h>

namespace passerelle::http {
namespace {

class Tls : public testing::Test {
  protected:
    Tls() {
        std::string pattern = (std::filesystem::temp_directory_path() / "passerelle-tls-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
        authority_ = make_certificate(folder_, {.name = "authority", .alternative_name = ""});
    }
    ~Tls() override { std::filesystem::remove_all(folder_); }

    CertificateFiles certificate(const std::string& name, const std::string& alternative_name, int from = -1,
                                 int until = 1) {
        return make_certificate(folder_, {name, alternative_name, from, until, &authority_});
    }

    /// What a client that trusts `ca_file` gets from a server that shows `shown`.
    std::string outcome(const CertificateFiles& shown, const std::filesystem::path& ca_file) {
        requests_ = 0;
        RawServer server(
            [&](RawConnection& connection, int) {
                while (connection.read_request()) {
                    ++requests_;
                    connection.write_ok();
                }
            },
            shown.certificate, shown.key);
        TransportOptions options;
        options.server = Url{true, "127.0.0.1", server.port(), ""};
        options.ca_file = ca_file;
        const auto transport = std::move(make_transport(options).value());
        Request request;
        request.method = "PUT";
        request.target = "/";
        request.body = std::make_shared<MemoryContent>("body");
        const auto answer = transport->send(request, {});
        if (answer) return "answer " + std::to_string(answer->status);
        EXPECT_EQ(answer.error().kind, ErrorKind::job);
        EXPECT_EQ(requests_, 0);
        return answer.error().code;
    }

    std::filesystem::path folder_;
    CertificateFiles authority_;
    std::atomic<int> requests_ = 0;
};

TEST_F(Tls, ARightCertificateOfAPrivateAuthorityIsAccepted) {
    EXPECT_EQ(outcome(certificate("right", "IP:127.0.0.1"), authority_.certificate), "answer 200");
    EXPECT_EQ(requests_, 1);
}

TEST_F(Tls, AnUnknownAuthorityIsRefused) {
    EXPECT_EQ(outcome(certificate("right", "IP:127.0.0.1"), ""), codes::server_certificate_unknown_ca);
    const auto other = make_certificate(folder_, {.name = "other", .alternative_name = ""});
    EXPECT_EQ(outcome(certificate("right", "IP:127.0.0.1"), other.certificate), codes::server_certificate_unknown_ca);
}

TEST_F(Tls, ASelfSignedCertificateIsRefusedUnlessItIsTrustedItself) {
    const auto own = make_certificate(folder_, {.name = "own", .alternative_name = "IP:127.0.0.1"});
    EXPECT_EQ(outcome(own, ""), codes::server_certificate_self_signed);
    EXPECT_EQ(outcome(own, authority_.certificate), codes::server_certificate_self_signed);
    EXPECT_EQ(outcome(own, own.certificate), "answer 200");
}

TEST_F(Tls, AnExpiredCertificateIsRefused) {
    EXPECT_EQ(outcome(certificate("old", "IP:127.0.0.1", -20, -10), authority_.certificate),
              codes::server_certificate_expired);
    EXPECT_EQ(outcome(certificate("early", "IP:127.0.0.1", 10, 20), authority_.certificate),
              codes::server_certificate_expired);
}

TEST_F(Tls, ACertificateOfAnotherHostIsRefused) {
    EXPECT_EQ(outcome(certificate("dns", "DNS:example.org"), authority_.certificate),
              codes::server_certificate_wrong_host);
    EXPECT_EQ(outcome(certificate("ip", "IP:127.0.0.2"), authority_.certificate), codes::server_certificate_wrong_host);
}

TEST_F(Tls, AFileWithoutCertificateIsNoAuthority) {
    TransportOptions options;
    options.server = Url{true, "127.0.0.1", 1, ""};
    for (const auto& file : {folder_ / "missing.pem", authority_.key}) {
        options.ca_file = file;
        EXPECT_EQ(make_transport(options).error().code, codes::usage_ca_file) << file;
    }
}

TEST_F(Tls, AServerThatSpeaksPlainHttpIsNoTlsServer) {
    RawServer server([](RawConnection& connection, int) { connection.write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
    TransportOptions options;
    options.server = Url{true, "127.0.0.1", server.port(), ""};
    Request request;
    request.method = "GET";
    request.target = "/";
    EXPECT_EQ(std::move(make_transport(options).value())->send(request, {}).error().code, codes::server_unreachable);
}

TEST_F(Tls, AKeptConnectionIsReusedAndNoticedWhenItIsGone) {
    const auto shown = certificate("right", "IP:127.0.0.1");
    std::counting_semaphore<> closed(0);
    RawServer server(
        [&](RawConnection& connection, int) {
            for (int i = 0; i < 2 && connection.read_request(); ++i)
                connection.write_ok();
            connection.shut_down();
            closed.release();
        },
        shown.certificate, shown.key);
    TransportOptions options;
    options.server = Url{true, "127.0.0.1", server.port(), ""};
    options.ca_file = authority_.certificate;
    const auto transport = std::move(make_transport(options).value());
    Request request;
    request.method = "MOVE";
    request.target = "/";
    for (int i = 0; i < 6; ++i) {
        ASSERT_TRUE(transport->send(request, {})) << i;
        if (i % 2 == 1) closed.acquire();
    }
    EXPECT_EQ(server.connections(), 3);
}

} // namespace
} // namespace passerelle::http
