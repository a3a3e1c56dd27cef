// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

namespace passerelle::report {

/// An OpenDocument spreadsheet as libzip and libxml2 read it. Whatever they mind throws std::runtime_error.
class Spreadsheet {
  public:
    struct Cell {
        std::string type;  ///< "string", "float", "date"; empty: an empty cell
        std::string value; ///< of a number or a date
        std::string text;  ///< as a reader shows it: spaces are collapsed but where an element says otherwise
        bool formula = false;
    };
    using Rows = std::vector<std::vector<Cell>>;
    struct Sheet {
        std::string name;
        Rows rows;
    };

    explicit Spreadsheet(const std::string& bytes);

    [[nodiscard]] const std::vector<std::string>& names() const { return names_; } ///< of the parts, in their order
    [[nodiscard]] const std::vector<Sheet>& sheets() const { return sheets_; }
    [[nodiscard]] const Rows& rows(const std::string& sheet) const;
    /// XPath's string() of an expression in a part; prefixes are those that the part declares.
    [[nodiscard]] std::string text(const std::string& part, const std::string& expression) const;

  private:
    std::vector<std::string> names_;
    std::map<std::string, std::string> parts_;
    std::vector<Sheet> sheets_;
};

} // namespace passerelle::report
