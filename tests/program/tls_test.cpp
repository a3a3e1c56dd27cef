// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/downloads.hpp"
#include "tests/program/scene.hpp"
#include "tests/unit/client/http/certificates.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace passerelle::program {
namespace {

std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A server of a hoster that has a certification authority of its own.
class Https : public ::testing::Test {
  protected:
    fakes::DoubleOptions with(const http::CertificateFiles& files) const {
        fakes::DoubleOptions options;
        options.tls = fakes::TlsIdentity{text_of(files.certificate), text_of(files.key)};
        return options;
    }
    std::filesystem::path small_export() const {
        const auto root = certificates.path() / "export";
        exports::FolderBuilder().file("a.txt", "bonjour").file("b/c.txt", "bonsoir").write(root);
        return root;
    }

    Folder certificates;
    http::CertificateFiles authority = http::make_certificate(certificates.path(), {.name = "authority"});
    http::CertificateFiles issued = http::make_certificate(
        certificates.path(), {.name = "server", .alternative_name = "IP:127.0.0.1", .issuer = &authority});
};

} // namespace

TEST_F(Https, AnAuthorityOfOnesOwnIsTrustedWhenItIsNamed) {
    Scene scene(with(issued));
    const auto run = scene.run(scene.migrate({small_export()}, {"--ca-file", authority.certificate.string()}));
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(scene.server.bytes_of("a.txt"), "bonjour");
    EXPECT_EQ(scene.run({"resume", "1"}).exit_code, 0) << "the job remembers the authority";
}

TEST_F(Https, AnUnknownAuthorityIsRefusedBeforeAnyPasswordTravels) {
    Scene scene(with(issued));
    const auto run = scene.run(scene.migrate({small_export()}));
    EXPECT_EQ(run.exit_code, 4) << run.err;
    EXPECT_NE(run.err.find("certificate"), std::string::npos) << run.err;
    EXPECT_TRUE(scene.server.requests().empty());
}

TEST_F(Https, ASelfSignedCertificateIsRefused) {
    const auto self_signed =
        http::make_certificate(certificates.path(), {.name = "self", .alternative_name = "IP:127.0.0.1"});
    Scene scene(with(self_signed));
    const auto run = scene.run(scene.migrate({small_export()}));
    EXPECT_EQ(run.exit_code, 4) << run.err;
    EXPECT_NE(run.err.find("signed itself"), std::string::npos) << run.err;
    EXPECT_TRUE(scene.server.requests().empty());
}

} // namespace passerelle::program
