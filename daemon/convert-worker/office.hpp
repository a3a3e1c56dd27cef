// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>

namespace passerelle::convert_worker {

/// LibreOffice inside this process. There can be one. Confined to a thread.
class Office {
  public:
    /// `program` is LibreOffice's program folder, `profile` the folder of its private settings. Nothing when
    /// LibreOffice does not start.
    [[nodiscard]] static std::unique_ptr<Office> start(const std::string& program, const std::string& profile);
    ~Office();

    /// Loads `input` and writes it to `output` as `format` ("odt", "ods", "odp"). Answers why it did not work, or
    /// nothing.
    [[nodiscard]] std::optional<std::string> convert(const std::string& input, const std::string& output,
                                                     const std::string& format);

  private:
    struct Kit;
    explicit Office(std::unique_ptr<Kit> kit);

    std::unique_ptr<Kit> kit_;
};

} // namespace passerelle::convert_worker
