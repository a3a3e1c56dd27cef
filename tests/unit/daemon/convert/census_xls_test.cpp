// SPDX-License-Identifier: AGPL-3.0-or-later
// Workbooks of the old binary format, record by record, against what became of them.
#include "core/reason_codes.hpp"
#include "tests/unit/daemon/convert/biff_builder.hpp"
#include "tests/unit/daemon/convert/old_documents.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::convert {
namespace {

using ::testing::ElementsAre;
using namespace tests;

class OldWorkbook : public OldDocuments {
  protected:
    OldWorkbook() : OldDocuments("xls", "spreadsheet") {}
    std::optional<Census> count(const std::string& stream, const std::string& name = "Workbook") {
        return count_streams({{name, stream}});
    }
    std::optional<SheetCensus> sheet(const std::string& records, const std::string& globals = {}) {
        auto census = count(workbook({{"Budget", records}}, globals));
        if (!census) return std::nullopt;
        return std::move(census->sheets.at(0));
    }
    std::vector<Reason> compared(const std::string& stream, const std::string& content) {
        return OldDocuments::compared(std::vector<Stream>{{"Workbook", stream}}, content);
    }
};

WordList words(std::initializer_list<std::string_view> texts) {
    WordList list;
    for (const auto text : texts) {
        list.add(text);
        list.end_word();
    }
    return list;
}

/// "A1 12.5", "B1 'Loyer'" as a hash, "C1 error"; "=" before what a formula shows, "~" before what may change.
std::vector<std::string> cells(const SheetCensus& sheet) {
    std::vector<std::string> shown;
    for (const Cell& cell : sheet.cells) {
        std::string text = to_string(cell.address()) + (cell.may_change ? " ~" : cell.has_formula ? " =" : " ");
        if (cell.kind == Cell::Kind::number)
            text += fmt::format("{}", cell.number());
        else
            text += cell.kind == Cell::Kind::error ? "error" : fmt::format("{:x}", cell.content);
        shown.push_back(text);
    }
    return shown;
}
std::string hashed(std::string_view text) {
    return fmt::format("{:x}", hash_of_words(text));
}

const Reason kLessCertain = less_certain();

std::string row(const std::string& cells) {
    return "<table:table-row>" + cells + "</table:table-row>";
}
std::string ods_number(const std::string& value) {
    return R"(<table:table-cell office:value-type="float" office:value=")" + value + "\"/>";
}
std::string ods_text(const std::string& text, const std::string& inside = {}) {
    return "<table:table-cell office:value-type=\"string\">" + inside + "<text:p>" + text +
           "</text:p></table:table-cell>";
}
std::string table(const std::string& rows, const std::string& name = "Budget") {
    return "<table:table table:name=\"" + name + "\">" + rows + "</table:table>";
}

TEST_F(OldWorkbook, IsFaithfulWhenItsCellsAreThere) {
    const std::string stream =
        workbook({{"Budget", text_cell(0, 0, 0) + number_cell(0, 1, 12.5) + object(0x19, 7) +
                                 object_text("Voir le contrat") + biff(0x001C, little(0, 6) + little(7, 2))}},
                 shared_strings({"Loyer"}));
    const std::string remark = "<office:annotation><text:p>Voir le contrat</text:p></office:annotation>";
    EXPECT_THAT(compared(stream, table(row(ods_text("Loyer", remark) + ods_number("12.5")))),
                ElementsAre(kLessCertain));
    EXPECT_THAT(compared(stream, table(row(ods_text("Loyer") + ods_number("12.5")))),
                ElementsAre(gone(codes::convert_comments_lost), kLessCertain));
    EXPECT_THAT(
        compared(stream, table(row(ods_text("Loyer", remark)))),
        ElementsAre(Reason(codes::convert_cell_values_differ, {{"sheet", "Budget"}, {"count", "1"}, {"cells", "B1"}}),
                    kLessCertain));
    EXPECT_THAT(
        compared(stream, table(row(ods_text("Loyers", remark) + ods_number("12.5")))),
        ElementsAre(Reason(codes::convert_cell_texts_differ, {{"sheet", "Budget"}, {"count", "1"}, {"cells", "A1"}}),
                    kLessCertain));
    EXPECT_THAT(compared(stream, table(row(ods_text("Loyer", remark) + ods_number("12.5"))) + table("", "Autre")),
                ElementsAre(Reason(codes::convert_sheets_differ, {{"before", "1"}, {"after", "2"}}), kLessCertain));
}

TEST_F(OldWorkbook, TheCopyOfALinkedSheetIsNoSheet) {
    const std::string copy = R"(<table:table table:name="'file:///a.xls'#B" table:style-name="ta_extref">)" +
                             row(ods_number("3")) + "</table:table>";
    EXPECT_THAT(compared(workbook({{"Budget", number_cell(0, 0, 1)}}), table(row(ods_number("1"))) + copy),
                ElementsAre(kLessCertain));
}

TEST_F(OldWorkbook, CountsItsNumbersRowByRow) {
    const auto rk = [](std::uint32_t value) { return little(0, 2) + little(value, 4); };
    const std::string many =
        biff(0x00BD, little(1, 2) + little(0, 2) + rk(5 << 2 | 2) + rk(0x3FF00000) + rk(1234 << 2 | 3) + little(2, 2));
    const std::string truth = biff(0x0205, little(2, 2) + little(0, 4) + little(1, 1) + little(0, 1));
    const std::string error = biff(0x0205, little(2, 2) + little(1, 4) + little(7, 1) + little(1, 1));
    const std::string single = biff(0x027E, little(0, 2) + little(3, 2) + rk(0xFFFFFFFE));
    const auto found = sheet(many + single + number_cell(0, 2, 0.25) + truth + error);
    ASSERT_TRUE(found);
    EXPECT_THAT(cells(*found), ElementsAre("C1 0.25", "D1 -1", "A2 5", "B2 1", "C2 12.34", "A3 1", "B3 error"));
}

TEST_F(OldWorkbook, CountsWhatFormulasShow) {
    const auto found =
        sheet(formula_cell(0, 0, 42) + other_formula_cell(0, 1, 0) + biff(0x0207, biff_text("oui")) +
              other_formula_cell(0, 2, 1, 1) + other_formula_cell(0, 3, 2, 7) + other_formula_cell(0, 4, 3));
    ASSERT_TRUE(found);
    EXPECT_THAT(cells(*found), ElementsAre("A1 =42", "B1 =" + hashed("oui"), "C1 =1", "D1 =error", "E1 =0"));
}

TEST_F(OldWorkbook, OnlyTheFirstCellOfAnArrayHasItsFormula) {
    const std::string first_cell("\x01\x00\x00\x00\x00", 5);
    const std::string array = biff(0x0221, std::string(14, '\0'));
    const auto found = sheet(formula_cell(0, 0, 1, first_cell) + array + formula_cell(1, 0, 2, first_cell));
    ASSERT_TRUE(found);
    EXPECT_THAT(cells(*found), ElementsAre("A1 =1", "A2 2"));
}

TEST_F(OldWorkbook, EachCellOfASharedFormulaHasIt) {
    const std::string first_cell("\x01\x00\x00\x00\x00", 5);
    const std::string shared = biff(0x04BC, std::string(10, '\0'));
    const auto found = sheet(formula_cell(0, 0, 1, first_cell) + shared + formula_cell(1, 0, 2, first_cell));
    ASSERT_TRUE(found);
    EXPECT_THAT(cells(*found), ElementsAre("A1 =1", "A2 =2"));
}

TEST_F(OldWorkbook, WhatChangesByItselfIsNotCompared) {
    const auto found = sheet(formula_cell(0, 0, 45000, std::string("\x19\x01\x00\x00", 4)));
    ASSERT_TRUE(found);
    EXPECT_THAT(cells(*found), ElementsAre("A1 ~45000"));
}

TEST_F(OldWorkbook, JoinsSharedStringsOverRecords) {
    // "Été" begins narrow and goes on wide; then a text with formats and a pronunciation, divided within these.
    const std::string first = little(2, 4) + little(2, 4) + little(4, 2) + '\0' + "\xC9t";
    const std::string second = std::string("\x01\xE9\x00\xAC\x20", 5) + little(2, 2) + std::string("\x0C", 1) +
                               little(1, 2) + little(6, 4) + "ok" + "ru";
    const std::string third = "ns" + std::string(6, 'x');
    const auto found = sheet(text_cell(0, 0, 0) + text_cell(0, 1, 1),
                             biff(0x00FC, first) + biff(0x003C, second) + biff(0x003C, third));
    ASSERT_TRUE(found);
    EXPECT_THAT(cells(*found), ElementsAre("A1 " + hashed("Été€"), "B1 " + hashed("ok")));
}

TEST_F(OldWorkbook, CountsWhatStandsBesideTheCells) {
    const std::string range = little(0, 2) + little(1, 2) + little(0, 2) + little(1, 2);
    const std::string one_cell = std::string(8, '\0');
    const std::string embedded = little(0x09, 2) + little(2, 2) + little(0, 2);
    const std::string control = little(0x08, 2) + little(2, 2) + little(0x10, 2);
    const std::string chart = biff(0x0809, little(0x0600, 2) + little(0x20, 2) + std::string(12, '\0')) +
                              number_cell(0, 0, 99) + biff(0x000A, {});
    const std::string beside = biff(0x00E5, little(2, 2) + range + one_cell) + object(0x08, 1) +
                               object(0x08, 2, embedded) + object(0x08, 3, control) + object(0x06, 4) +
                               object_text("Zone libre") + object(0x07, 5) + object_text("Cliquez") + object(0x0B, 6) +
                               chart + biff(0x01B8, std::string(28, '\0') + little(1, 4)) +
                               biff(0x01B8, std::string(28, '\0') + little(8, 4)) + biff(0x01BE, little(1, 4)) +
                               biff(0x01BE, little(0, 4)) + biff(0x01B0, {}) + biff(0x00B0, {});
    const auto census =
        count(workbook({{"Budget", beside}, {"Secret", "", 1}, {"Courbe", number_cell(0, 0, 1), 0, 0x20}}));
    ASSERT_TRUE(census);
    EXPECT_FALSE(census->is_certain);
    const std::vector<std::pair<Fact, std::uint64_t>> expected = {
        {Fact::merged_cells, 1}, {Fact::pictures, 1},     {Fact::embedded_objects, 1}, {Fact::form_fields, 1},
        {Fact::charts, 2},       {Fact::links, 1},        {Fact::validations, 1},      {Fact::conditional_formats, 1},
        {Fact::pivot_tables, 1}, {Fact::hidden_sheets, 1}};
    for (const auto& [fact, times] : expected)
        EXPECT_EQ(census->facts.get(fact), times) << "fact " << static_cast<int>(fact);
    EXPECT_EQ(census->asides.words(), words({"Zone", "libre"}).words());
    ASSERT_EQ(census->sheets.size(), 3u);
    EXPECT_THAT(cells(census->sheets[0]), ElementsAre()) << "a chart keeps a copy of its numbers";
    EXPECT_THAT(cells(census->sheets[2]), ElementsAre());
    EXPECT_EQ(census->sheets[1].name, "Secret");
}

TEST_F(OldWorkbook, WordArtIsText) {
    const auto art = [](int version, int instance, std::uint16_t type, const std::string& body) {
        return little(static_cast<std::uint64_t>(instance << 4 | version), 2) + little(type, 2) +
               little(body.size(), 4) + body;
    };
    const auto drawing = [&](std::uint32_t length) {
        const std::string entries = little(0x80C0, 2) + little(length, 4) + little(0x00FF, 2) + little(0x4000, 4);
        const std::string text("F\0\xEA\0t\0e\0", 8);
        const std::string shape = art(0, 136, 0xF00A, std::string(8, '\0')) + art(3, 2, 0xF00B, entries + text);
        return biff(0x00EC, art(0xF, 0, 0xF002, art(0xF, 0, 0xF004, shape)) + "rest");
    };
    const auto census = count(workbook({{"Budget", drawing(8)}, {"Mensonge", drawing(0xFFFFFFFF)}}));
    ASSERT_TRUE(census);
    EXPECT_EQ(census->asides.words(), words({"Fête", "Fête"}).words());
}

TEST_F(OldWorkbook, CountsTheWordsItIsPrintedWith) {
    const std::string header = "&L&\"Arial,Gras\"&14Budget &&co&C&KFF0000R\xE9union&RPage &P/&N";
    const auto census = count(workbook({{"Budget", biff(0x0014, biff_text(header)) + biff(0x0015, "")}}));
    ASSERT_TRUE(census);
    EXPECT_EQ(census->running.words(), words({"Budget", "&co", "Réunion", "Page", "/"}).words());
    EXPECT_THAT(compared(workbook({{"Budget", biff(0x0014, biff_text("&CBudget"))}}), table("")),
                ElementsAre(Reason(codes::convert_header_words_lost, {{"missing", "1"}}),
                            gone(codes::convert_headers_lost), kLessCertain));
}

TEST_F(OldWorkbook, AHeaderMayEndWithinACode) {
    for (const std::string header : {"&", "&K12", "&\"Arial", "&14", "&L"}) {
        const auto census = count(workbook({{"Budget", biff(0x0014, biff_text(header))}}));
        ASSERT_TRUE(census) << header;
        EXPECT_THAT(census->running.words(), ElementsAre()) << header;
    }
}

TEST_F(OldWorkbook, ReadsExcel95InItsCodePage) {
    const std::string label = biff(0x0204, little(0, 6) + little(3, 2) + "\xF7\xE0\xF1");
    const auto census = count(workbook({{"\xCB\xE8\xF1\xF2", label}}, biff(0x0042, little(1251, 2)), 0x0500), "Book");
    ASSERT_TRUE(census);
    EXPECT_EQ(census->sheets[0].name, "Лист");
    EXPECT_THAT(cells(census->sheets[0]), ElementsAre("A1 " + hashed("час")));
    EXPECT_FALSE(census->facts.get(Fact::pictures)) << "cannot be told from other objects there";
}

TEST_F(OldWorkbook, IsNotCountedWhenSomethingIsMissing) {
    const std::string stream = workbook({{"Budget", text_cell(0, 0, 0)}}, shared_strings({"Loyer"}));
    EXPECT_TRUE(count(stream));
    EXPECT_FALSE(count(workbook({{"Budget", text_cell(0, 0, 1)}}, shared_strings({"Loyer"}))));
    EXPECT_FALSE(count(workbook({})));
    EXPECT_FALSE(count(workbook({{"Budget", biff(0x0203, "short")}})));
    EXPECT_FALSE(count(workbook({{"Budget", ""}}, biff(0x00FC, little(2, 4) + little(2, 4) + biff_text("un")))));
    // The last end of a sheet is cut off, and the stream is full of zeros from there on.
    EXPECT_FALSE(count(stream.substr(0, stream.size() - 4)));
}

TEST_F(OldWorkbook, SheetsThatShareTheirRecordsAreARefusedCircle) {
    std::string records;
    for (int i = 0; i < 200; ++i)
        records += number_cell(i, 0, i);
    std::string stream = workbook({{"Un", records}, {"Deux", ""}, {"Trois", ""}});
    ASSERT_TRUE(count(stream));
    const std::size_t first = stream.find("Un") - 8;
    const std::size_t second = stream.find("Deux") - 8;
    const std::size_t third = stream.find("Trois") - 8;
    for (const std::size_t other : {second, third})
        stream.replace(other, 4, stream.substr(first, 4));
    EXPECT_FALSE(count(stream));
}

} // namespace
} // namespace passerelle::convert
