// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/daemon/convert/office_files.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <zip.h>

namespace passerelle::convert::tests {
namespace {

constexpr const char* kXml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
const std::string kTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const std::string kMains = "http://schemas.openxmlformats.org/";

std::string relationships(const std::vector<std::pair<std::string, std::string>>& types_and_targets) {
    std::string xml =
        std::string(kXml) + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    int id = 0;
    for (const auto& [type, target] : types_and_targets) {
        xml += "<Relationship Id=\"rId" + std::to_string(++id) + "\" Type=\"" + kTypes + "/" + type + "\" Target=\"" +
               target + "\"/>";
    }
    return xml + "</Relationships>";
}

Parts package(const std::string& main_part, const std::string& type, const Parts& overrides = {}) {
    std::string types = std::string(kXml) +
                        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                        "<Default Extension=\"rels\" "
                        "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>";
    Parts all = overrides;
    all.emplace_back(main_part, type);
    for (const auto& [part, of] : all) {
        types += "<Override PartName=\"/" + part + "\" ContentType=\"application/vnd.openxmlformats-officedocument." +
                 of + "+xml\"/>";
    }
    return {{"[Content_Types].xml", types + "</Types>"},
            {"_rels/.rels", relationships({{"officeDocument", main_part}})}};
}

void put16(std::string& bytes, std::size_t at, std::uint32_t value) {
    bytes[at] = static_cast<char>(value & 0xff);
    bytes[at + 1] = static_cast<char>(value >> 8 & 0xff);
}

void put32(std::string& bytes, std::size_t at, std::uint32_t value) {
    put16(bytes, at, value & 0xffff);
    put16(bytes, at + 2, value >> 16);
}

} // namespace

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "passerelle-convert-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::filesystem::remove_all(path_);
}

void write_file(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream stream(file, std::ios::binary);
    stream << bytes;
    if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

void write_zip(const std::filesystem::path& file, const Parts& parts) {
    zip_t* zip = ::zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    if (!zip) throw std::runtime_error("cannot write " + file.string());
    for (const auto& [name, bytes] : parts) {
        zip_source_t* source = ::zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
        const zip_int64_t index = ::zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        const bool stored = name == "mimetype";
        ::zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0);
    }
    if (::zip_close(zip) != 0) throw std::runtime_error("cannot write " + file.string());
}

Parts docx(const std::string& body, const Parts& more) {
    std::vector<std::pair<std::string, std::string>> targets;
    Parts overrides;
    for (const auto& part : more) {
        if (!part.first.starts_with("word/")) continue;
        const std::string file = part.first.substr(5);
        const std::string type = file.substr(0, file.find_first_of("0123456789."));
        targets.emplace_back(type, file);
        overrides.emplace_back(part.first, "wordprocessingml." + type);
    }
    Parts parts = package("word/document.xml", "wordprocessingml.document.main", overrides);
    parts.emplace_back("word/document.xml", std::string(kXml) + "<w:document xmlns:w=\"" + kMains +
                                                "wordprocessingml/2006/main\" xmlns:r=\"" + kTypes + "\"><w:body>" +
                                                body + "</w:body></w:document>");
    parts.emplace_back("word/_rels/document.xml.rels", relationships(targets));
    parts.insert(parts.end(), more.begin(), more.end());
    return parts;
}

Parts xlsx(const std::string& rows) {
    const std::string space = "xmlns=\"" + kMains + "spreadsheetml/2006/main\"";
    Parts parts = package("xl/workbook.xml", "spreadsheetml.sheet.main",
                          {{"xl/worksheets/sheet1.xml", "spreadsheetml.worksheet"}});
    parts.emplace_back("xl/workbook.xml", std::string(kXml) + "<workbook " + space + " xmlns:r=\"" + kTypes +
                                              "\"><sheets><sheet name=\"Budget\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
                                              "</workbook>");
    parts.emplace_back("xl/_rels/workbook.xml.rels", relationships({{"worksheet", "worksheets/sheet1.xml"}}));
    parts.emplace_back("xl/worksheets/sheet1.xml",
                       std::string(kXml) + "<worksheet " + space + "><sheetData>" + rows + "</sheetData></worksheet>");
    return parts;
}

Parts pptx(const std::vector<std::string>& slides) {
    const std::string spaces = " xmlns:p=\"" + kMains + "presentationml/2006/main\" xmlns:a=\"" + kMains +
                               "drawingml/2006/main\" xmlns:r=\"" + kTypes + "\">";
    Parts overrides;
    Parts targets;
    Parts files;
    std::string ids;
    for (std::size_t i = 1; i <= slides.size(); ++i) {
        const std::string name = "slides/slide" + std::to_string(i) + ".xml";
        overrides.emplace_back("ppt/" + name, "presentationml.slide");
        targets.emplace_back("slide", name);
        ids += "<p:sldId id=\"" + std::to_string(255 + i) + "\" r:id=\"rId" + std::to_string(i) + "\"/>";
        files.emplace_back("ppt/" + name,
                           kXml + ("<p:sld" + spaces) + "<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/>" +
                               "<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/><p:sp><p:nvSpPr><p:cNvPr id=\"2\" " +
                               "name=\"T\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>" +
                               "<a:ext cx=\"3000000\" cy=\"900000\"/></a:xfrm><a:prstGeom prst=\"rect\"/></p:spPr>" +
                               "<p:txBody><a:bodyPr/><a:p><a:r><a:t>" + slides[i - 1] +
                               "</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>");
    }
    Parts parts = package("ppt/presentation.xml", "presentationml.presentation.main", overrides);
    parts.emplace_back("ppt/presentation.xml", kXml + ("<p:presentation" + spaces) + "<p:sldIdLst>" + ids +
                                                   "</p:sldIdLst><p:sldSz cx=\"9144000\" cy=\"6858000\"/>" +
                                                   "<p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>");
    parts.emplace_back("ppt/_rels/presentation.xml.rels", relationships(targets));
    parts.insert(parts.end(), files.begin(), files.end());
    return parts;
}

Parts opendocument(const std::string& kind, const std::string& content, const std::string& master) {
    const std::string oasis = "urn:oasis:names:tc:opendocument:xmlns:";
    std::string spaces;
    for (const std::string name : {"office", "text", "table", "style", "presentation", "manifest"}) {
        spaces += " xmlns:" + name + "=\"" + oasis + name + ":1.0\"";
    }
    spaces += " xmlns:officeooo=\"http://openoffice.org/2009/office\"";
    spaces += " xmlns:meta=\"" + oasis + "meta:1.0\"";
    spaces += " xmlns:draw=\"" + oasis + "drawing:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"";
    const std::string type = "application/vnd.oasis.opendocument." + kind;
    return {{"mimetype", type},
            {"content.xml", kXml + ("<office:document-content" + spaces) + "><office:body><office:" + kind + ">" +
                                content + "</office:" + kind + "></office:body></office:document-content>"},
            {"styles.xml", kXml + ("<office:document-styles" + spaces) + "><office:master-styles>" + master +
                               "</office:master-styles></office:document-styles>"},
            {"META-INF/manifest.xml", kXml + ("<manifest:manifest" + spaces) +
                                          "><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"" +
                                          type + "\"/></manifest:manifest>"}};
}

Reason gone(std::string_view code, std::uint64_t before, std::uint64_t after) {
    return Reason(code, {{"before", std::to_string(before)},
                         {"after", std::to_string(after)},
                         {"gone", std::to_string(before - std::min(before, after))}});
}

std::string compound_file(const std::vector<Stream>& streams, const std::vector<std::string>& storages) {
    constexpr std::size_t kSector = 512;
    constexpr std::size_t kSmallest = 4096; // shorter streams would stand in the mini stream
    constexpr std::uint32_t kEnd = 0xFFFFFFFE;
    constexpr std::uint32_t kFree = 0xFFFFFFFF;
    const std::size_t entries = 1 + streams.size() + storages.size();
    const std::size_t directory_sectors = (entries + 3) / 4;
    std::size_t sectors_in_all = directory_sectors;
    for (const Stream& stream : streams)
        sectors_in_all += (std::max(stream.bytes.size(), kSmallest) + kSector - 1) / kSector;
    // A sector of the table maps 128 sectors, its own among them; the header can name 109 of the table.
    const std::size_t table_sectors = (sectors_in_all + 126) / 127;

    // The table, then the directory, then the streams one after the other.
    std::string table(table_sectors * kSector, '\xff');
    std::string directory(directory_sectors * kSector, '\0');
    std::string data;
    for (std::size_t i = 0; i < table_sectors; ++i)
        put32(table, 4 * i, 0xFFFFFFFD);
    const auto chain = [&](std::size_t first, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            put32(table, 4 * (first + i), i + 1 < count ? static_cast<std::uint32_t>(first + i + 1) : kEnd);
        }
    };
    chain(table_sectors, directory_sectors);
    std::size_t entry = 0;
    const auto add = [&](const std::string& name, char type, std::uint32_t first, std::size_t size) {
        const std::size_t at = 128 * entry++;
        for (std::size_t i = 0; i < name.size(); ++i)
            put16(directory, at + 2 * i, static_cast<unsigned char>(name[i]));
        put16(directory, at + 64, static_cast<std::uint32_t>(2 * name.size() + 2));
        directory[at + 66] = type;
        put32(directory, at + 116, first);
        put32(directory, at + 120, static_cast<std::uint32_t>(size));
    };
    add("Root Entry", 5, kEnd, 0);
    for (const Stream& stream : streams) {
        const std::size_t size = std::max(stream.bytes.size(), kSmallest);
        const std::size_t sectors = (size + kSector - 1) / kSector;
        const std::size_t first = table_sectors + directory_sectors + data.size() / kSector;
        chain(first, sectors);
        add(stream.name, 2, static_cast<std::uint32_t>(first), size);
        data += stream.bytes + std::string(sectors * kSector - stream.bytes.size(), '\0');
    }
    for (const std::string& storage : storages)
        add(storage, 1, 0, 0);

    std::string header("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
    header.resize(kSector, '\0');
    put16(header, 24, 0x3E);
    put16(header, 26, 3);
    put16(header, 28, 0xFFFE);
    put16(header, 30, 9);
    put16(header, 32, 6);
    put32(header, 44, static_cast<std::uint32_t>(table_sectors));
    put32(header, 48, static_cast<std::uint32_t>(table_sectors));
    put32(header, 56, kSmallest);
    put32(header, 60, kEnd);
    put32(header, 68, kEnd);
    for (std::size_t at = 76; at < kSector; at += 4)
        put32(header, at, kFree);
    for (std::size_t i = 0; i < table_sectors; ++i)
        put32(header, 76 + 4 * i, static_cast<std::uint32_t>(i));
    return header + table + directory + data;
}

} // namespace passerelle::convert::tests
