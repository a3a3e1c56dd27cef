// SPDX-License-Identifier: AGPL-3.0-or-later
// The sample goes to a real Nextcloud and to the double.
#include "tests/exports/sample.hpp"
#include "tests/nextcloud/both_servers.hpp"

#include <ctime>
#include <set>

namespace passerelle::program {
namespace {

class RealServerMigration : public BothServers {
  protected:
    void migrate(const Words& choices) {
        const auto exports = exports::write_sample_takeout(exports_.path(), exports::Locale::french);
        auto words = scene.migrate(exports, choices);
        words.insert(words.end(), {"--dest", folder()});
        for (int time = 1; time <= 2; ++time) // the second has nothing to do
            run_on_both(words, 0);
    }

  private:
    Folder exports_;
};

} // namespace

TEST_F(RealServerMigration, TheRealServerHoldsTheSameAsTheDouble) {
    const auto started = std::time(nullptr);
    migrate({"--convert", "none"});
    EXPECT_GT(expect_same_trees(started).size(), 80u);
}

TEST_F(RealServerMigration, TheRealServerHoldsTheSameNamesWhereDocumentsAreConverted) {
    migrate({});
    std::set<std::string> expected;
    std::set<std::string> actual;
    int converted = 0;
    for (const auto& [path, entry] : listing_of_double())
        expected.insert(path);
    for (const auto& [path, entry] : listing()) {
        actual.insert(path);
        converted += path.ends_with(".odt") || path.ends_with(".ods") || path.ends_with(".odp") ? 1 : 0;
    }
    EXPECT_EQ(actual, expected);
    EXPECT_GT(converted, 10);
}

} // namespace passerelle::program
