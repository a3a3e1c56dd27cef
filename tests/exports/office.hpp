// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

/// Writes small, valid office files from a description; the same description gives the same bytes. All types are
/// values.
namespace passerelle::exports {

struct Paragraph {
    enum class Style { normal, heading1, heading2, bullet };
    std::string text;
    Style style = Style::normal;
    std::string footnote{}; ///< empty: none
    std::string comment{};  ///< empty: none
};

/// Its first row is the heading.
struct TextTable {
    std::vector<std::vector<std::string>> rows;
};

struct TextDocument {
    std::string title;
    std::string author;
    std::vector<std::variant<Paragraph, TextTable>> blocks;
};
[[nodiscard]] std::string to_docx(const TextDocument& document);
[[nodiscard]] std::string
to_odt(const TextDocument& document); ///< paragraphs and tables; footnotes and comments are left out
/// With a macro project; nothing in it runs.
[[nodiscard]] std::string to_docm(const TextDocument& document);

/// A formula as the file format spells it (English names, commas), and the value that a reader sees without
/// calculating.
struct Formula {
    std::string text;
    double value = 0;
};
using Cell = std::variant<std::string, double, Formula>;
struct Sheet {
    std::string name;
    std::vector<std::vector<Cell>> rows;
};
[[nodiscard]] std::string to_xlsx(const std::vector<Sheet>& sheets);
/// With a macro project; nothing in it runs.
[[nodiscard]] std::string to_xlsm(const std::vector<Sheet>& sheets);

struct Slide {
    std::string title;
    std::vector<std::string> points;
    std::string notes{}; ///< what the speaker reads; empty: none
};
[[nodiscard]] std::string to_pptx(const std::vector<Slide>& slides);

/// The same file behind a password: AES-128 in an OLE2 container, as Office 2007 writes it ([MS-OFFCRYPTO] 2.3.4.5,
/// "standard").
[[nodiscard]] std::string encrypted(const std::string& office_file, const std::string& password);

} // namespace passerelle::exports
