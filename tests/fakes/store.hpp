// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/content.hpp"
#include "tests/fakes/http_message.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace passerelle::fakes {

/// Bytes on their way in, not yet part of any tree. Dropped without trace unless the store places them. Confined to a
/// thread.
class Draft {
  public:
    virtual ~Draft() = default;
    virtual void write(std::span<const std::byte> bytes) = 0;
    /// No more bytes come. The content stays readable as long as somebody holds it.
    [[nodiscard]] virtual std::shared_ptr<const Content> finish() = 0;
};

/// Where a tree's bytes live. Paths are relative, without a slash at either end; "" is the root. Every function but
/// draft() is called under the tree's lock; draft() may be called from any thread.
class Store {
  public:
    virtual ~Store() = default;

    [[nodiscard]] virtual std::unique_ptr<Draft> draft() = 0;

    /// Puts the content at the path, over whatever file was there.
    virtual void place(const std::string& path, const std::shared_ptr<const Content>& content) = 0;
    [[nodiscard]] virtual std::shared_ptr<const Content> content(const std::string& path) const = 0;
    virtual void make_folder(const std::string& path) = 0;
    virtual void remove(const std::string& path) = 0; ///< a file, or a folder with all it holds
    virtual void move(const std::string& from, const std::string& to) = 0;
    virtual void set_modified(const std::string& path, std::int64_t epoch_seconds) = 0;
};

/// A draft that belongs to no store and lies in memory.
[[nodiscard]] std::unique_ptr<Draft> memory_draft();

/// Bytes in memory.
[[nodiscard]] std::unique_ptr<Store> make_memory_store();

/// Real files below `folder`, which is made where it is missing. Drafts lie in `staging`, which must be on the same
/// file system; it is made where it is missing.
[[nodiscard]] std::unique_ptr<Store> make_directory_store(std::filesystem::path folder, std::filesystem::path staging);

/// Takes a stream of bytes into a draft and both digests of it. Confined to a thread.
class BodySink {
  public:
    explicit BodySink(std::unique_ptr<Draft> draft);
    ~BodySink();
    void write(std::span<const std::byte> bytes);
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] ReceivedBody finish();

  private:
    struct Digests;
    std::unique_ptr<Draft> draft_;
    std::unique_ptr<Digests> digests_;
    std::uint64_t size_ = 0;
};

/// A body made of bytes at hand.
[[nodiscard]] ReceivedBody body_of(std::string bytes);

} // namespace passerelle::fakes
