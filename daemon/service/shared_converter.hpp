// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/converter.hpp"

#include <functional>
#include <memory>
#include <mutex>

namespace passerelle::service {

/// One pool of workers for all jobs: made when the first job needs it, ended with the last one, so that a daemon that
/// rests holds no LibreOffice. Internally locked.
class SharedConverter {
  public:
    using Make = std::function<std::unique_ptr<convert::Converter>()>;
    explicit SharedConverter(Make make) : make_(std::move(make)) {}

    /// The pool, which lives as long as somebody holds it.
    [[nodiscard]] std::shared_ptr<convert::Converter> borrow() {
        const std::lock_guard lock(mutex_);
        // Shared: several jobs use one pool, and the last of them ends it.
        auto pool = pool_.lock();
        if (!pool) pool_ = pool = std::shared_ptr<convert::Converter>(make_());
        return pool;
    }

  private:
    const Make make_;
    std::mutex mutex_;
    std::weak_ptr<convert::Converter> pool_;
};

} // namespace passerelle::service
