// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/jobs/export_groups.hpp"
#include "tests/unit/daemon/jobs/sharing_job.hpp"
#include "tests/unit/daemon/jobs/workbench.hpp"

#include <gmock/gmock.h>

namespace passerelle::jobs {
namespace {

using journal::ShareState;
using sharing::DecisionKind;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

constexpr const char* kTeam = "Le bureau";

/// The folder Bureau, which bob and carol write in, is to be shared with a Team; the letter is bob's alone.
class TeamJob : public SharingJob {
  protected:
    TeamJob() {
        plan::Choices chosen;
        chosen.teams["Bureau"] = kTeam;
        job = new_job("export-with-teams", chosen);
    }
    void fill() {
        const auto both = sidecar({{"alice@ex.org", "owner"}, {"bob@ex.org", "writer"}, {"carol@ex.org", "writer"}});
        folder("Bureau", both);
        file("Bureau/pv.txt", both);
        file("lettre.txt", sidecar({{"alice@ex.org", "owner"}, {"bob@ex.org", "reader"}}));
    }
    [[nodiscard]] Lines members() const { return server.teams.at(kTeam); }
    static Lines codes_of(const sharing::SharePlan& plan) {
        Lines codes;
        for (const auto& remark : plan.remarks)
            codes.push_back(remark.reason.code);
        return codes;
    }
};

} // namespace

TEST_F(TeamJob, GetsTheFolderInThePlaceOfItsPeople) {
    fill();
    const auto applied = apply(plan());
    EXPECT_EQ(server.given(), (Lines{"Drive/Bureau id of Le bureau 15", "Drive/lettre.txt bob 1"}));
    EXPECT_THAT(members(), UnorderedElementsAre("moi", "bob", "carol"));
    ASSERT_EQ(states(applied.lines), std::vector(2, ShareState::made));
    EXPECT_EQ(applied.lines[0].shown(), kTeam);
    EXPECT_EQ(applied.lines[0].recipient, "id of Le bureau");
    EXPECT_EQ(journal->shares(job.id).value(), applied.lines);
}

TEST_F(TeamJob, ApplyingAgainChangesNothing) {
    fill();
    const auto first = apply(plan());
    server.changes.clear();
    const auto second = apply(plan());
    EXPECT_EQ(server.changes, Lines{});
    EXPECT_EQ(second.lines, first.lines);
    EXPECT_TRUE(second.no_longer_wanted.empty());
}

TEST_F(TeamJob, WhoseMakingWasNotHeardOfIsTheSameTeam) {
    fill();
    server.forgets_teams = true;
    EXPECT_FALSE(apply_shares(job, plan(), tools(), choices, {}));
    server.forgets_teams = false;
    (void)apply(plan());
    EXPECT_EQ(std::ranges::count(server.changes, "create_team Le bureau"), 1);
    EXPECT_THAT(members(), UnorderedElementsAre("moi", "bob", "carol"));
}

TEST_F(TeamJob, ThatWasRefusedAndThenMadeHasOneLine) {
    fill();
    server.team_refusal = Error(ErrorKind::item, codes::share_refused, "no Teams today");
    EXPECT_EQ(states(apply(plan()).lines), (std::vector{ShareState::refused, ShareState::made}));
    server.team_refusal.reset();
    const auto applied = apply(plan());
    EXPECT_EQ(states(applied.lines), std::vector(2, ShareState::made));
    EXPECT_EQ(journal->shares(job.id).value().size(), 2u) << "what the report lists";
}

TEST_F(TeamJob, ThatStoodThereBeforeTakesNobodyIn) {
    fill();
    server.teams[kTeam] = {"moi", "alice", "bob", "dora"};
    const auto planned = plan();
    EXPECT_THAT(codes_of(planned), Contains(codes::share_team_members_also)) << "dora would see it, too";
    (void)apply(planned);
    EXPECT_EQ(server.given(),
              (Lines{"Drive/Bureau carol 15", "Drive/Bureau id of Le bureau 15", "Drive/lettre.txt bob 1"}));
    EXPECT_THAT(members(), ElementsAre("moi", "alice", "bob", "dora"));
}

TEST_F(TeamJob, WhoWasTakenOutIsPutBackOnlyWhenAskedFor) {
    fill();
    (void)apply(plan());
    std::erase(server.teams[kTeam], "carol");
    const auto left = apply(plan());
    EXPECT_THAT(members(), UnorderedElementsAre("moi", "bob"));
    EXPECT_TRUE(has(left.lines[0], codes::share_team_member_removed));
    choices.again = true;
    const auto back = apply(plan());
    EXPECT_THAT(members(), UnorderedElementsAre("moi", "bob", "carol"));
    EXPECT_TRUE(back.lines[0].reasons.empty());
}

TEST_F(TeamJob, ThatSomebodyRemovedIsMadeAgainOnlyWhenAskedFor) {
    fill();
    (void)apply(plan());
    server.teams.clear();
    std::erase_if(server.shares, [](const auto& share) { return share.type == nextcloud::ShareType::team; });
    server.changes.clear();
    const auto left = apply(plan());
    EXPECT_EQ(server.changes, Lines{});
    EXPECT_EQ(left.lines[0].state, ShareState::gone);
    EXPECT_TRUE(has(left.lines[0], codes::share_removed_since));
    choices.again = true;
    EXPECT_EQ(apply(plan()).lines[0].state, ShareState::made);
    EXPECT_THAT(server.changes, Contains("create_team Le bureau"));
}

TEST_F(TeamJob, WhomTheServerDoesNotTakeIsTold) {
    fill();
    server.strangers = {"carol"};
    const auto applied = apply(plan());
    EXPECT_EQ(applied.lines[0].state, ShareState::made);
    EXPECT_TRUE(has(applied.lines[0], codes::share_team_member_refused));
}

TEST_F(TeamJob, HasTheMembersOfTheExportsGroup) {
    job = new_job("export-with-groups", {},
                  {{"Chœur", "choeur@ex.org", {{false, "bob@ex.org"}, {true, "altos@ex.org"}, {false, "x@loin.org"}}},
                   {"Altos", "altos@ex.org", {{false, "carol@ex.org"}}}});
    const std::string group = R"({"permissions":[{"type":"user","role":"owner","email_address":"alice@ex.org"},)"
                              R"({"type":"group","role":"writer","name":"Chœur"}]})";
    folder("Partitions", group);
    const auto undecided = plan();
    EXPECT_TRUE(undecided.shares.empty());
    ASSERT_EQ(undecided.proposals.size(), 1u);

    const auto planned = plan({{sharing::group("Chœur"), {DecisionKind::new_team, ""}}});
    EXPECT_THAT(codes_of(planned), Contains(codes::share_group_members_unknown)) << "x@loin.org";
    (void)apply(planned);
    EXPECT_EQ(server.given(), Lines{"Drive/Partitions id of Chœur 15"});
    EXPECT_THAT(server.teams.at("Chœur"), UnorderedElementsAre("moi", "bob", "carol"));
    server.changes.clear();
    (void)apply(plan());
    EXPECT_EQ(server.changes, Lines{}) << "the decision was kept, and nothing is left to do";
}

TEST_F(TeamJob, AGroupThatIsCreatedHasThemToo) {
    job = new_job("export-with-groups", {}, {{"Chœur", "choeur@ex.org", {{false, "bob@ex.org"}}}});
    folder("Partitions",
           R"({"permissions":[{"type":"group","role":"writer","name":"Chœur","email_address":"choeur@ex.org"}]})");
    (void)apply(plan({{sharing::group("Chœur", "choeur@ex.org"), {DecisionKind::new_group, "Chorale"}}}));
    EXPECT_THAT(server.changes,
                ElementsAre("create_group Chorale", "add_to_group Chorale bob", "create Drive/Partitions Chorale 15"));
}

TEST_F(TeamJob, OneOfThatNameStaysAsItIsAndWhoIsNotInItIsTold) {
    job = new_job("export-with-groups", {},
                  {{"Chœur", "choeur@ex.org", {{false, "bob@ex.org"}, {false, "carol@ex.org"}}}});
    folder("Partitions", R"({"permissions":[{"type":"group","role":"writer","name":"Chœur"},)"
                         R"({"type":"user","role":"writer","email_address":"carol@ex.org"}]})");
    server.teams["Chœur"] = {"moi", "dora"};
    const auto applied = apply(plan({{sharing::group("Chœur"), {DecisionKind::new_team, ""}}}));
    EXPECT_THAT(server.teams.at("Chœur"), ElementsAre("moi", "dora"));
    EXPECT_EQ(server.given(), (Lines{"Drive/Partitions carol 15", "Drive/Partitions id of Chœur 15"}))
        << "carol keeps what was hers";
    EXPECT_TRUE(
        std::ranges::any_of(applied.lines, [](const auto& line) { return has(line, codes::share_team_stood_before); }));
}

TEST_F(TeamJob, AGroupThatIsThereTakesNobodyIn) {
    job = new_job("export-with-groups", {}, {{"Bureau", "bureau@ex.org", {{false, "bob@ex.org"}}}});
    folder(
        "Comptes",
        R"({"permissions":[{"type":"group","role":"writer","name":"Association","email_address":"bureau@ex.org"}]})");
    (void)apply(plan({{sharing::group("Association", "bureau@ex.org"), {DecisionKind::new_group, "bureau"}}}));
    EXPECT_EQ(server.changes, Lines{"create Drive/Comptes bureau 15"});
}

TEST(ExportGroups, AreReadFromWhereTheirTwoFilesLie) {
    MemorySource source;
    const auto add = [&](const std::string& path, const std::string& text) {
        auto& item = source.add_file(path, text);
        item.product = Product::other;
        item.product_folder = path.substr(0, path.find('/'));
    };
    source.add_file("Bureau/members.csv", "somebody's own file, and no group");
    add("Autre/members.csv", "sans info.csv");
    add("Groups/bureau@example.org/info.csv", "Group Email,Description\r\nbureau@example.org,\"\"\r\n");
    add("Groups/bureau@example.org/members.csv",
        "Group Email,Member Email,Member Name,Member Type\r\nbureau@example.org,jeanne@example.org,,USER\r\n"
        "bureau@example.org,altos@example.org,,GROUP\r\nbureau@example.org,?,,USER\r\n");
    const auto found = export_groups(source);
    ASSERT_EQ(found.groups.size(), 1u);
    EXPECT_EQ(found.groups[0].email, "bureau@example.org");
    const std::vector<journal::ExportMember> members{{false, "jeanne@example.org"}, {true, "altos@example.org"}};
    EXPECT_EQ(found.groups[0].members, members);
    EXPECT_EQ(google_groups(found.groups)[0].members[1], sharing::group({}, "altos@example.org"));
    ASSERT_EQ(found.problems.size(), 1u);
    EXPECT_EQ(found.problems[0].code, codes::share_member_unknown);
}

} // namespace passerelle::jobs
