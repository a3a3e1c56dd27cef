// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room.
#pragma once

#include "core/result.hpp"
#include "core/unique_fd.hpp"

#include <filesystem>
#include <memory>
#include <ostream>

namespace passerelle::api {

/// A file without a name that an answer is written into before it travels: a report may have hundreds of megabytes.
/// Confined to a thread.
class ScratchFile {
  public:
    /// In `folder`; empty: in the system's temporary one. Error: `disk.full` (job) where none can be made.
    [[nodiscard]] static Result<ScratchFile> make(const std::filesystem::path& folder);
    ~ScratchFile();
    ScratchFile(ScratchFile&&) noexcept;
    ScratchFile& operator=(ScratchFile&&) noexcept;

    [[nodiscard]] std::ostream& stream();
    /// The file as it was written. Error: `disk.full` (job). Nothing more can be written.
    [[nodiscard]] Result<UniqueFd> finish();

  private:
    class Buffer;
    explicit ScratchFile(UniqueFd file);

    std::unique_ptr<Buffer> buffer_;
    std::unique_ptr<std::ostream> stream_;
};

} // namespace passerelle::api
