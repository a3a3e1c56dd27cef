// SPDX-License-Identifier: AGPL-3.0-or-later
// A long transition: the same account is exported again and again, while people work on both sides.
#include "core/reason_codes.hpp"
#include "tests/exports/office.hpp"
#include "tests/exports/takeout.hpp"
#include "tests/fakes/raw_client.hpp"
#include "tests/program/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

namespace passerelle::program {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

class Transition : public ::testing::Test {
  protected:
    Scene scene;
    std::map<std::string, std::string> drive{{"Bureau/CR.txt", "ordre du jour"},
                                             {"Bureau/Budget.txt", "comptes"},
                                             {"Photos/affiche.png", "une affiche"},
                                             {"Photos/film.mov", std::string(6 << 20, 'f')}};

    Outcome export_and(const std::string& command, const Words& more = {}) {
        exports::TakeoutBuilder takeout;
        for (const auto& [path, bytes] : drive)
            takeout.file("Drive/" + path, bytes);
        auto words = scene.migrate(takeout.write(scene.folder().path() / ("export-" + std::to_string(++exports_))),
                                   {"--dest", "Asso"});
        words.front() = command;
        words.insert(words.end(), more.begin(), more.end());
        scene.server.forget_requests();
        return scene.run(std::move(words));
    }
    /// Somebody works on the server.
    void edit_here(const std::string& path, const std::string& bytes) const {
        fakes::RawClient client(scene.server.url());
        const auto answer = client.send("PUT", "/remote.php/dav/files/alice/" + path,
                                        {{"Authorization", fakes::basic_authorization("alice", kPassword)}}, bytes);
        ASSERT_TRUE(answer);
        ASSERT_LT(answer->status, 300);
    }
    std::uint64_t size_of(const std::string& path) const {
        const auto tree = scene.server.tree();
        const auto found = tree.find(path);
        return found == tree.end() ? 0 : found->second.size;
    }
    /// Codes by source path of the migration that was begun last.
    std::multimap<std::string, std::string> reasons() const { return scene.ledger(scene.newest_job()).reasons; }

    static constexpr const char* kPassword = "app-password";

  private:
    int exports_ = 0;
};

} // namespace

TEST_F(Transition, WhatHasNotChangedIsNotSentAgain) {
    ASSERT_EQ(export_and("migrate").exit_code, 0);
    const auto again = export_and("sync");
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_THAT(changes(scene.server), IsEmpty());
    EXPECT_THAT(reasons(), Contains(Pair("Photos/film.mov", codes::delta_unchanged)));
    scene.expect_tidy();
}

TEST_F(Transition, BothSidesGoOnAndNothingIsLost) {
    ASSERT_EQ(export_and("migrate").exit_code, 0);
    edit_here("Asso/Bureau/Budget.txt", "comptes, revus ici");
    drive["Bureau/Budget.txt"] = "comptes, revus là-bas";
    drive["Photos/film.mov"] = std::string(7 << 20, 'g');
    drive["Bureau/Comptes rendus/CR.txt"] = drive.extract("Bureau/CR.txt").mapped();
    drive["Bureau/nouveau.txt"] = "nouveau";
    drive.erase("Photos/affiche.png");

    const auto plan = export_and("plan", {"--sync"});
    EXPECT_EQ(plan.exit_code, 0) << plan.err;
    EXPECT_THAT(plan.out, HasSubstr("moved: 1"));
    EXPECT_THAT(changes(scene.server), IsEmpty());

    const auto again = export_and("sync");
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(size_of("Asso/Bureau/Budget.txt"), 18u);
    EXPECT_EQ(size_of("Asso/Bureau/Budget (2).txt"), std::string("comptes, revus là-bas").size());
    EXPECT_EQ(size_of("Asso/Photos/film.mov"), 7u << 20);
    EXPECT_EQ(size_of("Asso/Bureau/Comptes rendus/CR.txt"), 13u);
    EXPECT_EQ(size_of("Asso/Bureau/CR.txt"), 0u);
    EXPECT_EQ(size_of("Asso/Bureau/nouveau.txt"), 7u);
    EXPECT_EQ(size_of("Asso/Photos/affiche.png"), 11u);
    const auto told = reasons();
    EXPECT_THAT(told, Contains(Pair("Bureau/Budget.txt", codes::delta_changed_here)));
    EXPECT_THAT(told, Contains(Pair("Photos/film.mov", codes::delta_replaced)));
    EXPECT_THAT(told, Contains(Pair("Bureau/Comptes rendus/CR.txt", codes::delta_moved)));
    EXPECT_THAT(told, Contains(Pair("Photos/affiche.png", codes::delta_gone_from_source)));
    scene.expect_tidy();

    const auto trashing = export_and("sync", {"--gone", "trash"});
    EXPECT_EQ(trashing.exit_code, 0) << trashing.err;
    EXPECT_EQ(size_of("Asso/Photos/affiche.png"), 0u);
    EXPECT_EQ(size_of("Asso/Bureau/Budget.txt"), 18u);
}

} // namespace passerelle::program
