// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/tar_archive.hpp"

#include "core/hash.hpp"
#include "core/reason_codes.hpp"
#include "daemon/sources/part_file.hpp"
#include "daemon/sources/tar_cursor.hpp"
#include "daemon/sources/verifying_reader.hpp"

#include <array>
#include <fmt/format.h>
#include <mutex>

namespace passerelle::sources {
namespace {

constexpr std::int64_t kMaxEntries = 2'000'000; ///< some hundred bytes of memory each

/// Where the cursor waits between two readers. Shared by the archive and its readers, which may outlive each other's
/// use of it. Internally locked.
class CursorPark {
  public:
    /// A cursor that has not passed `entry` yet, if one waits here.
    std::unique_ptr<TarCursor> take(std::int64_t entry) {
        std::lock_guard lock(mutex_);
        if (!waiting_ || waiting_->position() > entry) return nullptr;
        return std::move(waiting_);
    }
    void give(std::unique_ptr<TarCursor> cursor) {
        std::lock_guard lock(mutex_);
        waiting_ = std::move(cursor);
    }

  private:
    std::mutex mutex_;
    std::unique_ptr<TarCursor> waiting_;
};

class TarReader final : public ByteReader {
  public:
    TarReader(std::unique_ptr<TarCursor> cursor, std::shared_ptr<CursorPark> park)
        : cursor_(std::move(cursor)), park_(std::move(park)) {}
    ~TarReader() override { park_->give(std::move(cursor_)); }
    TarReader(const TarReader&) = delete;
    TarReader& operator=(const TarReader&) = delete;
    Result<std::size_t> read(std::span<std::byte> buffer) override { return cursor_->read(buffer); }

  private:
    std::unique_ptr<TarCursor> cursor_;
    std::shared_ptr<CursorPark> park_;
};

class TarArchive final : public Archive {
  public:
    TarArchive(std::filesystem::path file, const FileIdentity& identity)
        : part_{std::move(file), identity.size, identity.modified(), {}}, identity_(identity) {}

    const Part& part() const override { return part_; }
    bool random_access() const override { return false; }
    Result<void> list(EntryVisitor& visitor, const std::stop_token& stop) override;
    Result<std::unique_ptr<ByteReader>> open(std::int64_t entry, std::uint64_t size,
                                             std::optional<std::uint32_t> crc32) const override;

  private:
    [[nodiscard]] Result<std::string> take_in(TarCursor& cursor, Entry& entry, std::uint64_t limit,
                                              const std::stop_token& stop);

    Part part_;
    FileIdentity identity_;
    std::uint64_t unpacked_ = 0; ///< bytes that came out while listing
    std::shared_ptr<CursorPark> park_ = std::make_shared<CursorPark>();
};

Result<void> TarArchive::list(EntryVisitor& visitor, const std::stop_token& stop) {
    auto cursor = TarCursor::open(part_.file);
    if (!cursor) return failure(cursor);
    Hasher hasher(HashAlgorithm::sha256);
    const auto walk = [&]() -> Result<void> {
        while ((*cursor)->position() < kMaxEntries) {
            auto entry = (*cursor)->next();
            if (!entry) return failure(entry);
            if (!*entry) return {};
            auto& found = **entry;
            if (found.size > kBombSize && found.size / kBombRatio > identity_.size)
                found.reject(Reason(codes::source_bomb, {{"size", fmt::to_string(found.size)},
                                                         {"packed", fmt::to_string(identity_.size)}}));
            std::string content;
            if (found.usable && found.type == EntryType::file) {
                auto taken = take_in(**cursor, found, visitor.wants(found), stop);
                if (!taken && taken.error().kind == ErrorKind::job) return failure(taken);
                if (taken)
                    content = std::move(*taken);
                else
                    found.reject(reason_of(taken.error()));
            }
            hasher.update(fmt::format("{}\n{} {:08x}\n", found.path, found.size, found.crc32.value_or(0)));
            visitor.visit(std::move(found), std::move(content));
        }
        const auto detail = fmt::format("more than {} entries", kMaxEntries);
        return Error(ErrorKind::item, codes::export_part_damaged, detail, {{"detail", detail}});
    };
    auto result = walk();
    part_.fingerprint = hasher.finish();
    return result;
}

/// Reads an entry through for its CRC and keeps its bytes if there are no more than `limit`.
Result<std::string> TarArchive::take_in(TarCursor& cursor, Entry& entry, std::uint64_t limit,
                                        const std::stop_token& stop) {
    std::array<std::byte, 64 * kKiB> buffer;
    std::string content;
    std::uint64_t size = 0;
    std::uint32_t crc = 0;
    while (true) {
        if (stop.stop_requested()) return Error(ErrorKind::job, codes::job_stopped, "stopped");
        auto count = cursor.read(buffer);
        if (!count) return failure(count);
        if (*count == 0) break;
        const auto bytes = std::span(buffer).first(*count);
        crc = crc32_update(crc, bytes);
        size += bytes.size();
        unpacked_ += bytes.size();
        if (unpacked_ > kBombSize && unpacked_ / kBombRatio > cursor.packed_bytes()) {
            return Error(ErrorKind::item, codes::source_bomb, "ratio",
                         {{"size", fmt::to_string(unpacked_)}, {"packed", fmt::to_string(cursor.packed_bytes())}});
        }
        if (entry.size <= limit) content.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    if (size != entry.size) return Error(ErrorKind::item, codes::source_bytes_differ, "size");
    entry.crc32 = crc;
    return content;
}

Result<std::unique_ptr<ByteReader>> TarArchive::open(std::int64_t entry, std::uint64_t size,
                                                     std::optional<std::uint32_t> crc32) const {
    if (auto same = check_unchanged(part_.file, identity_); !same) return failure(same);
    auto cursor = park_->take(entry);
    if (!cursor) {
        auto opened = TarCursor::open(part_.file);
        if (!opened) return failure(opened);
        cursor = std::move(*opened);
    }
    while (cursor->position() <= entry) {
        auto reached = cursor->next();
        if (!reached) return failure(reached);
        if (!*reached) return Error(ErrorKind::item, codes::source_damaged, "entry gone", {{"detail", "entry gone"}});
    }
    return std::make_unique<VerifyingReader>(std::make_unique<TarReader>(std::move(cursor), park_), size, crc32);
}

} // namespace

Result<std::unique_ptr<Archive>> open_tar(const std::filesystem::path& file) {
    auto identity = identify(file);
    if (!identity) return failure(identity);
    return std::make_unique<TarArchive>(file, *identity);
}

} // namespace passerelle::sources
