// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/contract/client_subject.hpp"

#include "core/hash.hpp"
#include "core/reason_codes.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <stdexcept>
#include <unistd.h>
#include <vector>

namespace passerelle::contract {
namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

class PatternReader final : public ByteReader {
  public:
    PatternReader(std::uint64_t bytes, std::uint8_t seed, std::optional<std::uint64_t> fails_after)
        : bytes_(bytes), seed_(seed), fails_after_(fails_after) {}

    Result<std::size_t> read(std::span<std::byte> buffer) override {
        if (fails_after_ && at_ >= *fails_after_) return Error(ErrorKind::item, codes::file_unreadable, "as asked");
        const std::uint64_t end = fails_after_ ? std::min(*fails_after_, bytes_) : bytes_;
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), end - at_));
        for (std::size_t i = 0; i < count; ++i, ++at_)
            buffer[i] = static_cast<std::byte>(at_ + (at_ >> 12) + seed_);
        return count;
    }

  private:
    std::uint64_t bytes_;
    std::uint8_t seed_;
    std::optional<std::uint64_t> fails_after_;
    std::uint64_t at_ = 0;
};

template <class T> T value_of(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().code + ": " + result.error().message);
    return std::move(*result);
}

} // namespace

bool real_server_named() {
    return !environment("NEXTCLOUD_URL").empty();
}

std::unique_ptr<Subject> Subject::make(int release, nextcloud::Options options) {
    std::unique_ptr<Subject> subject(new Subject);
    nextcloud::Account account;
    if (release != kRealServer) {
        subject->double_ = std::make_unique<fakes::NextcloudDouble>(fakes::DoubleOptions{
            .version = release == kWithCompanion ? 34 : release, .companion = release == kWithCompanion});
        account = {subject->double_->url(), "alice", Secret("app-password")};
    } else {
        std::string password;
        std::getline(std::ifstream(environment("NEXTCLOUD_PASSWORD_FILE")) >> std::ws, password);
        account = {environment("NEXTCLOUD_URL"), environment("NEXTCLOUD_USER"), Secret(password)};
    }
    subject->client_ = value_of(nextcloud::Nextcloud::connect(account, options, {}));
    static int count = 0;
    subject->folder_ = fmt::format("Contrat {} {}", ::getpid(), ++count);
    if (auto made = subject->client_->make_folder(subject->folder_, {}); !made)
        throw std::runtime_error(made.error().code + ": " + made.error().message);
    return subject;
}

Subject::~Subject() {
    if (client_ && !double_ && !client_->remove(folder_, {}, {}))
        std::fputs("the test's folder stays behind\n", stderr);
}

Result<std::unique_ptr<ByteReader>> PatternContent::open() const {
    return std::make_unique<PatternReader>(bytes_, seed_, fails_after_);
}

nextcloud::FileUpload upload_of(std::string path, std::shared_ptr<const Content> content) {
    Hasher sha256(HashAlgorithm::sha256);
    Hasher md5(HashAlgorithm::md5);
    auto reader = value_of(content->open());
    std::vector<std::byte> block(1 << 18);
    while (const std::size_t count = value_of(reader->read(block))) {
        sha256.update(std::span(block).first(count));
        md5.update(std::span(block).first(count));
    }
    nextcloud::FileUpload file;
    file.path = std::move(path);
    file.content = std::move(content);
    file.sha256 = sha256.finish();
    file.md5 = md5.finish();
    file.modified = from_epoch(kModified);
    return file;
}

nextcloud::FileUpload upload_of(std::string path, std::string bytes) {
    return upload_of(std::move(path), std::make_shared<MemoryContent>(std::move(bytes)));
}

} // namespace passerelle::contract
