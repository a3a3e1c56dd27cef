// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace passerelle::convert::tests {

/// A folder that is removed at the end.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

using Parts = std::vector<std::pair<std::string, std::string>>;

void write_file(const std::filesystem::path& file, const std::string& bytes);
/// A part called "mimetype" is stored, all others are compressed.
void write_zip(const std::filesystem::path& file, const Parts& parts);

/// The parts of a docx whose document has this body; `more` are other parts, with relationships from the document if
/// their name has one of the well-known forms ("word/comments.xml", "word/footnotes.xml").
[[nodiscard]] Parts docx(const std::string& body, const Parts& more = {});
/// The parts of a workbook with one sheet "Budget" of these rows (SpreadsheetML).
[[nodiscard]] Parts xlsx(const std::string& rows);
/// The parts of a presentation with one slide for each text.
[[nodiscard]] Parts pptx(const std::vector<std::string>& slides);
/// The parts of an OpenDocument: `kind` is "text", "spreadsheet" or "presentation", `content` what stands in its body
/// element.
[[nodiscard]] Parts opendocument(const std::string& kind, const std::string& content, const std::string& master = "");

/// What is said where `before` of a thing became `after`.
[[nodiscard]] Reason gone(std::string_view code, std::uint64_t before = 1, std::uint64_t after = 0);

struct Stream {
    std::string name;
    std::string bytes;
};
/// A compound file of these streams and empty storages.
[[nodiscard]] std::string compound_file(const std::vector<Stream>& streams,
                                        const std::vector<std::string>& storages = {});

} // namespace passerelle::convert::tests
