// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/sources/source.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::sources::testing {

/// A folder of its own for a test, removed at the end.
class Scratch {
  public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

/// Opens what must open; fails the test and throws where it does not.
[[nodiscard]] std::unique_ptr<Source> opened(const std::vector<std::filesystem::path>& parts);
/// The error of what must not open.
[[nodiscard]] Error refused(const std::vector<std::filesystem::path>& parts);

/// The item of this path; fails the test and throws if there is none.
[[nodiscard]] const Item& item_at(const Source& source, std::string_view path);
[[nodiscard]] bool has_item(const Source& source, std::string_view path);
/// Paths of all items that are files, in the inventory's order.
[[nodiscard]] std::vector<std::string> file_paths(const Source& source);

[[nodiscard]] bool has_reason(const Item& item, std::string_view code);
[[nodiscard]] bool has_problem(const Source& source, std::string_view code);
/// The reason's parameter; empty if it has none of this name.
[[nodiscard]] std::string parameter(const std::vector<Reason>& reasons, std::string_view code, std::string_view name);

/// The item's bytes, or the code of the error that came instead.
[[nodiscard]] std::string text_of(const Source& source, const Item& item);
[[nodiscard]] std::string text_at(const Source& source, std::string_view path);

} // namespace passerelle::sources::testing
