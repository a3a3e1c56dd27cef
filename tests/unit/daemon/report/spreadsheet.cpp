// SPDX-License-Identifier: AGPL-3.0-or-later
#include "spreadsheet.hpp"

#include <algorithm>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <memory>
#include <stdexcept>
#include <zip.h>

namespace passerelle::report {
namespace {

template <auto Free> struct Deleter {
    void operator()(auto* pointer) const { Free(pointer); }
};
struct FreeText { // xmlFree is a variable
    void operator()(xmlChar* text) const { xmlFree(text); }
};
using Text = std::unique_ptr<xmlChar, FreeText>;
using Document = std::unique_ptr<xmlDoc, Deleter<xmlFreeDoc>>;

Document parse(const std::string& text) {
    Document document(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr,
                                    XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR));
    if (!document) throw std::runtime_error("a part is no XML");
    return document;
}

std::string attribute(xmlNode* node, const char* name) {
    const Text value(xmlGetProp(node, BAD_CAST name));
    return value ? reinterpret_cast<const char*>(value.get()) : "";
}

bool is(const xmlNode* node, const char* name) {
    return node->type == XML_ELEMENT_NODE && xmlStrEqual(node->name, BAD_CAST name) != 0;
}

/// The text of a paragraph by the rules of OpenDocument 1.3, part 3, 6.1.2.
std::string text_of(xmlNode* paragraph) {
    std::string text;
    bool after_space = true;
    for (auto* node = paragraph->children; node != nullptr; node = node->next) {
        if (is(node, "s")) {
            const auto count = attribute(node, "c");
            text.append(count.empty() ? 1 : std::stoul(count), ' ');
            after_space = false;
            continue;
        }
        const Text content(xmlNodeGetContent(node));
        for (const char letter : std::string(reinterpret_cast<const char*>(content.get()))) {
            const bool space = letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r';
            if (!space || !after_space) text += space ? ' ' : letter;
            after_space = space;
        }
        if (after_space && node->next == nullptr && text.ends_with(' ')) text.pop_back();
    }
    return text;
}

Spreadsheet::Cell cell_of(xmlNode* node) {
    Spreadsheet::Cell cell;
    cell.type = attribute(node, "value-type");
    cell.value = attribute(node, cell.type == "date" ? "date-value" : "value");
    cell.formula = !attribute(node, "formula").empty();
    for (auto* child = node->children; child != nullptr; child = child->next)
        if (is(child, "p")) cell.text += text_of(child);
    return cell;
}

void collect_rows(xmlNode* parent, Spreadsheet::Rows& rows) {
    for (auto* node = parent->children; node != nullptr; node = node->next) {
        if (is(node, "table-header-rows")) collect_rows(node, rows);
        if (!is(node, "table-row")) continue;
        auto& row = rows.emplace_back();
        for (auto* cell = node->children; cell != nullptr; cell = cell->next)
            if (is(cell, "table-cell")) row.push_back(cell_of(cell));
    }
}

void collect_sheets(xmlNode* node, std::vector<Spreadsheet::Sheet>& sheets) {
    for (; node != nullptr; node = node->next) {
        if (is(node, "table"))
            collect_rows(node, sheets.emplace_back(Spreadsheet::Sheet{attribute(node, "name"), {}}).rows);
        else
            collect_sheets(node->children, sheets);
    }
}

} // namespace

Spreadsheet::Spreadsheet(const std::string& bytes) {
    auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
    const std::unique_ptr<zip_t, Deleter<zip_discard>> zip(zip_open_from_source(source, ZIP_CHECKCONS, nullptr));
    if (!zip) throw std::runtime_error("no zip");
    for (zip_int64_t index = 0; index < zip_get_num_entries(zip.get(), 0); ++index) {
        const auto at = static_cast<zip_uint64_t>(index);
        zip_stat_t facts{};
        if (zip_stat_index(zip.get(), at, 0, &facts) != 0) throw std::runtime_error("a part without facts");
        std::string part(facts.size, '\0');
        const std::unique_ptr<zip_file_t, Deleter<zip_fclose>> file(zip_fopen_index(zip.get(), at, 0));
        if (!file || zip_fread(file.get(), part.data(), part.size()) != static_cast<zip_int64_t>(part.size()))
            throw std::runtime_error("a part cannot be read");
        names_.emplace_back(facts.name);
        parts_[facts.name] = std::move(part);
    }
    const auto content = parse(parts_.at("content.xml"));
    collect_sheets(xmlDocGetRootElement(content.get()), sheets_);
}

const Spreadsheet::Rows& Spreadsheet::rows(const std::string& sheet) const {
    const auto found = std::ranges::find(sheets_, sheet, &Sheet::name);
    if (found == sheets_.end()) throw std::runtime_error("no sheet " + sheet);
    return found->rows;
}

std::string Spreadsheet::text(const std::string& part, const std::string& expression) const {
    if (part == "mimetype") return parts_.at(part);
    const auto document = parse(parts_.at(part));
    const std::unique_ptr<xmlXPathContext, Deleter<xmlXPathFreeContext>> context(xmlXPathNewContext(document.get()));
    for (auto* space = xmlDocGetRootElement(document.get())->nsDef; space != nullptr; space = space->next)
        xmlXPathRegisterNs(context.get(), space->prefix, space->href);
    const std::unique_ptr<xmlXPathObject, Deleter<xmlXPathFreeObject>> object(
        xmlXPathEvalExpression(BAD_CAST("string(" + expression + ")").c_str(), context.get()));
    if (!object) throw std::runtime_error("no expression: " + expression);
    return reinterpret_cast<const char*>(object->stringval);
}

} // namespace passerelle::report
