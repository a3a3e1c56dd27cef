// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/http_message.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::fakes {

/// Something a test opens when a slow answer may go on. Internally locked.
class Gate {
  public:
    void open();
    /// Waits until the gate is open or `limit` has passed.
    void wait(std::chrono::milliseconds limit);
    /// Waits until somebody stands at the gate; answers false after `limit`.
    [[nodiscard]] bool wait_for_arrival(std::chrono::milliseconds limit);

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
    int arrivals_ = 0;
};

/// What goes wrong, and where. A value; meant for designated initialisers:
/// `double.fault({.method = "PUT", .path_suffix = "budget.ods", .times = 2, .status = 423})`.
struct Fault {
    enum class Kind {
        answer,             ///< answers `status` instead of acting
        lose_answer,        ///< acts, then drops the connection before the answer
        cut_request,        ///< cuts the connection after `after_bytes` of the body; nothing is done
        cut_answer,         ///< acts, then cuts the connection in the middle of the answer
        close_after_answer, ///< acts and answers, then closes the connection without having announced it
        slow,               ///< holds the path, waits for `gate` or `delay`, then acts
        store_other_bytes, ///< one byte changes on the way in: stored bytes and reported hash differ from what was sent
        wrong_hash,        ///< stores what was sent, reports another hash
        bulk_file_error,   ///< one file of a bulk upload answers "error": true and is not written
    };

    Kind kind = Kind::answer;
    std::string method{};      ///< empty: any
    std::string path_suffix{}; ///< end of the decoded path, of the Destination or of a bulk file's path; empty: any
    int skip = 0;              ///< so many matching requests pass unharmed first
    int times = 1;             ///< so many are hit; negative: all
    int status = 503;
    Fields headers{};
    std::string body{};
    std::uint64_t after_bytes = 0;
    std::chrono::milliseconds delay{0};
    std::shared_ptr<Gate> gate{}; ///< shared between the test and the request that waits
};

/// The faults that are still to come. Internally locked.
class Faults {
  public:
    void add(Fault fault);
    void clear();

    /// The next fault for a request, used up by asking; faults of single bulk files are left alone.
    [[nodiscard]] std::optional<Fault> take(std::string_view method, std::string_view path,
                                            std::string_view destination);
    /// The next fault that cuts the request's body.
    [[nodiscard]] std::optional<Fault> take_cut(std::string_view method, std::string_view path);
    /// The next fault for a file within a bulk upload.
    [[nodiscard]] std::optional<Fault> take_for_bulk_file(std::string_view path);

  private:
    template <class Matches> std::optional<Fault> take_first(const Matches& matches);

    std::mutex mutex_;
    std::vector<Fault> faults_;
};

} // namespace passerelle::fakes
