// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/ooxml.hpp"

#include "tests/exports/compound_file.hpp"
#include "tests/exports/names.hpp"
#include "tests/exports/zip_bytes.hpp"

#include <fmt/format.h>

namespace passerelle::exports::ooxml {
namespace {

std::string relations_xml(const std::vector<Relation>& relations) {
    std::string xml(kXml);
    xml += R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
    for (std::size_t index = 0; index < relations.size(); ++index) {
        const Relation& relation = relations[index];
        const std::string_view base = relation.type.starts_with("http") ? "" : kRelationshipTypes;
        xml += fmt::format(R"(<Relationship Id="rId{}" Type="{}{}" Target="{}"/>)", index + 1, base, relation.type,
                           relation.target);
    }
    return xml + "</Relationships>";
}

std::string relations_path(const std::string& part) {
    const std::size_t slash = part.rfind('/') + 1;
    return part.substr(0, slash) + "_rels/" + part.substr(slash) + ".rels";
}

std::string content_types(const std::vector<Part>& parts) {
    std::string xml(kXml);
    xml += R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
           R"(<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
           R"(<Default Extension="xml" ContentType="application/xml"/>)";
    for (const Part& part : parts)
        if (!part.content_type.empty())
            xml += fmt::format(R"(<Override PartName="/{}" ContentType="{}"/>)", part.path, part.content_type);
    return xml + "</Types>";
}

ZipEntry entry(std::string path, std::string content) {
    // Office programs write their packages with the first moment that zip knows.
    return {.name = std::move(path), .content = std::move(content), .flags = 0, .modified = at(1980, 1, 1, 0)};
}

} // namespace

std::string package(const std::vector<Part>& parts) {
    std::vector<ZipEntry> entries;
    entries.push_back(entry("[Content_Types].xml", content_types(parts)));
    entries.push_back(entry("_rels/.rels", relations_xml({{"officeDocument", parts.front().path}})));
    for (const Part& part : parts) {
        const bool xml = part.path.ends_with(".xml");
        entries.push_back(entry(part.path, xml ? std::string(kXml) + part.content : part.content));
        if (!part.relations.empty()) entries.push_back(entry(relations_path(part.path), relations_xml(part.relations)));
    }
    return zip_bytes(entries);
}

std::string vba_project() {
    const std::string project = "ID=\"{5D1F4C1E-0000-4000-8000-000000000001}\"\r\nDocument=ThisDocument/&H00000000\r\n"
                                "Name=\"Project\"\r\nHelpContextID=\"0\"\r\n";
    return compound_file(
        {{"PROJECT", project},
         {"VBA/_VBA_PROJECT", std::string("\xcc\x61\xff\xff\x00\x00\x00", 7)},
         {"VBA/dir", std::string("\x01\x00\xb0\x00", 4)},
         {"VBA/ThisDocument", "Attribute VB_Name = \"ThisDocument\"\r\nSub Bonjour()\r\nEnd Sub\r\n"}});
}

} // namespace passerelle::exports::ooxml
