// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/store.hpp"

#include "core/hash.hpp"

#include <map>

namespace passerelle::fakes {
namespace {

class MemoryDraft final : public Draft {
  public:
    void write(std::span<const std::byte> bytes) override {
        bytes_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    std::shared_ptr<const Content> finish() override { return std::make_shared<MemoryContent>(std::move(bytes_)); }

  private:
    std::string bytes_;
};

bool is_or_under(const std::string& path, const std::string& folder) {
    return path == folder || (path.starts_with(folder) && path[folder.size()] == '/');
}

class MemoryStore final : public Store {
  public:
    std::unique_ptr<Draft> draft() override { return std::make_unique<MemoryDraft>(); }
    void place(const std::string& path, const std::shared_ptr<const Content>& content) override {
        files_[path] = content;
    }
    std::shared_ptr<const Content> content(const std::string& path) const override { return files_.at(path); }
    void make_folder(const std::string&) override {}
    void remove(const std::string& path) override {
        std::erase_if(files_, [&](const auto& file) { return is_or_under(file.first, path); });
    }
    void move(const std::string& from, const std::string& to) override {
        std::map<std::string, std::shared_ptr<const Content>> moved;
        for (const auto& [path, content] : files_) {
            if (is_or_under(path, from)) moved[to + path.substr(from.size())] = content;
        }
        remove(from);
        files_.merge(moved);
    }
    void set_modified(const std::string&, std::int64_t) override {}

  private:
    std::map<std::string, std::shared_ptr<const Content>> files_;
};

} // namespace

std::unique_ptr<Draft> memory_draft() {
    return std::make_unique<MemoryDraft>();
}

std::unique_ptr<Store> make_memory_store() {
    return std::make_unique<MemoryStore>();
}

struct BodySink::Digests {
    Hasher sha256{HashAlgorithm::sha256};
    Hasher md5{HashAlgorithm::md5};
};

BodySink::BodySink(std::unique_ptr<Draft> draft) : draft_(std::move(draft)), digests_(std::make_unique<Digests>()) {}
BodySink::~BodySink() = default;

void BodySink::write(std::span<const std::byte> bytes) {
    draft_->write(bytes);
    digests_->sha256.update(bytes);
    digests_->md5.update(bytes);
    size_ += bytes.size();
}

ReceivedBody BodySink::finish() {
    return {draft_->finish(), digests_->sha256.finish(), digests_->md5.finish()};
}

ReceivedBody body_of(std::string bytes) {
    BodySink sink(std::make_unique<MemoryDraft>());
    sink.write(std::as_bytes(std::span(bytes.data(), bytes.size())));
    return sink.finish();
}

} // namespace passerelle::fakes
