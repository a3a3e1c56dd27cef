// SPDX-License-Identifier: AGPL-3.0-or-later
// nextcloud-double: the double as a program, for demonstrations and scripts. Prints its URL when it is ready; ends at
// SIGTERM.
#include "tests/fakes/nextcloud_double.hpp"

#include <CLI/CLI.hpp>
#include <csignal>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace {

std::string first_line_of(const std::string& file) {
    std::ifstream in(file);
    std::string line;
    if (!std::getline(in, line)) throw std::runtime_error("cannot read " + file);
    return line;
}

/// "Bureau=aicha,jeanne"
void join(passerelle::fakes::DoubleOptions& options, const std::string& group) {
    const auto equals = group.find('=');
    if (equals == std::string::npos) throw std::runtime_error("no members: " + group);
    std::istringstream members(group.substr(equals + 1));
    for (std::string member; std::getline(members, member, ',');)
        for (auto& account : options.accounts)
            if (account.user == member) account.groups.push_back(group.substr(0, equals));
}

void add_others(passerelle::fakes::DoubleOptions& options, const std::vector<std::string>& others,
                const std::vector<std::string>& groups) {
    for (const auto& user : others)
        options.accounts.push_back({.user = user, .app_password = options.accounts.front().app_password});
    for (const auto& group : groups)
        join(options, group);
}

} // namespace

int main(int argc, char** argv) {
    passerelle::fakes::DoubleOptions options;
    auto& account = options.accounts.front();
    std::string folder;
    std::string password_file;
    std::vector<std::string> others;
    std::vector<std::string> groups;
    CLI::App app{"A Nextcloud for demonstrations: it listens on 127.0.0.1 and keeps one account's files in a folder."};
    app.add_option("--dir", folder, "keeps the files here; in memory without it");
    app.add_option("--port", options.port, "0: any free port");
    app.add_option("--user", account.user, "login name")->capture_default_str();
    app.add_option("--password-file", password_file, "file with the app password; without it: " + account.app_password);
    app.add_option("--account", others, "another account, with the same password; its files are in memory");
    app.add_option("--group", groups, "NAME=ACCOUNT[,ACCOUNT]: a group and its members");
    app.add_option("--mail-domain", options.mail_domain, "of the accounts' addresses")->capture_default_str();
    app.add_option("--version", options.version, "28, 29, 32, 33 or 34")->capture_default_str();
    app.add_flag("--windows-names", options.windows_names, "refuse names that Windows cannot store");
    app.add_flag("--companion", options.companion, "the companion app is installed");
    app.add_flag("--control", options.control, "serve /_double/fault and its siblings");
    CLI11_PARSE(app, argc, argv);

    // Blocked before any thread starts, so that only sigwait() below sees them.
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);
    try {
        if (!folder.empty()) account.folder = folder;
        if (!password_file.empty()) account.app_password = first_line_of(password_file);
        add_others(options, others, groups);
        const passerelle::fakes::NextcloudDouble server(options);
        std::cout << server.url() << std::endl;
        int signal = 0;
        sigwait(&ending, &signal);
    } catch (const std::exception& error) {
        std::cerr << "nextcloud-double: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
