// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/zip_file.hpp"

#include <optional>
#include <string>
#include <vector>

namespace passerelle::convert {

/// From one part of an OOXML package to another.
struct Relationship {
    std::string id;
    std::string type;   ///< the last step of its type's name: "officeDocument", "comments", "slide"
    std::string target; ///< the other part's name in the package; empty for what lies outside of it
};

/// An OOXML document (ECMA-376 part 2): parts and what leads from one to the other. Confined to a thread.
class Package {
  public:
    /// Nothing when the zip is no OOXML document of a kind that this knows.
    [[nodiscard]] static std::optional<Package> open(ZipFile zip);

    [[nodiscard]] const std::string& format() const { return format_; } ///< "docx", "xlsx", "xlsb" or "pptx"
    [[nodiscard]] const std::string& main_part() const { return main_part_; }
    [[nodiscard]] const ZipFile& zip() const { return zip_; }
    /// Those that leave from `part`; none when it has none.
    [[nodiscard]] std::vector<Relationship> relationships(const std::string& part) const;
    [[nodiscard]] bool has_macros() const;
    [[nodiscard]] bool is_signed() const;

  private:
    explicit Package(ZipFile zip) : zip_(std::move(zip)) {}

    ZipFile zip_;
    std::string main_part_;
    std::string format_;
};

} // namespace passerelle::convert
