// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/unique_fd.hpp"
#include "tests/fakes/store.hpp"

#include <atomic>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace passerelle::fakes {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void fail(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

/// A file of the staging folder, removed with the last reference unless it was moved away before. Shared: the request
/// that brought it and the store both read it.
class StagedFile final : public Content {
  public:
    StagedFile(fs::path file, std::uint64_t size) : file_(std::move(file)), size_(size) {}
    ~StagedFile() override {
        std::error_code ignored; // gone already when it was placed
        fs::remove(file_, ignored);
    }
    std::uint64_t size() const override { return size_; }
    Result<std::unique_ptr<ByteReader>> open() const override { return FileContent(file_, size_).open(); }
    [[nodiscard]] const fs::path& file() const { return file_; }

  private:
    fs::path file_;
    std::uint64_t size_;
};

class FileDraft final : public Draft {
  public:
    explicit FileDraft(fs::path file)
        : file_(std::move(file)), fd_(::open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
        if (!fd_) fail(file_.string());
    }
    ~FileDraft() override {
        if (fd_) ::unlink(file_.c_str());
    }

    void write(std::span<const std::byte> bytes) override {
        while (!bytes.empty()) {
            const ssize_t written = ::write(fd_.get(), bytes.data(), bytes.size());
            if (written < 0) fail(file_.string());
            size_ += static_cast<std::uint64_t>(written);
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
    }

    std::shared_ptr<const Content> finish() override {
        fd_.reset();
        return std::make_shared<StagedFile>(file_, size_);
    }

  private:
    fs::path file_;
    UniqueFd fd_;
    std::uint64_t size_ = 0;
};

class DirectoryStore final : public Store {
  public:
    DirectoryStore(fs::path folder, fs::path staging) : folder_(std::move(folder)), staging_(std::move(staging)) {
        fs::create_directories(folder_);
        fs::create_directories(staging_);
    }

    std::unique_ptr<Draft> draft() override {
        return std::make_unique<FileDraft>(staging_ / std::to_string(next_draft_.fetch_add(1)));
    }

    void place(const std::string& path, const std::shared_ptr<const Content>& content) override {
        if (const auto* staged = dynamic_cast<const StagedFile*>(content.get())) {
            fs::rename(staged->file(), folder_ / path);
            return;
        }
        FileDraft draft(staging_ / std::to_string(next_draft_.fetch_add(1)));
        const auto bytes = read_all(*content, content->size());
        if (!bytes) throw std::runtime_error(bytes.error().message);
        draft.write(std::as_bytes(std::span(bytes->data(), bytes->size())));
        place(path, draft.finish());
    }

    std::shared_ptr<const Content> content(const std::string& path) const override {
        return std::make_shared<FileContent>(folder_ / path, fs::file_size(folder_ / path));
    }

    void make_folder(const std::string& path) override { fs::create_directory(folder_ / path); }
    void remove(const std::string& path) override { fs::remove_all(folder_ / path); }
    void move(const std::string& from, const std::string& to) override { fs::rename(folder_ / from, folder_ / to); }

    void set_modified(const std::string& path, std::int64_t epoch_seconds) override {
        const timespec times[2] = {{0, UTIME_OMIT}, {epoch_seconds, 0}};
        if (::utimensat(AT_FDCWD, (folder_ / path).c_str(), times, 0) != 0) fail(path);
    }

  private:
    fs::path folder_;
    fs::path staging_;
    std::atomic<std::uint64_t> next_draft_{1};
};

} // namespace

std::unique_ptr<Store> make_directory_store(fs::path folder, fs::path staging) {
    return std::make_unique<DirectoryStore>(std::move(folder), std::move(staging));
}

} // namespace passerelle::fakes
