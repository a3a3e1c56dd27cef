// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/config/config.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <unistd.h>

namespace passerelle::config {

namespace {

namespace fs = std::filesystem;

Environment environment_of(std::map<std::string, std::string> variables) {
    return [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second;
    };
}

class ConfigFile : public testing::Test {
  protected:
    ConfigFile() {
        std::string pattern = fs::temp_directory_path() / "passerelle-config-XXXXXX";
        home_ = mkdtemp(pattern.data());
    }
    ~ConfigFile() override { fs::remove_all(home_); }

    fs::path write(const fs::path& relative, const std::string& toml) {
        fs::create_directories((home_ / relative).parent_path());
        std::ofstream(home_ / relative) << toml;
        return home_ / relative;
    }

    fs::path home_;
};

} // namespace

TEST_F(ConfigFile, TheOneThatIsAskedForGoesFirst) {
    const auto asked = write("asked.toml", "[server]\nconnections = 1\n");
    const auto named = write("named.toml", "[server]\nconnections = 2\n");
    write(".config/passerelle/passerelle.toml", "[server]\nconnections = 3\n");
    const auto person = environment_of({{"HOME", home_}});
    const auto both = environment_of({{"HOME", home_}, {"PASSERELLE_CONFIG", named}});
    EXPECT_EQ(load(asked, both)->connections, 1);
    EXPECT_EQ(load({}, both)->connections, 2);
    EXPECT_EQ(load({}, person)->connections, 3);
    write("xdg/passerelle/passerelle.toml", "[server]\nconnections = 5\n");
    EXPECT_EQ(load({}, environment_of({{"HOME", home_}, {"XDG_CONFIG_HOME", home_ / "xdg"}}))->connections, 5);
}

TEST_F(ConfigFile, OneThatIsNamedMustExist) {
    const auto missing = home_ / "missing.toml";
    const auto by_option = load(missing, environment_of({}));
    ASSERT_FALSE(by_option);
    EXPECT_EQ(by_option.error().code, codes::config_not_found);
    EXPECT_EQ(load({}, environment_of({{"PASSERELLE_CONFIG", missing}})).error().code, codes::config_not_found);
    EXPECT_EQ(load(home_, environment_of({})).error().code, codes::config_unreadable) << "a folder";
}

TEST_F(ConfigFile, AMistakeInItIsReported) {
    EXPECT_EQ(load(write("a.toml", "x = 1\n"), environment_of({})).error().code, codes::config_unknown_key);
}

TEST_F(ConfigFile, TheStateDirectoryFollowsItsRule) {
    const auto file = write("a.toml", "[paths]\nstate_dir = '/from/file'\n");
    const auto empty = write("b.toml", "");
    std::map<std::string, std::string> variables;
    const auto state_dir = [&](const fs::path& config) { return load(config, environment_of(variables))->state_dir; };
    EXPECT_EQ(state_dir(empty), "/var/lib/passerelle");
    variables["HOME"] = "/home/jeanne";
    EXPECT_EQ(state_dir(empty), "/home/jeanne/.local/state/passerelle");
    variables["XDG_STATE_HOME"] = "relative";
    EXPECT_EQ(state_dir(empty), "/home/jeanne/.local/state/passerelle");
    variables["XDG_STATE_HOME"] = "/state";
    EXPECT_EQ(state_dir(empty), "/state/passerelle");
    variables["STATE_DIRECTORY"] = "/var/lib/passerelle:/var/lib/other";
    EXPECT_EQ(state_dir(empty), "/var/lib/passerelle");
    EXPECT_EQ(state_dir(file), "/from/file");
    variables["PASSERELLE_STATE_DIR"] = "/from/environment";
    EXPECT_EQ(state_dir(file), "/from/environment");
}

TEST_F(ConfigFile, WhatLiesInTheStateDirectoryMovesWithIt) {
    auto settings =
        load(write("a.toml", "[log]\nfile = '/var/log/p.jsonl'\n"), environment_of({{"HOME", "/h"}})).value();
    EXPECT_EQ(settings.scratch_dir, "/h/.local/state/passerelle/scratch");
    EXPECT_EQ(settings.log_file, "/var/log/p.jsonl");
    move_state(settings, "/elsewhere");
    EXPECT_EQ(settings.state_dir, "/elsewhere");
    EXPECT_EQ(settings.scratch_dir, "/elsewhere/scratch");
    EXPECT_EQ(settings.log_file, "/var/log/p.jsonl");
    EXPECT_EQ(load(write("b.toml", ""), environment_of({{"HOME", "/h"}}))->log_file,
              "/h/.local/state/passerelle/log/passerelle.jsonl");
}

} // namespace passerelle::config
