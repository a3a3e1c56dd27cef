// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/statements.hpp"

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

namespace passerelle::journal {

/// Opens a connection to the file, made where it is missing, with what the room's statements need. Throws
/// SQLite::Exception.
[[nodiscard]] std::unique_ptr<SQLite::Database> connect(const std::filesystem::path& file);

/// A few connections that read beside the one that writes: nobody who asks something waits until what somebody else
/// writes is on the disk. Each is opened when all others are lent. Internally locked.
class Readers {
  public:
    /// The file exists, and its tables are up to date.
    explicit Readers(std::filesystem::path file) : file_(std::move(file)) {}
    Readers(const Readers&) = delete;
    Readers& operator=(const Readers&) = delete;

    /// Calls `act` with the statements of a connection; all that it reads is of one moment, at which everything that
    /// was written before stands. Throws SQLite::Exception.
    template <class Act> auto read(const Act& act) {
        const Loan loan(*this);
        return act(loan.statements());
    }

  private:
    struct Connection {
        explicit Connection(std::unique_ptr<SQLite::Database> opened)
            : database(std::move(opened)), statements(*database) {}
        std::unique_ptr<SQLite::Database> database;
        Statements statements;
    };

    /// A connection in a transaction; it ends, and the connection goes back, with the object. Confined to a thread.
    class Loan {
      public:
        explicit Loan(Readers& readers);
        ~Loan();
        Loan(const Loan&) = delete;
        Loan& operator=(const Loan&) = delete;
        [[nodiscard]] Statements& statements() const { return connection_->statements; }

      private:
        Readers& readers_;
        std::unique_ptr<Connection> connection_;
    };

    [[nodiscard]] std::unique_ptr<Connection> borrow();
    void give_back(std::unique_ptr<Connection> connection);

    const std::filesystem::path file_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::size_t opened_ = 0;
    std::vector<std::unique_ptr<Connection>> free_; ///< the last one that was used is the next: its pages are at hand
};

} // namespace passerelle::journal
