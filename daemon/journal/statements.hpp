// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle::journal {

/// Bytes for a column of type BLOB; refers to what it was made of.
struct Blob {
    const std::string& bytes;
};

/// The prepared statements of one database, each prepared once. Confined to a thread.
class Statements {
  public:
    explicit Statements(SQLite::Database& database) : database_(database) {}

    /// A statement ready to be stepped, its parameters bound in order from ?1. Texts are bound by reference: they must
    /// live until the statement has been stepped.
    template <class... Values> SQLite::Statement& prepare(const char* text, const Values&... values) {
        auto& statement = cache_[text];
        if (!statement) statement = std::make_unique<SQLite::Statement>(database_, text);
        statement->tryReset();
        statement->clearBindings();
        int position = 0;
        (bind(*statement, ++position, values), ...);
        return *statement;
    }

    /// Runs a statement that answers no rows; answers how many rows it changed.
    template <class... Values> int run(const char* text, const Values&... values) {
        return prepare(text, values...).exec();
    }

    /// Ends all that were left in the midst of their rows.
    void reset() {
        for (auto& [text, statement] : cache_)
            if (statement) statement->tryReset();
    }

  private:
    static void bind(SQLite::Statement& statement, int position, const std::string& value) {
        statement.bindNoCopy(position, value);
    }
    static void bind(SQLite::Statement& statement, int position, const Blob& value) {
        statement.bind(position, value.bytes.data(), static_cast<int>(value.bytes.size()));
    }
    static void bind(SQLite::Statement& statement, int position, std::string_view value) {
        statement.bind(position, std::string(value));
    }
    static void bind(SQLite::Statement& statement, int position, const char* value) { statement.bind(position, value); }
    static void bind(SQLite::Statement& statement, int position, std::int64_t value) {
        statement.bind(position, value);
    }
    static void bind(SQLite::Statement& statement, int position, std::uint64_t value) {
        statement.bind(position, static_cast<std::int64_t>(value));
    }
    static void bind(SQLite::Statement& statement, int position, int value) { statement.bind(position, value); }
    static void bind(SQLite::Statement& statement, int position, bool value) {
        statement.bind(position, value ? 1 : 0);
    }
    template <class Value>
    static void bind(SQLite::Statement& statement, int position, const std::optional<Value>& value) {
        if (value)
            bind(statement, position, *value);
        else
            statement.bind(position); // null
    }

    SQLite::Database& database_;
    std::map<const char*, std::unique_ptr<SQLite::Statement>> cache_;
};

} // namespace passerelle::journal
