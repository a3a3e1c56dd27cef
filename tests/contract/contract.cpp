// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/contract/contract.hpp"

#include "client/http/cpprest_transport.hpp"
#include "client/http/url.hpp"

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <unistd.h>

namespace passerelle::contract {
namespace {

/// Not twice the same name, whoever else uses the server.
std::string fresh_name() {
    static std::atomic<int> count = 0;
    const auto now = std::chrono::system_clock::now().time_since_epoch().count();
    return "contract-" + std::to_string(::getpid()) + "-" + std::to_string(now) + "-" + std::to_string(count++);
}

std::optional<std::string> environment(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
}

std::string first_line_of(const std::string& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
}

} // namespace

void PrintTo(const Target& target, std::ostream* out) {
    *out << target.name;
}

std::vector<Target> targets() {
    return {{"double28", 28}, {"double29", 29}, {"double32", 32},
            {"double33", 33}, {"double34", 34}, {"real", std::nullopt}};
}

void ContractTest::SetUp() {
    std::string password;
    if (GetParam().double_version) {
        fakes::DoubleOptions options;
        options.version = *GetParam().double_version;
        user_ = options.accounts.front().user;
        password = options.accounts.front().app_password;
        double_ = std::make_unique<fakes::NextcloudDouble>(options);
        url_ = double_->url();
    } else {
        const auto url = environment("NEXTCLOUD_URL");
        const auto user = environment("NEXTCLOUD_USER");
        const auto password_file = environment("NEXTCLOUD_PASSWORD_FILE");
        if (!url || !user || !password_file) {
            GTEST_SKIP() << "NEXTCLOUD_URL, NEXTCLOUD_USER and NEXTCLOUD_PASSWORD_FILE name no real server";
        }
        url_ = *url;
        user_ = *user;
        password = first_line_of(*password_file);
    }
    connect(password);
    if (HasFatalFailure()) return;
    const std::string status = send("GET", root_ + "/status.php").body;
    const auto version = status.find("\"versionstring\":\"");
    ASSERT_NE(version, status.npos) << status;
    major_ = std::atoi(status.c_str() + version + 17);
    const std::string name = fresh_name();
    ASSERT_EQ(send("MKCOL", home() + "/" + name).status, 201);
    folder_ = name;
}

void ContractTest::connect(const std::string& password) {
    auto parsed = http::parse_url(url_);
    ASSERT_TRUE(parsed) << url_;
    http::TransportOptions options;
    options.server = *parsed;
    options.user = user_;
    options.password = Secret(password);
    auto transport = http::make_transport(options);
    ASSERT_TRUE(transport) << transport.error().message;
    transport_ = std::move(*transport);
    url_ = parsed->origin();
    root_ = parsed->path;
}

void ContractTest::TearDown() {
    if (folder_.empty()) return; // skipped, or never made
    EXPECT_EQ(send("DELETE", folder()).status, 204);
}

http::Response ContractTest::send(const std::string& method, const std::string& target, const Fields& headers,
                                  const std::optional<std::string>& body) {
    http::Request request;
    request.method = method;
    request.target = target;
    for (const auto& [name, value] : headers)
        request.headers.set(name, value);
    if (body) request.body = std::make_shared<MemoryContent>(*body);
    auto response = transport_->send(request, {});
    if (!response) {
        ADD_FAILURE() << method << " " << target << ": " << response.error().code << " " << response.error().message;
        return {};
    }
    return std::move(*response);
}

http::Response ContractTest::propfind(const std::string& path, const std::string& depth) {
    static const std::string body =
        "<?xml version=\"1.0\"?><d:propfind xmlns:d=\"DAV:\" xmlns:oc=\"http://owncloud.org/ns\" "
        "xmlns:nc=\"http://nextcloud.org/ns\"><d:prop><d:getlastmodified/><d:getcontentlength/><d:resourcetype/"
        "><d:getetag/>"
        "<oc:fileid/><oc:permissions/><oc:size/><oc:checksums/><nc:creation_time/><oc:favorite/></d:prop></d:propfind>";
    return files("PROPFIND", path, {{"Depth", depth}, {"Content-Type", "application/xml"}}, body);
}

std::string header(const http::Response& response, std::string_view name) {
    return std::string(response.headers.find(name).value_or(""));
}

std::optional<std::string> element(const std::string& xml, const std::string& name) {
    const std::string open = "<" + name + ">";
    const auto start = xml.find(open);
    const auto end = xml.find("</" + name + ">", start);
    if (start == xml.npos || end == xml.npos) return std::nullopt;
    return xml.substr(start + open.size(), end - start - open.size());
}

std::string response_for(const std::string& multistatus, const std::string& href_end) {
    for (auto start = multistatus.find("<d:response>"); start != multistatus.npos;) {
        const auto next = multistatus.find("<d:response>", start + 1);
        std::string response = multistatus.substr(start, next - start);
        if (element(response, "d:href").value_or("").ends_with(href_end)) return response;
        start = next;
    }
    return "";
}

} // namespace passerelle::contract
