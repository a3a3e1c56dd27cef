// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/convert/converter.hpp"
#include "tests/unit/daemon/convert/office_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::convert {
namespace {

using tests::compound_file;

class Inspecting : public ::testing::Test {
  protected:
    /// The format and the codes of the obstacles: "doc", "xls convert.encrypted", " convert.not_a_document".
    std::string of(const std::string& bytes) {
        tests::write_file(file, bytes);
        return look();
    }
    std::string of(const tests::Parts& parts) {
        tests::write_zip(file, parts);
        return look();
    }
    std::string look() {
        const auto inspection = inspect(file, "document");
        if (!inspection) return inspection.error().code;
        std::string text = inspection->format;
        for (const Reason& reason : inspection->obstacles)
            text += " " + reason.code;
        return text;
    }
    tests::TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "document";
};

const std::string kNone = " convert.not_a_document";

std::string record(std::uint16_t type, std::uint16_t length) {
    std::string bytes;
    for (const int part : {type & 0xff, type >> 8, length & 0xff, length >> 8})
        bytes.push_back(static_cast<char>(part));
    return bytes + std::string(length, '\0');
}

TEST_F(Inspecting, TellsModernDocumentsByWhatTheyHold) {
    EXPECT_EQ(of(tests::docx("")), "docx");
    EXPECT_EQ(of(tests::xlsx("")), "xlsx");
    EXPECT_EQ(of(tests::pptx({"un"})), "pptx");
}

TEST_F(Inspecting, FindsMacrosInModernDocuments) {
    EXPECT_EQ(of(tests::docx("", {{"word/vbaProject.bin", "x"}})), "docx convert.macros");
}

TEST_F(Inspecting, FindsSignaturesInModernDocuments) {
    tests::Parts parts = tests::docx("");
    parts.emplace_back("_xmlsignatures/sig1.xml", "<Signature/>");
    EXPECT_EQ(of(parts), "docx convert.signed");
}

TEST_F(Inspecting, TellsOldDocumentsByTheirStreams) {
    EXPECT_EQ(of(compound_file({{"WordDocument", std::string(16, '\0')}})), "doc");
    EXPECT_EQ(of(compound_file({{"Workbook", record(0x0809, 16)}})), "xls");
    EXPECT_EQ(of(compound_file({{"PowerPoint Document", ""}, {"Current User", ""}})), "ppt");
    EXPECT_EQ(of("{\\rtf1 Bonjour}"), "rtf");
    EXPECT_EQ(of(std::string("\x09\x04\x06\x00\x00\x00\x10\x00", 8)), "xls") << "without a container, as Excel 4 wrote";
}

TEST_F(Inspecting, FindsPasswords) {
    std::string fib(16, '\0');
    fib[11] = 1;
    EXPECT_EQ(of(compound_file({{"WordDocument", fib}})), "doc convert.encrypted");
    EXPECT_EQ(of(compound_file({{"Workbook", record(0x0809, 16) + record(0x002F, 54)}})), "xls convert.encrypted");
    std::string user(16, '\0');
    user.replace(12, 4, "\xDF\xC4\xD1\xF3");
    EXPECT_EQ(of(compound_file({{"PowerPoint Document", ""}, {"Current User", user}})), "ppt convert.encrypted");
    EXPECT_EQ(of(compound_file({{"EncryptedPackage", ""}, {"EncryptionInfo", ""}})), " convert.encrypted");
}

TEST_F(Inspecting, FindsMacrosInOldDocuments) {
    EXPECT_EQ(of(compound_file({{"WordDocument", ""}, {"_VBA_PROJECT", ""}}, {"Macros", "VBA"})), "doc convert.macros");
    EXPECT_EQ(of(compound_file({{"Workbook", record(0x0809, 16)}}, {"_VBA_PROJECT_CUR"})), "xls convert.macros");
}

TEST_F(Inspecting, FindsSignaturesInOldDocuments) {
    EXPECT_EQ(of(compound_file({{"WordDocument", std::string(16, '\0')}, {"_signatures", ""}})), "doc convert.signed");
    EXPECT_EQ(of(compound_file({{"PowerPoint Document", ""}}, {"_xmlsignatures"})), "ppt convert.signed");
    EXPECT_EQ(of(compound_file({{"Something", "else"}}, {"_xmlsignatures"})), kNone);
}

TEST_F(Inspecting, WhatIsNoDocumentIsNone) {
    EXPECT_EQ(of("Just a text that is called .docx"), kNone);
    EXPECT_EQ(of(std::string()), kNone);
    EXPECT_EQ(of(tests::Parts{{"photo.jpg", "x"}}), kNone);
    EXPECT_EQ(of("PK\x03\x04 and then nothing of a zip"), kNone);
    EXPECT_EQ(of(compound_file({{"Something", "else"}})), kNone);
}

TEST_F(Inspecting, ADamagedContainerEndsAtEveryLength) {
    const std::string whole = compound_file({{"Workbook", record(0x0809, 16)}});
    for (std::size_t length = 8; length < whole.size(); length += 64) {
        const std::string found = of(whole.substr(0, length));
        EXPECT_TRUE(found == kNone || found == "xls") << length;
    }
}

TEST_F(Inspecting, TablesThatLeadInCirclesEnd) {
    std::string circle = compound_file({{"Workbook", record(0x0809, 16)}});
    for (std::size_t at = 512; at < 1024; at += 4)
        circle.replace(at, 4, std::string("\x01\0\0\0", 4));
    EXPECT_EQ(of(circle), "xls") << "each sector followed by sector 1";
    circle.replace(68, 8, std::string("\x01\0\0\0\xff\xff\xff\xff", 8));
    EXPECT_NE(of(circle), "") << "and a list of tables that goes on for ever";
}

TEST_F(Inspecting, AMissingFileIsAnError) {
    EXPECT_EQ(look(), codes::file_unreadable);
}

} // namespace
} // namespace passerelle::convert
