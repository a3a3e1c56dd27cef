// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/job_folder.hpp"

#include "core/hash.hpp"
#include "core/reason_codes.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace passerelle::jobs {
namespace {

Error write_error() {
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return {ErrorKind::job, full ? codes::disk_full : codes::journal_unavailable, std::strerror(errno)};
}

Result<void> write_all(int fd, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return write_error();
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

} // namespace

JobFolder::Lock::~Lock() {
    if (file) ::flock(file.get(), LOCK_UN);
}

JobFolder::JobFolder(std::filesystem::path folder, UniqueFd locked)
    : folder_(std::move(folder)), scratch_(folder_ / "scratch"), lock_(std::move(locked)) {}

Result<JobFolder> JobFolder::open(const std::filesystem::path& state_folder, JobId job) {
    const auto folder = state_folder / "jobs" / std::to_string(job.value);
    std::error_code failed;
    std::filesystem::create_directories(folder / "scratch", failed);
    if (!failed) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
    if (failed) return Error(ErrorKind::job, codes::journal_unavailable, failed.message(), {{"file", folder.string()}});

    UniqueFd lock(::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock) return write_error();
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0)
        return Error(ErrorKind::job, codes::job_running, "", {{"job", std::to_string(job.value)}});
    return JobFolder(folder, std::move(lock));
}

Result<Spooled> JobFolder::spool(const Content& content, const std::string& name, const std::stop_token& stop) const {
    Spooled spooled{.file = scratch_ / name, .size = 0, .sha256 = {}};
    const UniqueFd fd(::open(spooled.file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!fd) return write_error();
    auto digest = sha256_of(content, stop, [&](std::span<const std::byte> bytes) {
        spooled.size += bytes.size();
        return write_all(fd.get(), bytes);
    });
    if (!digest) {
        std::error_code ignored;
        std::filesystem::remove(spooled.file, ignored);
        return failure(digest);
    }
    spooled.sha256 = std::move(*digest);
    return spooled;
}

void JobFolder::remove() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

} // namespace passerelle::jobs
