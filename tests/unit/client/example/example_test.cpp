// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/nextcloud_double.hpp"

#include <gtest/gtest.h>

int greet(const std::string& url, const std::string& user, const std::string& app_password);

namespace passerelle {

TEST(Example, StoresItsGreeting) {
    fakes::NextcloudDouble server;
    EXPECT_EQ(greet(server.url(), "alice", "app-password"), 0);
    EXPECT_EQ(server.bytes_of("Accueil/Bonjour.txt"), "Bienvenue !\n");
}

TEST(Example, SaysThatThePasswordIsWrong) {
    fakes::NextcloudDouble server;
    EXPECT_EQ(greet(server.url(), "alice", "wrong"), 1);
}

} // namespace passerelle
