// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What the three OOXML writers share; used by them only.
namespace passerelle::exports::ooxml {

inline constexpr std::string_view kXml = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)"
                                         "\n";
inline constexpr std::string_view kRelationshipTypes =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// A relationship of a part; its id is "rId" and its place in the list, from 1.
struct Relation {
    std::string type;   ///< without kRelationshipTypes, unless it is a whole address
    std::string target; ///< relative to the part's folder
};

/// One part of the package.
struct Part {
    std::string path;         ///< "word/document.xml"
    std::string content_type; ///< empty: that of its extension
    std::string content;      ///< without the XML declaration where it is XML
    std::vector<Relation> relations{};
};

/// The package, the first part being the main one.
[[nodiscard]] std::string package(const std::vector<Part>& parts);

/// An OLE2 file with a macro project's streams.
[[nodiscard]] std::string vba_project();
inline constexpr std::string_view kVbaContentType = "application/vnd.ms-office.vbaProject";
inline constexpr std::string_view kVbaRelation = "http://schemas.microsoft.com/office/2006/relationships/vbaProject";

} // namespace passerelle::exports::ooxml
