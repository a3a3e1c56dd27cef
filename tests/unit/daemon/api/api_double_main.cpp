// SPDX-License-Identifier: AGPL-3.0-or-later
// The daemon's API over the service in memory: what a page, or a test in another language, can be tried against. Prints
// its port, and ends when its standard input does. usage: api-double SECRET [PORT]
#include "daemon/api/server.hpp"
#include "tests/unit/daemon/api/fake_service.hpp"

#include <iostream>
#include <string>

int main(int argc, char** argv) {
    if (argc < 2 || argc > 3) {
        std::cerr << "usage: api-double SECRET [PORT]\n";
        return 1;
    }
    passerelle::fakes::FakeService service;
    passerelle::api::ServerOptions options;
    options.pairing_secret = passerelle::Secret(argv[1]);
    if (argc == 3) options.port = static_cast<std::uint16_t>(std::stoi(argv[2]));
    passerelle::api::Server server(std::move(options), {service, service, service, service});
    if (const auto started = server.start(); !started) {
        std::cerr << started.error().code << '\n';
        return 1;
    }
    std::cout << server.port() << std::endl;
    std::string line;
    while (std::getline(std::cin, line)) {
    }
    server.stop();
    return 0;
}
