// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/content.hpp"

#include <cstdint>
#include <memory>

namespace passerelle::dav {

/// Cuts a content into slices that are contents themselves. A content can only be read from its front, and an entry of
/// a zip is slow to skip in; so the reader that ended at a slice's end is kept and goes on with the next one, and a
/// file cut into hundred chunks is still read once. Internally locked; slices may outlive it.
class Slices {
  public:
    explicit Slices(std::shared_ptr<const Content> whole);

    /// `length` bytes from `offset`. Opening it again (a retry) reads the whole from its front up to there.
    [[nodiscard]] std::shared_ptr<const Content> slice(std::uint64_t offset, std::uint64_t length) const;

    class Parking;

  private:
    std::shared_ptr<Parking> parking_; // shared with the slices, which leave their readers there
};

} // namespace passerelle::dav
