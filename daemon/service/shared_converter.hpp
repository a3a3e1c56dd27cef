// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/converter.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

namespace passerelle::service {

/// One pool of workers for all jobs: made when the first job needs it, ended with the last one, so that a daemon that
/// rests holds no LibreOffice. There are never two: they would share a scratch folder. Internally locked; outlives
/// whoever borrows.
class SharedConverter {
  public:
    using Make = std::function<std::unique_ptr<convert::Converter>()>;
    explicit SharedConverter(Make make) : make_(std::move(make)) {}

    /// The pool, which lives as long as somebody holds it. Waits where the one before is just ending.
    [[nodiscard]] std::shared_ptr<convert::Converter> borrow() {
        std::unique_lock lock(mutex_);
        while (true) {
            // Shared: several jobs use one pool, and the last of them ends it.
            if (auto pool = pool_.lock()) return pool;
            if (!exists_) break;
            ended_.wait(lock);
        }
        std::shared_ptr<convert::Converter> pool(make_().release(), [this](convert::Converter* last) { end(last); });
        exists_ = true;
        pool_ = pool;
        return pool;
    }

  private:
    void end(convert::Converter* pool) {
        std::default_delete<convert::Converter>()(pool);
        const std::lock_guard lock(mutex_);
        exists_ = false;
        ended_.notify_all();
    }

    const Make make_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool exists_ = false; ///< also while it is ending, when nobody can borrow it any more
    std::weak_ptr<convert::Converter> pool_;
};

} // namespace passerelle::service
