// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/compound_file.hpp"

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace passerelle::exports {
namespace {

constexpr std::size_t kSector = 512;
constexpr std::size_t kMiniSector = 64;
constexpr std::size_t kMiniLimit = 4096; // smaller streams lie in the mini stream
constexpr std::uint32_t kEndOfChain = 0xfffffffe;
constexpr std::uint32_t kFree = 0xffffffff;
constexpr std::uint32_t kFatSector = 0xfffffffd;
constexpr std::size_t kFatEntries = kSector / 4;
constexpr std::size_t kHeaderFatSectors = 109;

void number(std::string& out, std::uint64_t value, int width) {
    for (int byte = 0; byte < width; ++byte)
        out += static_cast<char>(value >> (8 * byte));
}

void pad(std::string& out, std::size_t unit, char with = '\0') {
    out.append((unit - out.size() % unit) % unit, with);
}

/// Appends `bytes` in units to `space`, chains them in `table`, answers the first unit.
std::uint32_t append_chain(std::string& space, std::vector<std::uint32_t>& table, const std::string& bytes,
                           std::size_t unit) {
    if (bytes.empty()) return kEndOfChain;
    const auto first = static_cast<std::uint32_t>(space.size() / unit);
    space += bytes;
    pad(space, unit);
    const auto end = static_cast<std::uint32_t>(space.size() / unit);
    for (std::uint32_t at = first; at < end; ++at)
        table.push_back(at + 1 == end ? kEndOfChain : at + 1);
    return first;
}

enum class Kind : char { storage = 1, stream = 2, root = 5 };

struct Node {
    std::string name;
    Kind kind = Kind::stream;
    std::uint32_t right = kFree; ///< the next sibling: the tree is a list, which readers accept
    std::uint32_t child = kFree;
    std::uint32_t start = kEndOfChain;
    std::uint64_t size = 0;
};

std::string directory_entry(const Node& node) {
    std::string entry;
    for (const char character : node.name)
        number(entry, static_cast<unsigned char>(character), 2);
    entry.resize(64);
    number(entry, 2 * (node.name.size() + 1), 2);
    entry += static_cast<char>(node.kind);
    entry += '\1'; // black
    number(entry, kFree, 4);
    number(entry, node.right, 4);
    number(entry, node.child, 4);
    entry.append(16 + 4 + 8 + 8, '\0'); // class, state, times
    number(entry, node.start, 4);
    number(entry, node.size, 8);
    return entry;
}

/// Siblings are sorted by length, then by upper case, as readers search them.
bool before(const std::string& left, const std::string& right) {
    if (left.size() != right.size()) return left.size() < right.size();
    const auto upper = [](char byte) { return byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 32) : byte; };
    return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end(),
                                        [&](char a, char b) { return upper(a) < upper(b); });
}

class Writer {
  public:
    std::string write(const std::map<std::string, std::string>& streams) {
        nodes_.push_back({.name = "Root Entry", .kind = Kind::root});
        nodes_[0].child = add_children("", streams);
        nodes_[0].size = mini_.size();
        nodes_[0].start = append_chain(sectors_, fat_, mini_, kSector);
        std::string mini_table = table(mini_fat_);
        const std::uint32_t mini_fat_start = append_chain(sectors_, fat_, mini_table, kSector);
        std::string directory;
        for (const Node& node : nodes_)
            directory += directory_entry(node);
        while (directory.size() % kSector != 0)
            directory += empty_entry();
        const std::uint32_t directory_start = append_chain(sectors_, fat_, directory, kSector);
        return finish(directory_start, mini_fat_start, mini_table.size() / kSector);
    }

  private:
    std::uint32_t add_children(const std::string& prefix, const std::map<std::string, std::string>& streams) {
        std::vector<std::string> names;
        for (const auto& [path, bytes] : streams) {
            if (!path.starts_with(prefix)) continue;
            const std::string name = path.substr(prefix.size(), path.find('/', prefix.size()) - prefix.size());
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
        std::sort(names.begin(), names.end(), before);
        const auto first = static_cast<std::uint32_t>(nodes_.size());
        for (std::size_t index = 0; index < names.size(); ++index) {
            nodes_.push_back({.name = names[index]});
            if (index + 1 < names.size()) nodes_.back().right = first + static_cast<std::uint32_t>(index) + 1;
        }
        for (std::size_t index = 0; index < names.size(); ++index)
            fill(first + index, prefix + names[index], streams);
        return names.empty() ? kFree : first;
    }

    void fill(std::size_t node, const std::string& path, const std::map<std::string, std::string>& streams) {
        const auto stream = streams.find(path);
        if (stream == streams.end()) {
            nodes_[node].kind = Kind::storage;
            const std::uint32_t child = add_children(path + "/", streams);
            nodes_[node].child = child;
            return;
        }
        nodes_[node].size = stream->second.size();
        nodes_[node].start = stream->second.size() < kMiniLimit
                                 ? append_chain(mini_, mini_fat_, stream->second, kMiniSector)
                                 : append_chain(sectors_, fat_, stream->second, kSector);
    }

    static std::string empty_entry() {
        std::string entry(68, '\0');
        for (int link = 0; link < 3; ++link)
            number(entry, kFree, 4);
        entry.resize(128);
        return entry;
    }

    static std::string table(const std::vector<std::uint32_t>& entries) {
        std::string bytes;
        for (const std::uint32_t entry : entries)
            number(bytes, entry, 4);
        pad(bytes, kSector, '\xff');
        return bytes;
    }

    std::string finish(std::uint32_t directory_start, std::uint32_t mini_fat_start, std::size_t mini_fat_sectors) {
        // The table maps its own sectors as well.
        std::size_t count = 1;
        while (count * kFatEntries < fat_.size() + count)
            ++count;
        if (count > kHeaderFatSectors) throw std::length_error("too large for this compound file");
        const auto fat_start = static_cast<std::uint32_t>(fat_.size());
        fat_.insert(fat_.end(), count, kFatSector);

        std::string file("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
        file.append(16, '\0');
        for (const unsigned short field : {0x3e, 3, 0xfffe, 9, 6})
            number(file, field, 2);
        file.append(6 + 4, '\0');
        number(file, count, 4);
        number(file, directory_start, 4);
        number(file, 0, 4);
        number(file, kMiniLimit, 4);
        number(file, mini_fat_start, 4);
        number(file, mini_fat_sectors, 4);
        number(file, kEndOfChain, 4);
        number(file, 0, 4);
        for (std::size_t index = 0; index < kHeaderFatSectors; ++index)
            number(file, index < count ? fat_start + index : kFree, 4);
        return file + sectors_ + table(fat_);
    }

    std::vector<Node> nodes_;
    std::string sectors_;
    std::vector<std::uint32_t> fat_;
    std::string mini_;
    std::vector<std::uint32_t> mini_fat_;
};

} // namespace

std::string compound_file(const std::map<std::string, std::string>& streams) {
    return Writer().write(streams);
}

} // namespace passerelle::exports
