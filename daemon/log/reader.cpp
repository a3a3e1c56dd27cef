// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/log/reader.hpp"

#include "core/reason_codes.hpp"
#include "daemon/log/files.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>

namespace passerelle::log {

namespace {

Error unavailable(const std::filesystem::path& file, int error_number) {
    return {ErrorKind::permanent, codes::log_unavailable, std::strerror(error_number), {{"file", file.string()}}};
}

void hand_over(std::string_view text, const Filter& filter, const std::function<void(const Line&)>& take) {
    const auto line = from_json(text);
    if (!line || line->level < filter.least) return;
    if (!filter.job || line->job == filter.job) take(*line);
}

} // namespace

Result<void> Reader::read_new(const Filter& filter, const std::function<void(const Line&)>& take) {
    if (!started_) {
        started_ = true;
        std::size_t oldest = 0;
        while (std::filesystem::exists(put_aside(file_, oldest + 1)))
            ++oldest;
        for (auto number = oldest; number > 0; --number)
            if (auto read = read_file(put_aside(file_, number), filter, take); !read) return read;
        return read_file(file_, filter, take);
    }
    if (open_)
        if (auto read = read_rest(filter, take); !read) return read;
    if (open_ && !was_replaced()) return {};
    return read_file(file_, filter, take);
}

Result<void> Reader::read_file(const std::filesystem::path& file, const Filter& filter, const Take& take) {
    begun_.clear();
    open_.reset(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!open_ && errno == ENOENT) return {};
    if (!open_) return unavailable(file, errno);
    return read_rest(filter, take);
}

Result<void> Reader::read_rest(const Filter& filter, const Take& take) {
    std::array<char, 64 * 1024> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): written before it is read
    while (true) {
        const auto count = ::read(open_.get(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return unavailable(file_, errno);
        if (count == 0) return {};
        std::string_view text(buffer.data(), static_cast<std::size_t>(count));
        for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
            begun_ += text.substr(0, end);
            hand_over(begun_, filter, take);
            begun_.clear();
            text.remove_prefix(end + 1);
        }
        begun_ += text;
    }
}

bool Reader::was_replaced() const {
    struct stat ours {};
    struct stat current {};
    if (::fstat(open_.get(), &ours) != 0 || ::stat(file_.c_str(), &current) != 0) return false;
    return ours.st_ino != current.st_ino || ours.st_dev != current.st_dev;
}

} // namespace passerelle::log
