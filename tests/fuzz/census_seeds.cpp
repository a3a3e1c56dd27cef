// SPDX-License-Identifier: AGPL-3.0-or-later
// census_seeds FOLDER: writes the documents to begin with, wrapped as census_fuzzer.cpp says.
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxSeed = 64 * 1024; ///< larger ones only slow the fuzzer down

constexpr std::array<std::pair<char, const char*>, 6> kContents = {{
    {1,
     "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/><w:numPr><w:numId "
     "w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>Bilan</w:t></w:r>"
     "<w:ins><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType=\"end\"/>"
     "</w:r></w:ins></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"},
    {2, "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Loyer</t></is></c><c r=\"B1\"><v>850.5</v></c>"
        "<c r=\"C1\" t=\"e\"><f t=\"shared\" si=\"0\">TODAY()*12</f><v>#N/A</v></c></row>"},
    {3, "Bilan</a:t></a:r><a:fld type=\"slidenum\"><a:t>1</a:t></a:fld><a:r><a:t>"},
    {4,
     "<text:h text:outline-level=\"1\">Bilan<text:note><text:note-body><text:p>a</text:p></text:note-body></text:note>"
     "</text:h><table:table><table:table-row><table:table-cell/></table:table-row></table:table>"},
    {5, "<table:table table:name=\"Budget\"><table:table-row table:number-rows-repeated=\"3\"><table:table-cell "
        "table:formula=\"of:=SUM([.A1])\" office:value-type=\"float\" office:value=\"1\" "
        "table:number-columns-repeated=\"2\"/></table:table-row></table:table>"},
    {6, "<draw:page><draw:frame><draw:text-box><text:p>Bilan</text:p></draw:text-box></draw:frame><presentation:notes/>"
        "</draw:page>"},
}};

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) return EXIT_FAILURE;
    const fs::path folder = argv[1];
    for (const auto& [wrapping, content] : kContents)
        std::ofstream(folder / ("content-" + std::to_string(int{wrapping})), std::ios::binary) << wrapping << content;
    for (const auto& document : fs::directory_iterator(PASSERELLE_SAMPLE_DOCUMENTS)) {
        if (!document.is_regular_file() || document.file_size() > kMaxSeed) continue;
        std::ostringstream bytes;
        bytes << std::ifstream(document.path(), std::ios::binary).rdbuf();
        std::ofstream(folder / document.path().filename(), std::ios::binary) << '\0' << bytes.str();
    }
    return EXIT_SUCCESS;
}
