// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/xml/writer.hpp"
#include "core/units.hpp"
#include "core/words.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The parts of an OpenDocument spreadsheet (OpenDocument 1.3, part 3: schema).
namespace passerelle::report {

/// How wide a column is and how its cells look.
struct SheetColumn {
    enum class Width { narrow, middle, wide } width = Width::middle;
    enum class Cells { text, number, moment } cells = Cells::text;
};

/// What is known of a sheet when it is written.
struct WrittenSheet {
    std::string name;
    std::size_t columns = 0;
    std::uint64_t rows = 0; ///< its head included
    bool has_head = false;  ///< the first row stays in sight and filters the others
};

/// content.xml, row by row. Texts may be anything: no cell is a formula, and what cannot be seen is made visible.
/// Confined to a thread.
class Sheets {
  public:
    explicit Sheets(Language language);

    void begin(const std::string& name, std::span<const SheetColumn> columns);
    /// The names of the columns; the sheet's first row.
    void head(std::span<const std::string> names);
    void begin_row();
    void text(std::string_view value);
    void path(std::string_view value); ///< as rooted_path() shows it
    void number(std::uint64_t value);
    void moment(Timestamp value);
    void day(std::chrono::sys_days value);
    void title(std::string_view value);
    void strong(std::string_view value);
    void end_row();
    void end();

    [[nodiscard]] const std::vector<WrittenSheet>& written() const { return written_; }
    /// What has been written since the last time.
    [[nodiscard]] std::string take() { return writer_.take(); }
    /// The rest; nothing can be written any more.
    [[nodiscard]] std::string finish();

  private:
    void cell(const std::string& shown, const char* style);
    void paragraph(const std::string& shown);

    xml::Writer writer_;
    std::vector<WrittenSheet> written_;
};

/// styles.xml: the language of the texts.
[[nodiscard]] std::string ods_styles(Language language);
/// settings.xml: heads stay in sight.
[[nodiscard]] std::string ods_settings(const std::vector<WrittenSheet>& sheets);

} // namespace passerelle::report
