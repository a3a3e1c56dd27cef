// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/matching.hpp"

#include "sharing_kit.hpp"

#include <gtest/gtest.h>

namespace passerelle::sharing {
namespace {

const Directory kDirectory{{{"alice", "Alice@ex.org", "Alice Martin"},
                            {"alice", "a.martin@ex.org", "Alice Martin"},
                            {"bob", "bob.dupont@gmail.com", "Bob Dupont"},
                            {"bob2", "", "DUPONT Bob"},
                            {"helene", "helene@ex.org", "Hélène Petit"},
                            {"twin1", "twin@ex.org", "Twin"},
                            {"twin2", "twin@ex.org", "Twin"}},
                           {{"bureau", "Bureau"}, {"ca", "Conseil d'administration"}, {"admin", "admin"}}};

Match match(const Principal& principal) {
    const auto matches = match_people({principal}, kDirectory);
    EXPECT_EQ(matches.size(), 1u);
    return matches.at(0);
}

void expect(const Principal& principal, MatchState state, std::vector<std::string> ids, std::string code) {
    const auto found = match(principal);
    std::vector<std::string> found_ids;
    for (const auto& candidate : found.candidates)
        found_ids.push_back(candidate.id);
    EXPECT_EQ(found.state, state) << shown(principal);
    EXPECT_EQ(found_ids, ids) << shown(principal);
    EXPECT_EQ(found.reason.code, code) << shown(principal);
}

} // namespace

TEST(Matching, AnAddressIsExactWithoutCase) {
    expect(user("ALICE@EX.ORG"), MatchState::found, {"alice"}, "");
    expect(user("a.martin@ex.org"), MatchState::found, {"alice"}, "");
    expect(user("bob.dupont@gmail.com", "Hélène Petit"), MatchState::found, {"bob"}, "");
}

TEST(Matching, WhatIsOnlyLikelyIsSuggested) {
    expect(user("bobdupont@gmail.com"), MatchState::suggested, {"bob"}, "people.suggested_address");
    expect(user("Bob.Dupont+asso@googlemail.com"), MatchState::suggested, {"bob"}, "people.suggested_address");
    expect(user("alice+drive@ex.org"), MatchState::suggested, {"alice"}, "people.suggested_address");
    expect(user("hp@elsewhere.org", "PETIT  Helene"), MatchState::suggested, {"helene"}, "people.suggested_name");
    expect(user("", "Hélène Petit"), MatchState::suggested, {"helene"}, "people.suggested_name");
    expect(user("", "bureau"), MatchState::suggested, {"bureau"}, "people.suggested_name");
}

TEST(Matching, DotsCountElsewhereThanAtGmail) {
    expect(user("al.ice@ex.org"), MatchState::unknown, {}, "people.unknown");
    expect(user("+@ex.org"), MatchState::unknown, {}, "people.unknown");
}

TEST(Matching, SeveralAreAmbiguous) {
    expect(user("twin@ex.org"), MatchState::ambiguous, {"twin1", "twin2"}, "people.ambiguous");
    expect(user("b@elsewhere.org", "Bob Dupont"), MatchState::ambiguous, {"bob", "bob2"}, "people.ambiguous");
    EXPECT_EQ(parameter_of(match(user("twin@ex.org")).reason, "count"), "2");
}

TEST(Matching, OutsidersAreOfADomainThatNoAccountHas) {
    expect(user("new@ex.org"), MatchState::unknown, {}, "people.unknown");
    expect(user("new@Gmail.com"), MatchState::unknown, {}, "people.unknown");
    expect(user("x@school.org", "X"), MatchState::outsider, {}, "people.outsider");
    expect(user("", "Nobody Here"), MatchState::unknown, {}, "people.unknown");
}

TEST(Matching, GroupsByName) {
    expect(group("BUREAU"), MatchState::found, {"bureau"}, "");
    expect(group("conseil d'administration"), MatchState::found, {"ca"}, "");
    expect(group("Conseil d’Administration"), MatchState::suggested, {"ca"}, "people.suggested_name");
    expect(group("Le bureau", "bureau@ex.org"), MatchState::suggested, {"bureau"}, "people.suggested_address");
    expect(group("Chorale"), MatchState::unknown, {}, "people.group_unknown");
    expect(group("", "chorale@ex.org"), MatchState::unknown, {}, "people.group_unknown");
}

TEST(Matching, TheServersAdministratorsAreNeverFoundByTheirName) {
    expect(group("Admin"), MatchState::suggested, {"admin"}, "people.suggested_name");
}

TEST(Matching, ADomainIsAQuestionAndTheWholeWorldIsNobody) {
    expect(domain("ex.org"), MatchState::unknown, {}, "people.domain");
    EXPECT_TRUE(
        match_people({{PrincipalKind::anyone, {}, {}}, {PrincipalKind::anyone_with_link, {}, {}}}, kDirectory).empty());
}

TEST(Matching, NothingMatchesAnEmptyDirectory) {
    for (const auto& match : match_people({user("a@b"), user("", "x"), group("g")}, {}))
        EXPECT_TRUE(match.candidates.empty());
}

} // namespace passerelle::sharing
