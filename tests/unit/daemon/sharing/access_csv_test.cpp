// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/access_csv.hpp"

#include "daemon/sharing/paths.hpp"
#include "daemon/sharing/text.hpp"
#include "sharing_kit.hpp"

#include <gtest/gtest.h>
#include <map>
#include <set>

namespace passerelle::sharing {
namespace {

using Codes = std::vector<std::string>;

AccessList sound(std::string_view text) {
    auto list = read_access_csv(text);
    EXPECT_TRUE(list.problems.empty()) << (list.problems.empty() ? "" : list.problems.front().code);
    return list;
}

std::vector<NodeAccess> random_list(Dice& dice) {
    std::vector<NodeAccess> nodes;
    std::set<std::string> paths;
    for (auto count = dice.below(6); count > 0; --count) {
        NodeAccess node{plain_path(dice.text(6)), dice.one_in(2)};
        if (node.path.empty() || !paths.insert(node.path).second) continue;
        std::set<std::string> people;
        for (auto held = 1 + dice.below(4); held > 0; --held) {
            Access access;
            const auto name = dice.text(3);
            access.principal = std::vector<Principal>{user("a@ex.org", name),
                                                      user("", name),
                                                      group(name, dice.one_in(2) ? "g@ex.org" : ""),
                                                      domain(name),
                                                      {PrincipalKind::anyone, {}, {}},
                                                      {PrincipalKind::anyone_with_link, {}, {}}}[dice.below(6)];
            const bool nameless = access.principal.name.empty() && access.principal.email.empty();
            if (nameless && access.principal.kind < PrincipalKind::anyone) continue;
            if (!people.insert(identity_of(access.principal)).second) continue;
            access.right = static_cast<Right>(dice.below(5));
            access.may_download = !dice.one_in(3);
            if (dice.one_in(3)) access.expires = std::chrono::sys_days(std::chrono::days(dice.below(40'000)));
            if (dice.one_in(3)) access.note = dice.text(8);
            node.accesses.push_back(access);
        }
        if (!node.accesses.empty()) nodes.push_back(node);
    }
    return nodes;
}

} // namespace

TEST(AccessCsv, ReadsWhatAPersonWrites) {
    const auto list = sound("Dossier;Qui;Droits\r\n"
                            "Budget;jeanne@ex.org;Lecture\r\n"
                            "/Budget/2024/;\"Paul <paul@ex.org>\";modification\r\n"
                            "Budget;groupe : Bureau;gestion\r\n");
    ASSERT_EQ(list.nodes.size(), 2u);
    EXPECT_EQ(list.nodes[0].path, "Budget");
    EXPECT_FALSE(list.nodes[0].complete);
    ASSERT_EQ(list.nodes[0].accesses.size(), 2u);
    EXPECT_EQ(list.nodes[0].accesses[0], (Access{user("jeanne@ex.org"), Right::view}));
    EXPECT_EQ(list.nodes[0].accesses[1], (Access{group("Bureau"), Right::manage}));
    EXPECT_EQ(list.nodes[1].path, "Budget/2024");
    EXPECT_TRUE(list.nodes[1].is_folder);
    EXPECT_EQ(list.nodes[1].accesses[0], (Access{user("paul@ex.org", "Paul"), Right::edit}));
}

TEST(AccessCsv, ReadsEveryWayOfWritingTheSame) {
    const auto expected = sound("folder,who,rights\nÉté,a@ex.org,read\n").nodes;
    ASSERT_EQ(expected.size(), 1u);
    for (const std::string_view text :
         {"\xef\xbb\xbf"
          "dossier;qui;droits\nÉté;a@ex.org;lecture",
          "Dossier\tQui\tDroits\r\nÉté\ta@ex.org\tLECTURE\r\n", "dossier;qui;droits\r\xc9t\xe9;A@EX.org;lecteur\r",
          "Été;a@ex.org;lecture\n", "Droits;Qui;Dossier\nread;a@ex.org;/Été\n"})
        EXPECT_EQ(sound(text).nodes, expected) << text;
}

TEST(AccessCsv, NoLineIsLostInSilence) {
    const auto list = read_access_csv("dossier;qui;droits;téléchargement;expiration\n"
                                      "A;a@ex.org;danser\n"
                                      "A;a@;lecture\n"
                                      ";a@ex.org;lecture\n"
                                      "A;;lecture\n"
                                      "A;a@ex.org\n"
                                      "A;a@ex.org;lecture;peut-être\n"
                                      "A;a@ex.org;lecture;oui;demain\n"
                                      "A;b@ex.org;modification\n"
                                      "A;b@ex.org;lecture\n");
    EXPECT_EQ(codes_of(list.problems),
              (Codes{"share.right_unknown", "share.who_unknown", "share.line_incomplete", "share.line_incomplete",
                     "share.line_incomplete", "share.answer_unknown", "share.date_unknown", "share.line_twice"}));
    for (std::size_t i = 0; i < 7; ++i)
        EXPECT_EQ(parameter_of(list.problems[i], "line"), std::to_string(i + 2));
    ASSERT_EQ(list.nodes.size(), 1u);
    EXPECT_EQ(list.nodes[0].accesses, (std::vector<Access>{{user("b@ex.org"), Right::view}}));
}

TEST(AccessCsv, DownloadExpiryAndNote) {
    using namespace std::chrono;
    const auto list = sound("dossier;qui;droits;note;expire le\n"
                            "A;a@ex.org;lecture sans téléchargement;Bonjour;31/12/2027\n");
    EXPECT_EQ(list.nodes[0].accesses[0],
              (Access{user("a@ex.org"), Right::view, false, sys_days(2027y / December / 31), "Bonjour"}));
}

TEST(AccessCsv, ReadsDropboxReportsByTheirTitles) {
    const auto list =
        sound("\"Shared folder name\",\"Path\",\"Owner email\",\"Member email\",\"Member name\",\"Access type\"\n"
              "Projets,/Equipe/Projets,chef@ex.org,Lea@ex.org,Léa,Editor\n"
              "Projets,/Equipe/Projets,chef@ex.org,max@ex.org,Max,viewer_no_comment\n");
    ASSERT_EQ(list.nodes.size(), 1u);
    EXPECT_EQ(list.nodes[0].path, "Equipe/Projets");
    EXPECT_EQ(list.nodes[0].accesses, (std::vector<Access>{{user("lea@ex.org", "Léa"), Right::edit},
                                                           {user("max@ex.org", "Max"), Right::view}}));
    const auto french = sound("Nom du dossier partagé;Nom du groupe;Adresse e-mail du membre;Autorisations\n"
                              "Projets;Bureau;;Peut modifier\nProjets;;lea@ex.org;Peut consulter\n");
    EXPECT_EQ(french.nodes[0].accesses,
              (std::vector<Access>{{group("Bureau"), Right::edit}, {user("lea@ex.org"), Right::view}}));
}

TEST(AccessCsv, ATableOfSomethingElseIsRefused) {
    const auto list = read_access_csv("Date;Montant\n2024;12\n");
    EXPECT_EQ(codes_of(list.problems), Codes{"share.columns_unknown"});
    EXPECT_EQ(parameter_of(list.problems[0], "columns"), "Date, Montant");
}

TEST(AccessCsv, NoCellIsAFormula) {
    NodeAccess node{"=A1", true, false, {{user("", "=cmd|' /C calc'!A0"), Right::view, true, {}, "+1"}}};
    for (const auto language : {Language::french, Language::english}) {
        const auto table = access_csv({node}, language);
        EXPECT_EQ(table.find("\n="), std::string::npos);
        for (const std::string_view separator : {";", ","})
            for (const std::string_view formula : {"=", "+", "-", "@"})
                EXPECT_EQ(table.find(std::string(separator) + std::string(formula)), std::string::npos);
    }
}

TEST(AccessCsv, WhatIsWrittenIsReadBack) {
    std::size_t written = 0;
    for (unsigned seed = 0; seed < 500; ++seed) {
        Dice dice(seed);
        const auto nodes = random_list(dice);
        const auto language = dice.one_in(2) ? Language::french : Language::english;
        written += nodes.size();
        ASSERT_EQ(sound(access_csv(nodes, language)).nodes, nodes) << access_csv(nodes, language);
    }
    EXPECT_GT(written, 500u);
}

} // namespace passerelle::sharing
