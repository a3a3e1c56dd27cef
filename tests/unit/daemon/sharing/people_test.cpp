// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/people.hpp"

#include "sharing_kit.hpp"

#include <gtest/gtest.h>

namespace passerelle::sharing {
namespace {

const Directory kDirectory{
    {{"alice", "alice@ex.org", "Alice Martin"}, {"bob", "bob@ex.org", "Bob"}, {"bob2", "", "Bob"}},
    {{"bureau", "Le bureau"}}};

std::vector<Person> people(const std::vector<Principal>& principals) {
    std::vector<Person> all;
    for (auto& match : match_people(principals, kDirectory))
        all.push_back({std::move(match)});
    return all;
}

Person decided(const Principal& principal, DecisionKind kind, const std::string& target, std::size_t problems = 0) {
    auto table = people({principal});
    EXPECT_EQ(decide(table, {{principal, {kind, target}}}, kDirectory).size(), problems);
    return table.at(0);
}

} // namespace

TEST(People, OnlyAnExactMatchNeedsNoDecision) {
    const auto table = people({user("alice@ex.org"), user("alice+x@ex.org"), user("x@out.org"), domain("ex.org")});
    EXPECT_EQ(recipient_of(table[0]), (Recipient{RecipientKind::user, "alice"}));
    EXPECT_EQ(recipient_of(table[1]), (Recipient{RecipientKind::undecided, "alice+x@ex.org"}));
    EXPECT_EQ(recipient_of(table[2]), (Recipient{RecipientKind::undecided, "x@out.org"}));
    EXPECT_EQ(recipient_of(table[3]), (Recipient{RecipientKind::domain, "ex.org"}));
}

TEST(People, EveryDecisionHasItsRecipient) {
    const auto outside = user("x@out.org", "X");
    using Kind = RecipientKind;
    EXPECT_EQ(recipient_of(decided(outside, DecisionKind::account, "alice")), (Recipient{Kind::user, "alice"}));
    EXPECT_EQ(recipient_of(decided(outside, DecisionKind::account, "ALICE@ex.org")), (Recipient{Kind::user, "alice"}));
    EXPECT_EQ(recipient_of(decided(outside, DecisionKind::account, "alice martin")), (Recipient{Kind::user, "alice"}));
    EXPECT_EQ(recipient_of(decided(outside, DecisionKind::group, "Le Bureau")), (Recipient{Kind::group, "bureau"}));
    EXPECT_EQ(recipient_of(decided(outside, DecisionKind::email, "")), (Recipient{Kind::email, "x@out.org"}));
    EXPECT_EQ(recipient_of(decided(outside, DecisionKind::guest, "y@out.org")), (Recipient{Kind::guest, "y@out.org"}));
    EXPECT_EQ(recipient_of(decided(group("Chœur"), DecisionKind::new_group, "")),
              (Recipient{Kind::new_group, "Chœur"}));
    EXPECT_EQ(recipient_of(decided(user("alice@ex.org"), DecisionKind::nobody, "")), std::nullopt);
    EXPECT_EQ(recipient_of(decided(user("alice+x@ex.org"), DecisionKind::account, "")),
              (Recipient{Kind::user, "alice"}));
}

TEST(People, ATargetThatIsNotCertainDecidesNothing) {
    const auto outside = user("", "X");
    const std::vector<Decision> uncertain{{DecisionKind::account, "zoe"}, {DecisionKind::account, ""},
                                          {DecisionKind::account, "Bob"}, {DecisionKind::group, "alice"},
                                          {DecisionKind::email, ""},      {DecisionKind::guest, "y@"}};
    for (const auto& [kind, target] : uncertain)
        EXPECT_EQ(recipient_of(decided(outside, kind, target, 1)), (Recipient{RecipientKind::undecided, "X"}))
            << target;
}

TEST(People, ReadsACorrectedTable) {
    const auto list = read_people_csv("qui;état;propositions;décision;vers\r\n"
                                      "x@out.org;extérieur;;Invité;\r\n"
                                      "groupe : Chœur;inconnu;;CRÉER le groupe;Chorale\r\n"
                                      "y@out.org;extérieur;;;alice\r\n"
                                      "z@out.org;extérieur;;;\r\n"
                                      "w@out.org;;;peut-être;\r\n"
                                      "w@;;;compte;bob\r\n");
    EXPECT_EQ(list.decisions, (std::vector<PersonDecision>{{user("x@out.org"), {DecisionKind::guest, ""}, 2},
                                                           {group("Chœur"), {DecisionKind::new_group, "Chorale"}, 3},
                                                           {user("y@out.org"), {DecisionKind::account, "alice"}, 4}}));
    EXPECT_EQ(codes_of(list.problems), (std::vector<std::string>{"people.decision_unknown", "share.who_unknown"}));
    EXPECT_EQ(parameter_of(list.problems[0], "line"), "6");
}

TEST(People, TheTableIsWrittenForAPerson) {
    auto table = people({user("alice@ex.org", "Alice"), user("x@out.org")});
    table[1].decision = {DecisionKind::email, "x@out.org"};
    EXPECT_EQ(people_csv(table, Language::french), "\xef\xbb\xbfqui;état;propositions;décision;vers\r\n"
                                                   "Alice <alice@ex.org>;trouvé;alice;;\r\n"
                                                   "x@out.org;extérieur;;e-mail;x@out.org\r\n");
}

TEST(People, WhatIsWrittenIsReadBack) {
    const std::vector<Decision> decisions{{},
                                          {DecisionKind::account, "alice"},
                                          {DecisionKind::group, "bureau"},
                                          {DecisionKind::new_group, "=Chœur; \"x\""},
                                          {DecisionKind::email, "x@out.org"},
                                          {DecisionKind::guest, "=y@out.org"},
                                          {DecisionKind::nobody, ""}};
    for (unsigned seed = 0; seed < 500; ++seed) {
        Dice dice(seed);
        std::vector<Principal> principals;
        for (std::size_t i = 0; i < 5; ++i) {
            const auto name = dice.text(4);
            principals.push_back(std::vector{user(std::to_string(i) + "@ex.org", name),
                                             group("g" + std::to_string(i) + name), domain("d" + std::to_string(i)),
                                             user("alice@ex.org", name)}[dice.below(4)]);
        }
        std::vector<NodeAccess> once{{"x", false, true, {}}};
        for (const auto& principal : principals)
            once.front().accesses.push_back({principal});
        auto table = people(principals_of(once));
        for (auto& person : table)
            person.decision = dice.one_of(decisions);
        const auto text = people_csv(table, dice.one_in(2) ? Language::french : Language::english);
        auto again = people(principals_of(once));
        const auto list = read_people_csv(text);
        ASSERT_TRUE(list.problems.empty()) << text;
        ASSERT_TRUE(decide(again, list.decisions, kDirectory).empty()) << text;
        ASSERT_EQ(again, table) << text;
    }
}

} // namespace passerelle::sharing
