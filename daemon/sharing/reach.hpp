// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/sharing/access.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>

namespace passerelle::sharing {

/// How far somebody reaches at one place: for each of four abilities the last day on which they have it. Two reaches
/// can be joined (somebody has both) and met (what both allow); this is a distributive lattice, which is what makes
/// the least set of shares well defined. A value.
class Reach {
  public:
    enum Ability { view, download, edit, manage };
    static constexpr std::size_t kAbilities = 4;
    using Day = std::int32_t;
    static constexpr Day kNever = std::numeric_limits<Day>::min();
    static constexpr Day kForever = std::numeric_limits<Day>::max();

    /// Nothing at all.
    constexpr Reach() { until_.fill(kNever); }
    /// Everything for ever: what meets with it stays as it is.
    [[nodiscard]] static Reach everything() {
        Reach reach;
        reach.until_.fill(kForever);
        return reach;
    }
    /// What a share gives. To comment is to view, as in Nextcloud.
    [[nodiscard]] static Reach of(Right right, bool may_download, std::optional<std::chrono::sys_days> expires) {
        Reach reach;
        if (right == Right::none) return reach;
        const Day day = expires ? static_cast<Day>(expires->time_since_epoch().count()) : kForever;
        reach.until_[view] = day;
        if (may_download) reach.until_[download] = day;
        if (right >= Right::edit) reach.until_[edit] = day;
        if (right >= Right::manage) reach.until_[manage] = day;
        return reach;
    }

    [[nodiscard]] Day until(Ability ability) const { return until_[ability]; }
    [[nodiscard]] bool is_nothing() const { return *this == Reach(); }

    void join(const Reach& other) {
        for (std::size_t i = 0; i < kAbilities; ++i)
            until_[i] = std::max(until_[i], other.until_[i]);
    }
    void meet(const Reach& other) {
        for (std::size_t i = 0; i < kAbilities; ++i)
            until_[i] = std::min(until_[i], other.until_[i]);
    }
    [[nodiscard]] bool is_within(const Reach& other) const {
        for (std::size_t i = 0; i < kAbilities; ++i)
            if (until_[i] > other.until_[i]) return false;
        return true;
    }

    friend bool operator==(const Reach&, const Reach&) = default;

  private:
    std::array<Day, kAbilities> until_;
};

} // namespace passerelle::sharing
