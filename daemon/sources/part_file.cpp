// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/part_file.hpp"

#include "core/reason_codes.hpp"

#include <cerrno>
#include <cstring>
#include <sys/stat.h>

namespace passerelle::sources {

FileIdentity FileIdentity::of(const struct stat& status) {
    return {static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino),
            static_cast<std::uint64_t>(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

Result<FileIdentity> identify(const std::filesystem::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0)
        return Error(ErrorKind::job, codes::export_not_found, std::strerror(errno), {{"path", file.string()}});
    return FileIdentity::of(status);
}

Result<void> check_unchanged(const std::filesystem::path& file, const FileIdentity& seen) {
    const auto now = identify(file);
    if (now && *now == seen) return {};
    return Error(ErrorKind::job, codes::source_changed, file.string(), {{"part", file.filename().string()}});
}

} // namespace passerelle::sources
