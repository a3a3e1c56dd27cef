// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/log/newest.hpp"

#include "core/reason_codes.hpp"
#include "core/unique_fd.hpp"
#include "daemon/log/files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <set>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace passerelle::log {
namespace {

constexpr std::size_t kBlockBytes = 64 * 1024;
constexpr std::size_t kOldInARow = 100; ///< so many lines that are too old say that all before them are

/// Reads a file from its end, and says what of it is wanted.
class Backwards {
  public:
    Backwards(const Filter& filter, const std::string& since, const std::function<bool(const Line&)>& take)
        : filter_(filter), since_(since), take_(take),
          job_mark_(filter.job ? fmt::format("\"job\":{}", filter.job->value) : "") {}

    /// Answers whether the files before are wanted too, or an errno.
    std::pair<bool, int> read(const UniqueFd& fd) {
        const auto end = ::lseek(fd.get(), 0, SEEK_END);
        if (end < 0) return {false, errno};
        begun_.clear();
        bool is_whole = false; // what follows the last line's end is not complete yet
        std::string block;
        for (auto left = static_cast<std::size_t>(end); left > 0;) {
            block.resize(std::min(left, kBlockBytes));
            left -= block.size();
            if (const int failed = read_block(fd, block, left)) return {false, failed};
            std::string_view text = block;
            for (auto cut = text.rfind('\n'); cut != std::string_view::npos; cut = text.rfind('\n')) {
                begun_.insert(0, text.substr(cut + 1));
                if (is_whole && !hand_over(begun_)) return {false, 0};
                is_whole = true;
                begun_.clear();
                text = text.substr(0, cut);
            }
            begun_.insert(0, text);
        }
        return {!is_whole || hand_over(begun_), 0};
    }

  private:
    static int read_block(const UniqueFd& fd, std::string& block, std::size_t at) {
        for (std::size_t have = 0; have < block.size();) {
            const auto count =
                ::pread(fd.get(), block.data() + have, block.size() - have, static_cast<off_t>(at + have));
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return errno;
            if (count == 0) return EIO; // it became shorter: nobody cuts a log
            have += static_cast<std::size_t>(count);
        }
        return 0;
    }

    /// False: nothing before this line is wanted.
    bool hand_over(std::string_view text) {
        if (!since_.empty() && is_old(text)) return ++old_in_a_row_ < kOldInARow;
        old_in_a_row_ = 0;
        if (text.find(job_mark_) == std::string_view::npos) return true; // parsing costs more than looking
        const auto line = from_json(text);
        if (!line || line->level < filter_.least || (filter_.job && line->job != filter_.job)) return true;
        return (!since_.empty() && line->time <= since_) || take_(*line);
    }

    /// By the beginning that our lines have; others are parsed.
    [[nodiscard]] bool is_old(std::string_view text) const {
        constexpr std::string_view kBeginning = R"({"time":")";
        if (!text.starts_with(kBeginning)) return false;
        text.remove_prefix(kBeginning.size());
        return text.substr(0, text.find('"')) <= since_;
    }

    const Filter& filter_;
    const std::string& since_;
    const std::function<bool(const Line&)>& take_;
    const std::string job_mark_;
    std::string begun_; ///< the end of a line whose beginning lies before
    std::size_t old_in_a_row_ = 0;
};

} // namespace

Result<void> read_newest(const std::filesystem::path& file, const Filter& filter, const std::string& since,
                         const std::function<bool(const Line&)>& take) {
    Backwards backwards(filter, since, take);
    std::set<std::pair<dev_t, ino_t>> read; // a file that is put aside meanwhile comes a second time
    for (std::size_t number = 0;; ++number) {
        const auto one = number == 0 ? file : put_aside(file, number);
        const UniqueFd fd(::open(one.c_str(), O_RDONLY | O_CLOEXEC));
        struct stat status {};
        if (!fd && errno == ENOENT) {
            if (number == 0) continue; // it is just being put aside
            return {};
        }
        const auto failed = [&](int why) {
            return Error(ErrorKind::permanent, codes::log_unavailable, std::strerror(why), {{"file", one.string()}});
        };
        if (!fd || ::fstat(fd.get(), &status) != 0) return failed(errno);
        if (S_ISDIR(status.st_mode)) return failed(EISDIR);
        if (!read.emplace(status.st_dev, status.st_ino).second) continue;
        const auto [goes_on, why] = backwards.read(fd);
        if (why != 0) return failed(why);
        if (!goes_on) return {};
    }
}

} // namespace passerelle::log
