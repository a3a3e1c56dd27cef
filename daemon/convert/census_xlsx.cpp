// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/cell_values.hpp"
#include "daemon/convert/census.hpp"
#include "daemon/convert/fact_readers.hpp"
#include "daemon/convert/package.hpp"
#include "daemon/convert/part_readers.hpp"
#include "daemon/convert/xml_events.hpp"

#include <array>
#include <map>

namespace passerelle::convert {
namespace {

constexpr std::array<std::string_view, 8> kVolatile = {"TODAY(",  "NOW(",      "RAND(", "RANDBETWEEN(",
                                                       "OFFSET(", "INDIRECT(", "CELL(", "INFO("};

class WorkbookReader final : public XmlHandler {
  public:
    struct Sheet {
        std::string name;
        std::string id;
        bool is_hidden = false;
    };
    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name != "x:sheet") return;
        const auto state = attributes.get("state");
        sheets.push_back({std::string(attributes.get("name")), std::string(attributes.get("r:id")),
                          state == "hidden" || state == "veryHidden"});
    }
    std::vector<Sheet> sheets;
};

/// The texts that cells share, by number.
class SharedStrings final : public XmlHandler {
  public:
    void start(std::string_view name, const XmlAttributes&) override {
        if (name == "x:si") strings.emplace_back();
        if (name == "x:rPh") ++skipped_; // how an ideogram is pronounced
        if (name == "x:t") in_text_ = true;
    }
    void end(std::string_view name) override {
        if (name == "x:rPh") --skipped_;
        if (name == "x:t") in_text_ = false;
    }
    void text(std::string_view piece) override {
        if (in_text_ && skipped_ == 0 && !strings.empty()) strings.back() += piece;
    }
    std::vector<std::string> strings;

  private:
    int skipped_ = 0;
    bool in_text_ = false;
};

class SheetReader final : public XmlHandler {
  public:
    SheetReader(SheetCensus& sheet, const std::vector<std::string>& strings) : sheet_(sheet), strings_(strings) {}

    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "x:c") {
            cell_ = {};
            cell_.type = attributes.get("t");
        }
        if (name == "x:f") cell_.has_formula = true;
        if (name == "x:rPh") ++skipped_;
        target_ = name == "x:v" ? &cell_.value : name == "x:f" ? &cell_.formula : name == "x:t" ? &cell_.text : nullptr;
    }
    void end(std::string_view name) override {
        if (name == "x:c") end_cell();
        if (name == "x:rPh") --skipped_;
        target_ = nullptr;
    }
    void text(std::string_view piece) override {
        if (target_ && skipped_ == 0) *target_ += piece;
    }

    bool understood = true;

  private:
    struct Cell {
        std::string type;
        std::string value;
        std::string formula;
        std::string text;
        bool has_formula = false;
    };

    void end_cell() {
        if (cell_.has_formula) {
            ++sheet_.formulas;
            if (cell_.value.empty()) sheet_.results_comparable = false;
            for (const std::string_view name : kVolatile) {
                if (cell_.formula.find(name) != std::string::npos) sheet_.results_comparable = false;
            }
        }
        if (cell_.type == "e") {
            ++sheet_.errors;
        } else if (cell_.type == "s") {
            const auto index = number_from(cell_.value);
            if (!index || *index < 0 || *index >= static_cast<double>(strings_.size())) {
                understood = understood && cell_.value.empty();
                return;
            }
            add_text(strings_[static_cast<std::size_t>(*index)]);
        } else if (cell_.type == "str") {
            add_text(cell_.value);
        } else if (cell_.type == "inlineStr") {
            add_text(cell_.text);
        } else if (!cell_.value.empty()) {
            const auto number = cell_.type == "d" ? days_from(cell_.value, kUsualNullDate) : number_from(cell_.value);
            if (!number) understood = false;
            if (number) (cell_.has_formula ? sheet_.results : sheet_.numbers).push_back(*number);
        }
    }

    void add_text(std::string_view text) {
        WordList& words = cell_.has_formula ? sheet_.result_texts : sheet_.texts;
        words.add(text);
        words.end_word();
    }

    SheetCensus& sheet_;
    const std::vector<std::string>& strings_;
    Cell cell_;
    std::string* target_ = nullptr;
    int skipped_ = 0;
};

class CommentReader final : public XmlHandler {
  public:
    explicit CommentReader(Census& census) : census_(census) {}
    void start(std::string_view name, const XmlAttributes&) override {
        if (name == "x:comment") census_.facts.add(Fact::comments);
        if (name == "x:t") in_text_ = true;
    }
    void end(std::string_view name) override {
        if (name == "x:t") in_text_ = false;
        if (name == "x:comment") census_.comments.end_word();
    }
    void text(std::string_view piece) override {
        if (in_text_) census_.comments.add(piece);
    }

  private:
    Census& census_;
    bool in_text_ = false;
};

bool count_sheet(const Package& package, const std::string& part, const std::vector<std::string>& strings,
                 Census& census) {
    SheetReader reader(census.sheets.back(), strings);
    XlsxFacts facts(census);
    Both both(reader, facts);
    if (!read_xml(package.zip(), part, both) || !reader.understood) return false;
    for (const Relationship& other : package.relationships(part)) {
        bool read = true;
        if (other.type == "drawing") read = read_sheet_drawing(package, other.target, census);
        if (other.type == "pivotTable") census.facts.add(Fact::pivot_tables);
        if (other.type == "comments") {
            CommentReader comments(census);
            read = read_xml(package.zip(), other.target, comments);
        }
        if (!read) return false;
    }
    return true;
}

} // namespace

std::optional<Census> count_xlsx(const Package& package) {
    Census census;
    WorkbookReader workbook;
    SharedStrings shared;
    if (!read_xml(package.zip(), package.main_part(), workbook)) return std::nullopt;
    std::map<std::string, std::string> parts;
    for (const Relationship& part : package.relationships(package.main_part())) {
        parts[part.id] = part.target;
        if (part.type == "sharedStrings" && !read_xml(package.zip(), part.target, shared)) return std::nullopt;
    }
    for (const WorkbookReader::Sheet& sheet : workbook.sheets) {
        census.sheets.emplace_back().name = sheet.name;
        if (sheet.is_hidden) census.facts.add(Fact::hidden_sheets);
        if (!parts.contains(sheet.id) || !count_sheet(package, parts[sheet.id], shared.strings, census))
            return std::nullopt;
    }
    return census;
}

} // namespace passerelle::convert
