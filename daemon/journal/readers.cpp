// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/readers.hpp"

#include "daemon/journal/text_search.hpp"

#include <SQLiteCpp/Exception.h>

namespace passerelle::journal {
namespace {

constexpr int kBusyTimeoutMs = 30'000; // another process may read the report while a job writes
constexpr std::size_t kMostReaders = 4;
constexpr const char* kLittleCache = "PRAGMA cache_size = -256"; // KiB: the system keeps the file's pages anyway
constexpr const char* kOnlyReading = "PRAGMA query_only = ON";
constexpr const char* kBegin = "BEGIN";
constexpr const char* kEnd = "COMMIT";

} // namespace

std::unique_ptr<SQLite::Database> connect(const std::filesystem::path& file) {
    auto database =
        std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyTimeoutMs);
    add_text_search(database->getHandle());
    return database;
}

Readers::Loan::Loan(Readers& readers) : readers_(readers), connection_(readers.borrow()) {
    try {
        connection_->statements.run(kBegin);
    } catch (...) {
        readers_.give_back(std::move(connection_));
        throw;
    }
}

/// What was left in the midst of its rows, where something was thrown, would hold the moment.
Readers::Loan::~Loan() {
    connection_->statements.reset();
    try {
        connection_->statements.run(kEnd);
    } catch (const SQLite::Exception&) { // a read that failed may have ended its transaction
        connection_->statements.reset();
    }
    readers_.give_back(std::move(connection_));
}

std::unique_ptr<Readers::Connection> Readers::borrow() {
    {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [this] { return !free_.empty() || opened_ < kMostReaders; });
        if (!free_.empty()) {
            auto connection = std::move(free_.back());
            free_.pop_back();
            return connection;
        }
        ++opened_;
    }
    try {
        auto database = connect(file_);
        database->exec(kOnlyReading);
        database->exec(kLittleCache);
        return std::make_unique<Connection>(std::move(database));
    } catch (...) {
        const std::lock_guard lock(mutex_);
        --opened_;
        returned_.notify_one();
        throw;
    }
}

void Readers::give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(connection));
    returned_.notify_one();
}

} // namespace passerelle::journal
