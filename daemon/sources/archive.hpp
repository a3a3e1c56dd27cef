// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/content.hpp"
#include "core/result.hpp"
#include "daemon/sources/source.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::sources {

enum class EntryType { file, folder, link, special };

/// One entry of an archive's directory or of a folder. A value.
struct Entry {
    std::string path; ///< UTF-8, tidy: no slash at either end, no empty or "." part; "" is the archive's root
    EntryType type = EntryType::file;
    std::uint64_t size = 0;
    std::optional<std::uint32_t> crc32;
    std::optional<Timestamp> modified;
    std::int64_t index = -1; ///< what Locator::entry becomes
    bool outside = false;    ///< the path leads out of the archive: it is kept as spelled, and never followed
    bool usable = true;      ///< false: its bytes are not to be had; the last reason says why
    std::vector<Reason> reasons;

    void reject(Reason why) {
        usable = false;
        reasons.push_back(std::move(why));
    }
};

/// The database of Nextcloud holds paths of 4,000 characters.
inline constexpr std::size_t kMaxPathBytes = 4000;
inline constexpr std::ptrdiff_t kMaxDepth = 200;

/// Gives the entry its tidy path, or marks it as leading outside (`source.unsafe_path`), or as too long to be taken
/// (`source.path_too_long`). A slash at the end makes it a folder.
void place_entry(Entry& entry, std::string_view path);

/// Receives an archive's entries, in the archive's order. Confined to the thread that lists.
class EntryVisitor {
  public:
    virtual ~EntryVisitor() = default;
    /// How many bytes the entry may have to be handed over with its content; 0: only the entry is of interest.
    [[nodiscard]] virtual std::uint64_t wants(const Entry& entry) const = 0;
    /// `content` is empty where the entry was not wanted, larger than that, or not readable.
    virtual void visit(Entry entry, std::string content) = 0;
};

/// One part of an export: an archive file or a folder. list() comes first, from one thread; afterwards everything may
/// be used from several threads.
class Archive {
  public:
    virtual ~Archive() = default;
    [[nodiscard]] virtual const Part& part() const = 0;

    /// Walks the directory. An error (`export.part_damaged`, or `job.stopped`) may come after some entries: those
    /// are good.
    [[nodiscard]] virtual Result<void> list(EntryVisitor& visitor, const std::stop_token& stop) = 0;

    /// The bytes of a file item of this part, checked against its size and CRC; errors as Source::content() lists them.
    [[nodiscard]] virtual Result<std::unique_ptr<ByteReader>> open(std::int64_t entry, std::uint64_t size,
                                                                   std::optional<std::uint32_t> crc32) const = 0;
    [[nodiscard]] virtual bool random_access() const { return true; }
};

/// An entry larger than this is looked at for its ratio: more than kBombRatio times its packed size is refused.
inline constexpr std::uint64_t kBombSize = 32 * kMiB;
inline constexpr std::uint64_t kBombRatio = 1000;

} // namespace passerelle::sources
