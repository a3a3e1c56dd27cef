// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::convert {

/// A document that is a zip: OOXML and OpenDocument. Trusts no size that the file claims. Confined to a thread.
class ZipFile {
  public:
    struct Part {
        std::string name;
        bool stored = false; ///< not compressed
    };

    /// Nothing when the file is no zip that can be read, or holds too many parts.
    [[nodiscard]] static std::optional<ZipFile> open(const std::filesystem::path& file);
    ZipFile(ZipFile&&) noexcept;
    ~ZipFile();

    /// In the order of the archive's directory.
    [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }
    [[nodiscard]] bool has(std::string_view name) const;
    /// Hands the part's bytes over piece by piece until `take` answers false. False when the part is missing, damaged,
    /// or holds more than `limit_bytes`.
    [[nodiscard]] bool read(const std::string& name, std::uint64_t limit_bytes,
                            const std::function<bool(std::string_view)>& take) const;
    [[nodiscard]] std::optional<std::string> read(const std::string& name, std::uint64_t limit_bytes) const;

  private:
    struct Archive;
    explicit ZipFile(std::unique_ptr<Archive> archive);

    std::unique_ptr<Archive> archive_;
    std::vector<Part> parts_;
};

} // namespace passerelle::convert
