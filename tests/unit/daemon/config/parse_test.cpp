// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/config/config.hpp"

#include <gtest/gtest.h>
#include <map>

namespace passerelle::config {

namespace {

std::map<std::string, std::string> parameters_of(const Error& error) {
    return {error.parameters.begin(), error.parameters.end()};
}

Error error_of(const std::string& toml) {
    const auto parsed = parse(toml, "/etc/passerelle/passerelle.toml");
    EXPECT_FALSE(parsed) << toml;
    return parsed ? Error(ErrorKind::job, "none", "") : parsed.error();
}

} // namespace

TEST(Config, WhatIsNotSaidStaysAsItIs) {
    auto expected = default_settings();
    expected.connections = 8;
    expected.language = "en";
    expected.ca_file = "/etc/ssl/own.pem";
    const auto parsed =
        parse("[server]\nconnections = 8\nca_file = '/etc/ssl/own.pem'\n[report]\nlanguage = 'en'\n", "x");
    EXPECT_EQ(parsed.value(), expected);
    EXPECT_EQ(parse("", "x").value(), default_settings());
}

TEST(Config, AnUnknownKeyIsNamedWithItsLineAndTheKnownOnes) {
    const auto error = error_of("\n[paths]\nstate_directory = '/x'\n");
    EXPECT_EQ(error.code, codes::config_unknown_key);
    const std::map<std::string, std::string> expected{{"file", "/etc/passerelle/passerelle.toml"},
                                                      {"line", "3"},
                                                      {"key", "paths.state_directory"},
                                                      {"allowed", "state_dir, scratch_dir"}};
    EXPECT_EQ(parameters_of(error), expected);
}

TEST(Config, AnUnknownSectionIsNamedWithTheKnownOnes) {
    for (const auto* toml : {"[serveur]\nconnections = 4\n", "connections = 4\n"}) {
        const auto error = error_of(toml);
        EXPECT_EQ(error.code, codes::config_unknown_key);
        EXPECT_EQ(parameters_of(error)["line"], "1");
        EXPECT_NE(parameters_of(error)["allowed"].find("[server]"), std::string::npos);
    }
}

TEST(Config, AWrongTypeIsAnsweredWithWhatIsAllowed) {
    for (const auto* toml :
         {"[server]\nconnections = '4'\n", "[server]\nconnections = 4.0\n", "[server]\nca_file = 4\n",
          "[report]\nlanguage = true\n", "server = 4\n", "[server.connections]\nmost = 4\n"})
        EXPECT_EQ(error_of(toml).code, codes::config_wrong_type) << toml;
    EXPECT_EQ(parameters_of(error_of("[server]\nconnections = '4'\n"))["allowed"], "1 … 32");
}

TEST(Config, BoundsBelongToWhatIsAllowed) {
    EXPECT_TRUE(parse("[server]\nconnections = 1\n", "x"));
    EXPECT_TRUE(parse("[server]\nconnections = 32\n", "x"));
    for (const auto* toml :
         {"[server]\nconnections = 0\n", "[server]\nconnections = 33\n", "[report]\nlanguage = 'de'\n"})
        EXPECT_EQ(error_of(toml).code, codes::config_out_of_bounds) << toml;
    EXPECT_EQ(parameters_of(error_of("[report]\nlanguage = 'de'\n"))["allowed"], "\"auto\", \"fr\", \"en\"");
}

TEST(Config, WhatIsNoTomlIsNamedWithItsLine) {
    const auto error = error_of("[server]\nconnections = \n");
    EXPECT_EQ(error.code, codes::config_syntax);
    EXPECT_EQ(parameters_of(error)["line"], "2");
    EXPECT_EQ(error_of("[server]\nconnections = 4\nconnections = 5\n").code, codes::config_syntax);
}

} // namespace passerelle::config
