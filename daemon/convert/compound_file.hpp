// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::convert {

/// Reads the container of the old binary Office formats, of which password-protected OOXML is one too ([MS-CFB]). Every
/// number in the file is doubted: chains are bounded, loops end. Confined to a thread.
class CompoundFile {
  public:
    struct Entry {
        std::string name; ///< characters beyond ASCII become '?'
        bool is_storage = false;
        std::uint64_t size = 0;
        std::uint32_t first_sector = 0;
    };

    /// Nothing when the file is no compound file, or one that cannot be read.
    [[nodiscard]] static std::optional<CompoundFile> open(const std::filesystem::path& file);

    /// All of them, whatever storage they stand in.
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
    /// The entry of this name right in the root storage: what embedded documents hold stands in storages of their own.
    /// Where the links between the entries are damaged or were never written: the first of this name.
    [[nodiscard]] const Entry* find(std::string_view name) const;
    /// The first of this name in any storage.
    [[nodiscard]] const Entry* find_anywhere(std::string_view name) const;
    /// At most `length` bytes of a stream from `offset`; fewer where it ends or is damaged.
    [[nodiscard]] std::string read(const Entry& stream, std::uint64_t offset, std::size_t length);

  private:
    using Chain = std::vector<std::uint32_t>;
    /// Where an entry stands in the tree, by the entries' places in the directory ([MS-CFB] 2.6.1).
    struct Links {
        std::uint32_t left = 0;
        std::uint32_t right = 0;
        std::uint32_t child = 0;
        std::optional<std::size_t> entry; ///< its index in `entries_`; the root and unused ones have none
    };

    explicit CompoundFile(std::ifstream file) : file_(std::move(file)) {}
    [[nodiscard]] bool read_header();
    [[nodiscard]] bool read_directory(std::uint32_t first_sector);
    [[nodiscard]] static Entry read_entry(std::string_view bytes);
    void find_root_entries(const std::vector<Links>& links);
    [[nodiscard]] std::string file_bytes(std::uint64_t offset, std::size_t length);
    [[nodiscard]] std::string sector(std::uint32_t number);
    [[nodiscard]] static Chain follow(const std::vector<std::uint32_t>& table, std::uint32_t first);
    [[nodiscard]] std::string read_chain(const Chain& chain, std::uint64_t offset, std::size_t length);
    static void append_table(std::vector<std::uint32_t>& table, const std::string& bytes);

    std::ifstream file_;
    std::uint32_t sector_bytes_ = 512;
    std::uint32_t mini_limit_ = 4096;       ///< smaller streams stand in the mini stream
    std::vector<std::uint32_t> table_;      ///< sector -> next sector
    std::vector<std::uint32_t> mini_table_; ///< the same within the mini stream
    Chain mini_stream_;
    std::vector<Entry> entries_;
    std::vector<std::size_t> root_entries_; ///< indices of those right in the root storage
    bool has_tree_ = false;                 ///< false: nobody can tell which storage an entry stands in
};

} // namespace passerelle::convert
