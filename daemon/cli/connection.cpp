// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/connection.hpp"

#include "client/http/url.hpp"
#include "core/reason_codes.hpp"
#include "core/unique_fd.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <sys/stat.h>

namespace passerelle::cli {
namespace {

constexpr const char* kLoginFile = "login.json";
constexpr const char* kPasswordFile = "login.password";

Result<void> write_private(const std::filesystem::path& file, const std::string& text) {
    const UniqueFd fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    const bool written = fd && ::fchmod(fd.get(), 0600) == 0 &&
                         ::write(fd.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (!written) return Error(ErrorKind::job, codes::file_unwritable, std::strerror(errno), {{"file", file.string()}});
    return {};
}

Result<Secret> read_password(const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::string password;
    if (!std::getline(stream, password) || password.empty())
        return Error(ErrorKind::job, codes::usage_password_unreadable, "", {{"file", file.string()}});
    return Secret(std::move(password));
}

} // namespace

std::string access_to_text(const TargetArguments& target) {
    return nlohmann::json{{"url", target.url},
                          {"user", target.user},
                          {"password_file", target.password_file.string()},
                          {"ca_file", target.ca_file.string()},
                          {"insecure_http", target.insecure_http}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

TargetArguments access_from_text(const std::string& text) {
    const auto json = nlohmann::json::parse(text);
    TargetArguments target;
    target.url = json.at("url");
    target.user = json.at("user");
    target.password_file = json.at("password_file").get<std::string>();
    target.ca_file = json.at("ca_file").get<std::string>();
    target.insecure_http = json.at("insecure_http");
    return target;
}

TargetArguments merge(TargetArguments given, const TargetArguments& stored) {
    if (given.url.empty()) given.url = stored.url;
    if (given.user.empty()) given.user = stored.user;
    if (given.password_file.empty()) given.password_file = stored.password_file;
    if (given.ca_file.empty()) given.ca_file = stored.ca_file;
    given.insecure_http = given.insecure_http || stored.insecure_http;
    return given;
}

Result<TargetArguments> complete(TargetArguments target, const Settings& settings) {
    if (std::ifstream stored(std::filesystem::path(settings.state_dir) / kLoginFile); stored) {
        std::ostringstream text;
        text << stored.rdbuf();
        const auto login = access_from_text(text.str());
        const auto given = http::parse_url(target.url);
        if (target.url.empty() || (given && given->text() == login.url)) target = merge(std::move(target), login);
    }
    if (target.url.empty() || target.user.empty() || target.password_file.empty())
        return Error(ErrorKind::job, codes::usage_no_target, "");
    const auto url = http::parse_url(target.url);
    if (!url) return url.error();
    target.url = url->text(); // one spelling: the job is found again however the address was typed
    target.password_file = std::filesystem::absolute(target.password_file);
    if (!target.ca_file.empty()) target.ca_file = std::filesystem::absolute(target.ca_file);
    return target;
}

Result<std::unique_ptr<nextcloud::Nextcloud>> connect(const TargetArguments& target, const Settings& settings,
                                                      std::function<void(const nextcloud::Waiting&)> on_wait,
                                                      std::stop_token stop) {
    auto password = read_password(target.password_file);
    if (!password) return failure(password);
    nextcloud::Options options;
    options.ca_file = target.ca_file.empty() ? std::filesystem::path(settings.ca_file) : target.ca_file;
    options.insecure_http = target.insecure_http;
    options.connections = static_cast<std::size_t>(settings.connections);
    options.timeout = std::chrono::seconds(settings.timeout_seconds);
    options.max_attempts = static_cast<int>(settings.max_attempts);
    options.on_wait = std::move(on_wait);
    return nextcloud::Nextcloud::connect({target.url, target.user, std::move(*password)}, options, std::move(stop));
}

Result<void> store_login(const TargetArguments& target, const Secret& app_password, const Settings& settings) {
    TargetArguments stored = target;
    stored.password_file = std::filesystem::path(settings.state_dir) / kPasswordFile;
    if (auto written = write_private(stored.password_file, app_password.reveal() + "\n"); !written) return written;
    return write_private(std::filesystem::path(settings.state_dir) / kLoginFile, access_to_text(stored));
}

} // namespace passerelle::cli
