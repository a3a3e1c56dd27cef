// SPDX-License-Identifier: AGPL-3.0-or-later
// Whatever bytes an export or a person sends: every reader ends, and what it understood can be written and read again.
#include "daemon/sharing/access_csv.hpp"
#include "daemon/sharing/access_readers.hpp"
#include "daemon/sharing/differences.hpp"
#include "daemon/sharing/people.hpp"
#include "daemon/sharing/share_plan.hpp"
#include "daemon/sharing/text.hpp"
#include "sharing_kit.hpp"

#include <gtest/gtest.h>

namespace passerelle::sharing {
namespace {

const std::vector<std::string> kSeeds{
    R"({"permissions":[{"type":"user","role":"reader","additional_roles":["commenter"],"email_address":"j@ex.org",
        "name":"Jeanne","deleted":false},{"type":"anyone","role":"writer","with_link":true}],"viewers_can_download":false})",
    R"([{"users":[{"access_type":{".tag":"editor"},"user":{"email":"a@ex.org","display_name":"Aé"}}],
        "groups":[{"access_type":{".tag":"viewer"},"group":{"group_name":"G"}}],"invitees":[]}])",
    "dossier;qui;droits;téléchargement;expiration;note\n/A/;\"Zoé <z@ex.org>\";lecture;oui;2027-01-31;'=x\n"
    "A/B;groupe : Bureau;lecture, commentaire;non;;\n/=C;personne : L. <x>;aucun;;;\"a\"\"b\nc\"\n",
    "Path,Member email,Group name,Access type\n/P/Q,m@ex.org,,Can edit\n/P,,Bureau,owner\n",
    "qui;état;propositions;décision;vers\nx@out.org;extérieur;;invité;\ngroupe : G;inconnu;;créer;=G\n",
};

std::string damaged(Dice& dice, std::string text) {
    static const std::vector<std::string> kPieces{
        "\"", ";", ",",  "\t",      "\n",           "\r",     "'",         "=", "{", "}",
        "[",  "]", ":",  "\xff",    "\xc3",         "é",      "e\xcc\x81", "/", "<", ">",
        "@",  " ", "\\", "\\u0000", "\xe2\x80\xae", "sep=,\n"};
    for (auto count = 1 + dice.below(6); count > 0; --count) {
        const auto at = dice.below(text.size() + 1);
        if (dice.one_in(3))
            text.erase(at, dice.below(8));
        else
            text.insert(at, dice.one_of(kPieces));
    }
    return text;
}

void expect_rewritable(const std::vector<NodeAccess>& nodes, const std::string& text) {
    const auto table = access_csv(nodes, Language::french);
    ASSERT_TRUE(is_utf8(table)) << text;
    const auto again = read_access_csv(table);
    ASSERT_TRUE(again.problems.empty()) << again.problems.front().code << "\n" << text << "\n" << table;
    ASSERT_EQ(again.nodes, nodes) << text << "\n" << table;
}

} // namespace

TEST(Hostile, EveryReaderEndsAndWhatItUnderstoodIsWrittenAndReadBack) {
    std::size_t understood = 0;
    for (unsigned seed = 0; seed < 4000; ++seed) {
        Dice dice(seed);
        const auto text = damaged(dice, dice.one_of(kSeeds));
        const auto table = read_access_csv(text);
        ASSERT_NO_FATAL_FAILURE(expect_rewritable(table.nodes, text));
        auto nodes = table.nodes;
        for (auto& list : {read_sidecar_access(text, "A/x", false), read_dropbox_members(text, "A")})
            nodes.insert(nodes.end(), list.nodes.begin(), list.nodes.end());
        ASSERT_NO_FATAL_FAILURE(expect_rewritable(differences_of(nodes), text));
        understood += principals_of(nodes).size();
        (void)plan_shares({nodes, {}, {}, "me"});

        std::vector<Person> people;
        for (auto& match : match_people(principals_of(nodes), {{{"j", "j@ex.org", "Jeanne"}}, {{"g", "G"}}}))
            people.push_back({std::move(match)});
        EXPECT_TRUE(is_utf8(people_csv(people, Language::english)));
        for (const auto& decision : read_people_csv(text).decisions)
            EXPECT_GT(decision.line, 0u);
        const auto google = read_google_group(text, text, "g");
        EXPECT_FALSE(google.group.name.empty());
    }
    EXPECT_GT(understood, 1500u);
}

} // namespace passerelle::sharing
