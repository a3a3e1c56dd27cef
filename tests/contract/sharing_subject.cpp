// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/contract/sharing_subject.hpp"

#include "client/http/cpprest_transport.hpp"
#include "client/http/url.hpp"
#include "tests/contract/client_subject.hpp"

#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>
#include <unistd.h>

namespace passerelle::contract {
namespace {

std::string environment(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::string() : std::string(value);
}

std::unique_ptr<Party> real_party(const std::string& prefix, const std::string& file = "PASSWORD_FILE") {
    std::string password;
    std::getline(std::ifstream(environment(prefix + file)) >> std::ws, password);
    return std::make_unique<Party>(environment("NEXTCLOUD_URL"), environment(prefix + "USER"), password);
}

template <class T> T value_of(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().code + ": " + result.error().message);
    return std::move(*result);
}

} // namespace

Party::Party(const std::string& url, const std::string& user, const std::string& app_password,
             const nextcloud::Options& options)
    : client_(value_of(nextcloud::Nextcloud::connect({url, user, Secret(app_password)}, options, {}))) {
    http::TransportOptions by_hand;
    by_hand.server = value_of(http::parse_url(url));
    by_hand.user = user;
    by_hand.password = Secret(app_password);
    transport_ = value_of(http::make_transport(by_hand));
    root_ = by_hand.server.path + "/remote.php/dav/files/" + http::percent_encode(id()) + "/";
}

http::Response Party::send(const std::string& method, const std::string& path, const std::optional<std::string>& body) {
    http::Request request;
    request.method = method;
    request.target = root_ + http::percent_encode_path(path);
    if (method == "PROPFIND") request.headers.set("Depth", "0");
    if (body) request.body = std::make_shared<MemoryContent>(*body);
    return value_of(transport_->send(request, {}));
}

int Party::dav(const std::string& method, const std::string& path, const std::optional<std::string>& body) {
    return send(method, path, body).status;
}

std::string Party::letters(const std::string& path) {
    const std::string body = send("PROPFIND", path,
                                  R"(<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop>)"
                                  "<oc:permissions/></d:prop></d:propfind>")
                                 .body;
    const std::string open = "<oc:permissions>";
    const auto start = body.find(open);
    if (start == body.npos) return "";
    return body.substr(start + open.size(), body.find('<', start + 1) - start - open.size());
}

std::unique_ptr<SharingSubject> SharingSubject::make(int release, bool team_folders) {
    auto subject = std::make_unique<SharingSubject>();
    if (release != kRealServer) {
        const std::string secret = release == kWithCompanion ? "a secret of thirty-two bytes or more" : "";
        fakes::DoubleOptions options{.version = release == kWithCompanion ? 34 : release};
        options.companion = release == kWithCompanion;
        options.pairing_secret = secret;
        options.accounts = {{.user = "alice", .app_password = "a"},
                            {.user = "bob", .app_password = "b"},
                            {.user = "carol", .app_password = "c", .groups = {"equipe"}},
                            {.user = "admin", .app_password = "d", .administrator = true, .login_password = "e"}};
        options.team_folders = team_folders;
        subject->double_ = std::make_unique<fakes::NextcloudDouble>(options);
        const std::string url = subject->double_->url();
        subject->alice_ = std::make_unique<Party>(url, "alice", "a");
        subject->bob_ = std::make_unique<Party>(url, "bob", "b");
        subject->carol_ = std::make_unique<Party>(url, "carol", "c");
        subject->administrator_ = std::make_unique<Party>(url, "admin", "d");
        subject->confirmed_administrator_ = std::make_unique<Party>(url, "admin", "e");
        nextcloud::Options paired;
        paired.pairing_secret = Secret(secret);
        subject->paired_administrator_ = std::make_unique<Party>(url, "admin", "d", paired);
        subject->group_ = "equipe";
        return subject;
    }
    if (environment("NEXTCLOUD_URL").empty() || environment("NEXTCLOUD_GROUP").empty()) return nullptr;
    subject->alice_ = real_party("NEXTCLOUD_");
    subject->bob_ = real_party("NEXTCLOUD_SECOND_");
    subject->carol_ = real_party("NEXTCLOUD_THIRD_");
    subject->administrator_ = real_party("NEXTCLOUD_ADMIN_", "PASSWORD_FILE");
    subject->confirmed_administrator_ = real_party("NEXTCLOUD_ADMIN_", "LOGIN_FILE");
    subject->group_ = environment("NEXTCLOUD_GROUP");
    return subject;
}

SharingSubject::~SharingSubject() {
    if (double_) return;
    for (const std::string& folder : folders_)
        if (!alice_->client().remove(folder, {}, {})) std::fputs("a test's folder stays behind\n", stderr);
}

std::string SharingSubject::fresh_folder() {
    static int count = 0;
    const std::string name = fmt::format("Partagé {} {}", ::getpid(), ++count);
    if (alice_->dav("MKCOL", name) != 201 || alice_->dav("PUT", name + "/a.txt", "bonjour") != 201)
        throw std::runtime_error("no folder " + name);
    folders_.insert(name);
    return name;
}

std::string SharingSubject::rights(Party& party, const std::string& theirs, const std::string& alices) {
    for (const char* made : {"/neuf.txt", "/neuf"})
        alice_->dav("DELETE", alices + made);
    alice_->dav("PUT", alices + "/a.txt", "bonjour");
    alice_->dav("PUT", alices + "/de trop.txt", "x");
    const int read = party.dav("GET", theirs + "/a.txt");
    if (read == 404) return "-";
    std::string rights;
    const auto note = [&](const char* letter, int status) {
        if (status >= 200 && status < 300) {
            rights += letter;
        } else if (status != 403) {
            rights += fmt::format(" {}:{} ", letter, status);
        }
    };
    note("r", read);
    note("u", party.dav("PUT", theirs + "/a.txt", "au revoir"));
    note("c", party.dav("PUT", theirs + "/neuf.txt", "x"));
    note("f", party.dav("MKCOL", theirs + "/neuf"));
    note("d", party.dav("DELETE", theirs + "/de trop.txt"));
    return rights;
}

} // namespace passerelle::contract
