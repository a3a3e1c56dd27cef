// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/cell_values.hpp"
#include "daemon/convert/census.hpp"
#include "daemon/convert/fact_readers.hpp"
#include "daemon/convert/package.hpp"
#include "daemon/convert/part_readers.hpp"
#include "daemon/convert/sheet_headers.hpp"
#include "daemon/convert/xml_events.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <set>

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

/// The texts that cells share, by number; kept as hashes of their words.
class SharedStrings final : public XmlHandler {
  public:
    void start(std::string_view name, const XmlAttributes&) override {
        if (name == "x:si") text_.clear();
        if (name == "x:rPh") ++skipped_; // how an ideogram is pronounced
        if (name == "x:t") in_text_ = true;
    }
    void end(std::string_view name) override {
        if (name == "x:rPh") --skipped_;
        if (name == "x:t") in_text_ = false;
        if (name == "x:si") strings.push_back(hash_of_words(text_));
    }
    void text(std::string_view piece) override {
        if (in_text_ && skipped_ == 0) text_ += piece;
    }
    std::vector<std::uint64_t> strings;

  private:
    std::string text_;
    int skipped_ = 0;
    bool in_text_ = false;
};

class SheetReader final : public XmlHandler {
  public:
    SheetReader(SheetCensus& sheet, const std::vector<std::uint64_t>& strings) : sheet_(sheet), strings_(strings) {}

    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "x:row") start_row(attributes.get("r"));
        if (name == "x:c") start_cell(attributes);
        if (name == "x:f") start_formula(attributes);
        if (name == "x:v") cell_.has_value = true;
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
    struct Found {
        std::string type;
        std::string value;
        std::string formula;
        std::string text;
        std::string shared; ///< the number of the formula that several cells share
        bool has_formula = false;
        bool has_value = false;
    };

    /// A row or cell without an address stands after the one before it.
    void start_row(std::string_view number) {
        next_ = {is_first_row_ ? 0 : at_.row + 1, 0};
        is_first_row_ = false;
        if (!number.empty() && !read_address("A" + std::string(number), next_)) understood = false;
        at_ = next_;
    }

    void start_cell(const XmlAttributes& attributes) {
        cell_ = {};
        cell_.type = attributes.get("t");
        const auto address = attributes.get("r");
        if (!address.empty() && !read_address(address, next_)) understood = false;
        at_ = next_;
        ++next_.column;
    }

    void start_formula(const XmlAttributes& attributes) {
        cell_.has_formula = true;
        if (attributes.get("t") == "shared") cell_.shared = attributes.get("si");
    }

    bool may_change() {
        const bool is_volatile = std::any_of(kVolatile.begin(), kVolatile.end(), [&](std::string_view name) {
            return cell_.formula.find(name) != std::string::npos;
        });
        if (is_volatile && !cell_.shared.empty()) volatile_shared_.insert(cell_.shared);
        // What was never calculated has no value; a calculated empty text has an empty one.
        const bool calculated = cell_.type == "str" || cell_.type == "e" ? cell_.has_value : !cell_.value.empty();
        return is_volatile || !calculated || volatile_shared_.contains(cell_.shared);
    }

    void end_cell() {
        Cell cell{.row = at_.row, .column = at_.column, .has_formula = cell_.has_formula};
        cell.may_change = cell.has_formula && may_change();
        if (cell_.type == "e") {
            cell.kind = Cell::Kind::error;
        } else if (cell_.type == "s") {
            const auto index = number_from(cell_.value);
            if (!index || *index < 0 || *index >= static_cast<double>(strings_.size()))
                understood = understood && cell_.value.empty();
            else
                cell.content = strings_[static_cast<std::size_t>(*index)];
        } else if (cell_.type == "str") {
            cell.content = hash_of_words(cell_.value);
        } else if (cell_.type == "inlineStr") {
            cell.content = hash_of_words(cell_.text);
        } else if (!cell_.value.empty()) {
            const auto number = cell_.type == "d" ? days_from(cell_.value, kUsualNullDate) : number_from(cell_.value);
            if (!number) understood = false;
            cell.kind = Cell::Kind::number;
            cell.content = std::bit_cast<std::uint64_t>(number.value_or(0));
        }
        if (cell.kind != Cell::Kind::text || cell.has_formula || cell.content != 0) sheet_.cells.push_back(cell);
    }

    SheetCensus& sheet_;
    const std::vector<std::uint64_t>& strings_;
    Found cell_;
    CellAddress at_;
    CellAddress next_;
    bool is_first_row_ = true;
    std::set<std::string> volatile_shared_;
    std::string* target_ = nullptr;
    int skipped_ = 0;
};

/// The fonts of cells, all of which are in use or may come to be.
class FontReader final : public XmlHandler {
  public:
    explicit FontReader(Census& census) : census_(census) {}
    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "x:font") in_font_ = true;
        if (name == "x:name" && in_font_) census_.fonts.emplace(attributes.get("val"));
    }
    void end(std::string_view name) override {
        if (name == "x:font") in_font_ = false;
    }

  private:
    Census& census_;
    bool in_font_ = false;
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

/// A form's control. Captions and buttons are none that anybody fills in.
class ControlReader final : public XmlHandler {
  public:
    explicit ControlReader(Census& census) : census_(census) {}
    void start(std::string_view name, const XmlAttributes& attributes) override {
        const auto type = attributes.get("objectType");
        const bool is_field = type == "CheckBox" || type == "Drop" || type == "List" || type == "EditBox";
        if (name == "x14:formControlPr" && is_field) census_.facts.add(Fact::form_fields);
    }

  private:
    Census& census_;
};

/// What people changed in a workbook that several of them had open (ECMA-376 part 1, 18.11).
class RevisionReader final : public XmlHandler {
  public:
    explicit RevisionReader(Census& census) : census_(census) {}
    void start(std::string_view name, const XmlAttributes&) override {
        if (name == "x:rcc" || name == "x:rrc" || name == "x:rm") census_.facts.add(Fact::tracked_changes);
    }

  private:
    Census& census_;
};

bool count_revisions(const Package& package, const std::string& headers, Census& census) {
    const auto logs = package.relationships(headers);
    return std::all_of(logs.begin(), logs.end(), [&](const Relationship& log) {
        RevisionReader reader(census);
        return log.type != "revisionLog" || read_xml(package.zip(), log.target, reader);
    });
}

bool count_sheet(const Package& package, const std::string& part, const std::vector<std::uint64_t>& strings,
                 Census& census) {
    SheetReader reader(census.sheets.back(), strings);
    XlsxFacts facts(census);
    Both both(reader, facts);
    SheetHeaders headers(census);
    Both all(both, headers);
    if (!read_xml(package.zip(), part, all) || !reader.understood) return false;
    sort_cells(census.sheets.back().cells);
    for (const Relationship& other : package.relationships(part)) {
        bool read = true;
        if (other.type == "drawing") read = read_sheet_drawing(package, other.target, census);
        if (other.type == "pivotTable") census.facts.add(Fact::pivot_tables);
        if (other.type == "ctrlProp") {
            ControlReader control(census);
            read = read_xml(package.zip(), other.target, control);
        }
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
        FontReader fonts(census);
        if (part.type == "styles" && !read_xml(package.zip(), part.target, fonts)) return std::nullopt;
        if (part.type == "revisionHeaders" && !count_revisions(package, part.target, census)) return std::nullopt;
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
