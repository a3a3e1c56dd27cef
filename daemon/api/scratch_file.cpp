// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/scratch_file.hpp"

#include "core/reason_codes.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <streambuf>
#include <unistd.h>

namespace passerelle::api {
namespace {

Error no_space(int error_number) {
    return {ErrorKind::job, codes::disk_full, std::strerror(error_number)};
}

} // namespace

/// Writes to a descriptor by blocks.
class ScratchFile::Buffer : public std::streambuf {
  public:
    explicit Buffer(UniqueFd file) : file_(std::move(file)) { setp(block_.data(), block_.data() + block_.size()); }

    UniqueFd release() { return std::move(file_); }
    [[nodiscard]] int error() const { return error_; }

  protected:
    int_type overflow(int_type letter) override {
        if (sync() != 0) return traits_type::eof();
        if (traits_type::eq_int_type(letter, traits_type::eof())) return traits_type::not_eof(letter);
        return sputc(traits_type::to_char_type(letter));
    }

    int sync() override {
        const char* at = pbase();
        while (at < pptr() && error_ == 0) {
            const auto written = ::write(file_.get(), at, static_cast<std::size_t>(pptr() - at));
            if (written >= 0)
                at += written;
            else if (errno != EINTR)
                error_ = errno;
        }
        setp(block_.data(), block_.data() + block_.size());
        return error_ == 0 ? 0 : -1;
    }

  private:
    UniqueFd file_;
    std::array<char, 64 * 1024> block_{};
    int error_ = 0;
};

ScratchFile::ScratchFile(UniqueFd file)
    : buffer_(std::make_unique<Buffer>(std::move(file))), stream_(std::make_unique<std::ostream>(buffer_.get())) {}
ScratchFile::~ScratchFile() = default;
ScratchFile::ScratchFile(ScratchFile&&) noexcept = default;
ScratchFile& ScratchFile::operator=(ScratchFile&&) noexcept = default;

Result<ScratchFile> ScratchFile::make(const std::filesystem::path& folder) {
    std::error_code none;
    const auto place = folder.empty() ? std::filesystem::temp_directory_path(none) : folder;
    auto name = (place / "passerelle-XXXXXX").string(); // O_TMPFILE is not known to every file system
    UniqueFd file(::mkostemp(name.data(), O_CLOEXEC));
    if (!file) return no_space(errno);
    ::unlink(name.c_str());
    return ScratchFile(std::move(file));
}

std::ostream& ScratchFile::stream() {
    return *stream_;
}

Result<UniqueFd> ScratchFile::finish() {
    stream_->flush();
    if (buffer_->error() != 0) return no_space(buffer_->error());
    return buffer_->release();
}

} // namespace passerelle::api
