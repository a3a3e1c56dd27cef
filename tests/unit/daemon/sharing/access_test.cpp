// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sharing/access.hpp"

#include "daemon/sharing/text.hpp"
#include "daemon/sharing/words.hpp"

#include <gtest/gtest.h>

namespace passerelle::sharing {

TEST(Access, PermissionBitsAreThoseOfNextcloud) {
    EXPECT_EQ(nextcloud_permissions(Right::none, true), 0u);
    EXPECT_EQ(nextcloud_permissions(Right::view, true), 1u);
    EXPECT_EQ(nextcloud_permissions(Right::comment, false), 1u);
    EXPECT_EQ(nextcloud_permissions(Right::edit, true), 15u);
    EXPECT_EQ(nextcloud_permissions(Right::edit, false), 3u);
    EXPECT_EQ(nextcloud_permissions(Right::manage, true), 31u);
    EXPECT_EQ(nextcloud_permissions(Right::manage, false), 19u);
}

TEST(Access, ThePersonIsTheAddressHoweverItIsWritten) {
    EXPECT_EQ(identity_of(user("Jeanne@Ex.org", "Jeanne")), identity_of(user("jeanne@ex.org")));
    EXPECT_EQ(identity_of(user("", "Hélène PETIT")), identity_of(user("", "helene  petit")));
    EXPECT_NE(identity_of(user("a@ex.org")), identity_of(group("", "a@ex.org")));
    EXPECT_NE(identity_of(user("", "x")), identity_of(group("x")));
}

TEST(Access, AddressesAreDoubted) {
    EXPECT_TRUE(is_email("a@b"));
    for (const auto* bad : {"", "a", "@b", "a@", "a b@c", "a@b@c", "<a@b>", "a\n@b"})
        EXPECT_FALSE(is_email(bad)) << bad;
    EXPECT_FALSE(is_email(std::string(320, 'a') + "@b"));
    EXPECT_EQ(domain_of("X@Ex.Org"), "ex.org");
}

TEST(Words, RightsInFrenchAndEnglish) {
    for (const auto* text :
         {"lecture", "LECTURE", "Lecteur", "read", "viewer", "Can view", "viewer_no_comment", "lecture seule"})
        EXPECT_EQ(right_from(text), Right::view) << text;
    for (const auto* text : {"commentaire", "Commenter", "comment", "lecture et commentaire", "viewer, comment"})
        EXPECT_EQ(right_from(text), Right::comment) << text;
    for (const auto* text :
         {"modification", "Écriture", "édition", "writer", "read/write", "lecture + modification", "Peut modifier"})
        EXPECT_EQ(right_from(text), Right::edit) << text;
    for (const auto* text : {"gestion", "gérer", "fileOrganizer", "Owner", "co-owner", "propriétaire"})
        EXPECT_EQ(right_from(text), Right::manage) << text;
    for (const auto* text : {"aucun", "no_access", "traverse", "None"})
        EXPECT_EQ(right_from(text), Right::none) << text;
    for (const auto* text : {"", "lectrue", "lecture et danse", "aucun et lecture", "/", "lecture/"})
        EXPECT_FALSE(right_from(text)) << text;
    EXPECT_FALSE(right_from(std::string(1 << 20, '/')));
}

TEST(Words, EveryRightReadsItsOwnWord) {
    for (const auto language : {Language::french, Language::english})
        for (const auto right : {Right::none, Right::view, Right::comment, Right::edit, Right::manage})
            EXPECT_EQ(right_from(right_word(right, language)), right);
}

TEST(Words, Days) {
    using namespace std::chrono;
    const sys_days day = 2027y / January / 31;
    for (const auto* text : {"2027-01-31", "31/01/2027", "31.1.2027", " 2027-01-31T23:00:00Z"})
        EXPECT_EQ(day_from(text), day) << text;
    for (const auto* text :
         {"", "2027-02-31", "31/13/2027", "demain", "1/2", "-1/2/2027", "99999999999/1/2027", "31/01/27"})
        EXPECT_FALSE(day_from(text)) << text;
    EXPECT_EQ(day_from(day_text(day)), day);
}

TEST(Words, People) {
    EXPECT_EQ(principal_from("Jeanne@ex.org"), user("jeanne@ex.org"));
    EXPECT_EQ(principal_from("Jeanne Petit <jeanne@ex.org>"), user("jeanne@ex.org", "Jeanne Petit"));
    EXPECT_EQ(principal_from("Jeanne Petit"), user("", "Jeanne Petit"));
    EXPECT_EQ(principal_from("Groupe : Bureau"), group("Bureau"));
    EXPECT_EQ(principal_from("group:<bureau@ex.org>"), group("", "bureau@ex.org"));
    EXPECT_EQ(principal_from("@ex.org"), domain("ex.org"));
    EXPECT_EQ(principal_from("Tout le monde")->kind, PrincipalKind::anyone);
    EXPECT_EQ(principal_from("anyone with the link")->kind, PrincipalKind::anyone_with_link);
    for (const auto* text : {"", " ", "jeanne@", "jeanne @ex.org", "groupe :"})
        EXPECT_FALSE(principal_from(text)) << text;
}

TEST(Text, FoldsWhatPeopleDoNotTellApart) {
    EXPECT_EQ(folded("  Droits d’Accès "), "droits d acces");
    EXPECT_EQ(folded("E-Mail_Address"), "e mail address");
    EXPECT_EQ(folded("\xff\xfe"), "\xff\xfe");
    EXPECT_EQ(cleaned("  a\nb\xff ", 10), "a b?");
    EXPECT_EQ(cleaned("éé", 3), "é");
}

} // namespace passerelle::sharing
