// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/fetch.hpp"

#include "core/reason_codes.hpp"
#include "core/unique_fd.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>

namespace passerelle::service {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSliceBytes = 8 * kMiB; // held in memory at once
constexpr std::uint64_t kSpare = 256 * kMiB;    // what is left to everybody else on the disk

/// A part on its way. The etag of the state that is being fetched stands beside it, so that a later run knows whether
/// what is there belongs to it.
struct Part {
    nextcloud::RemoteEntry remote;
    fs::path file;
    fs::path etag_file;
};

Error write_error() {
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return {ErrorKind::job, full ? codes::disk_full : codes::journal_unavailable, std::strerror(errno)};
}

std::uint64_t size_of(const fs::path& file) {
    std::error_code missing;
    const auto size = fs::file_size(file, missing);
    return missing ? 0 : size;
}

std::string megabytes(std::uint64_t bytes) {
    return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

Result<Part> look_up(nextcloud::Nextcloud& server, const std::string& path, std::size_t number, const fs::path& folder,
                     const std::stop_token& stop) {
    auto remote = server.find(path, stop);
    if (!remote) return failure(remote);
    const auto name = path.substr(path.rfind('/') + 1); // 0 where there is no folder
    if (!*remote || (*remote)->folder || name.empty() || name == "." || name == "..")
        return Error(ErrorKind::job, codes::service_part_unknown, "", {{"path", path}});
    // Names tell which export a part belongs to, and two parts may have the same one: a folder for each.
    const auto own = folder / std::to_string(number);
    std::error_code failed;
    fs::create_directories(own, failed);
    if (failed) return Error(ErrorKind::job, codes::journal_unavailable, failed.message(), {{"file", own.string()}});
    return Part{std::move(**remote), own / name, own / ".etag"};
}

/// What is there of another state goes.
Result<void> keep_what_fits(const Part& part) {
    std::string etag;
    std::ifstream(part.etag_file) >> etag;
    if (etag == part.remote.etag && size_of(part.file) <= part.remote.size) return {};
    std::error_code ignored;
    fs::remove(part.file, ignored);
    std::ofstream note(part.etag_file, std::ios::trunc);
    note << part.remote.etag;
    note.close();
    return note ? Result<void>() : Result<void>(write_error());
}

Result<void> check_space(const std::vector<Part>& parts, const fs::path& folder) {
    std::uint64_t needed = 0;
    for (const auto& part : parts)
        needed += part.remote.size - size_of(part.file);
    std::error_code unknown;
    const auto space = fs::space(folder, unknown);
    if (unknown || needed == 0 || space.available >= needed + kSpare) return {};
    return Error(ErrorKind::job, codes::disk_no_scratch, folder.string(),
                 {{"needed", megabytes(needed + kSpare)}, {"free", megabytes(space.available)}});
}

Result<void> fetch(nextcloud::Nextcloud& server, const Part& part, const std::stop_token& stop) {
    const UniqueFd fd(::open(part.file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd) return write_error();
    auto have = size_of(part.file);
    while (have < part.remote.size) {
        if (stop.stop_requested()) return Error(ErrorKind::job, codes::job_stopped, "");
        const auto wanted = std::min(kSliceBytes, part.remote.size - have);
        auto bytes = server.read_range(part.remote.path, part.remote.etag, have, wanted, stop);
        if (!bytes) return failure(bytes);
        if (bytes->empty() || bytes->size() > wanted)
            return Error(ErrorKind::conflict, codes::target_changed, part.remote.path);
        if (::pwrite(fd.get(), bytes->data(), bytes->size(), static_cast<off_t>(have)) !=
            static_cast<ssize_t>(bytes->size()))
            return write_error();
        have += bytes->size();
    }
    return ::fsync(fd.get()) == 0 ? Result<void>() : Result<void>(write_error());
}

} // namespace

Result<std::vector<fs::path>> fetch_parts(nextcloud::Nextcloud& server, const std::vector<std::string>& paths,
                                          const fs::path& folder,
                                          const std::function<void(const std::string&)>& on_part,
                                          const std::stop_token& stop) {
    std::vector<Part> parts;
    for (const auto& path : paths) {
        auto part = look_up(server, path, parts.size() + 1, folder, stop);
        if (!part) return failure(part);
        if (auto kept = keep_what_fits(*part); !kept) return failure(kept);
        parts.push_back(std::move(*part));
    }
    if (auto space = check_space(parts, folder); !space) return failure(space);
    std::vector<fs::path> files;
    for (const auto& part : parts) {
        on_part(part.remote.path);
        if (auto fetched = fetch(server, part, stop); !fetched) return failure(fetched);
        files.push_back(part.file);
    }
    return files;
}

} // namespace passerelle::service
