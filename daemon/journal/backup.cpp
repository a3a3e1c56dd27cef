// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/backup.hpp"

#include "core/reason_codes.hpp"
#include "core/unique_fd.hpp"

#include <SQLiteCpp/Statement.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>

namespace passerelle::journal {
namespace {

Error unwritable(const std::filesystem::path& file, const std::string& why) {
    return {ErrorKind::job, codes::file_unwritable, why, {{"file", file.string()}}};
}

} // namespace

/// VACUUM INTO reads in one transaction, and leaves out what was deleted. It writes into an empty file too, so the file
/// is made first: nobody else may read it, and none that is there is lost.
Result<void> copy_database(SQLite::Database& database, const std::filesystem::path& file) {
    {
        const UniqueFd made(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!made) return unwritable(file, std::strerror(errno));
    }
    try {
        SQLite::Statement copy(database, "VACUUM INTO ?1");
        copy.bind(1, file.string());
        copy.exec();
        return {};
    } catch (const SQLite::Exception& exception) {
        std::error_code ignored;
        std::filesystem::remove(file, ignored);
        return unwritable(file, exception.what());
    }
}

} // namespace passerelle::journal
