// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/doc_file.hpp"

#include "daemon/convert/little_endian.hpp"

#include <algorithm>

namespace passerelle::convert {
namespace {

constexpr std::size_t kMaxStream = std::size_t{64} << 20;

// [MS-DOC] 2.5.1 Fib, in its form of Word 97, with which all later ones begin.
constexpr std::uint16_t kWordMark = 0xA5EC;
constexpr std::uint16_t kWord97 = 0x00C0;
constexpr std::uint16_t kEncrypted = 0x0100;
constexpr std::uint16_t kSecondTable = 0x0200;
constexpr std::size_t kFlags = 10;
constexpr std::size_t kLengths = 76;
constexpr std::size_t kMacroLength = 88;
constexpr std::size_t kTables = 154;

constexpr std::size_t kPageBytes = 512;

/// [MS-DOC] 2.9.73 FcCompressed: the bytes that are no character of Latin-1.
char16_t wide(unsigned char byte) {
    constexpr std::u16string_view kFrom80 = u"\u0080\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039"
                                            u"\u0152\u008D\u017D\u008F\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014"
                                            u"\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";
    static_assert(kFrom80.size() == 32);
    return byte >= 0x80 && byte < 0xA0 ? kFrom80[byte - 0x80] : static_cast<char16_t>(byte);
}

/// Of the operand that begins there; [MS-DOC] 2.2.5.1.
std::size_t operand_bytes(std::uint16_t code, std::string_view at) {
    constexpr std::array<std::size_t, 8> kBytes = {1, 1, 2, 4, 2, 2, 0, 3};
    constexpr std::uint16_t kDefineTable = 0xD608; // its length has two bytes, and says one too many
    const std::size_t fixed = kBytes[code >> 13];
    if (fixed > 0 || at.empty()) return fixed;
    return code == kDefineTable ? std::size_t{1} + u16_at(at, 0) : std::size_t{1} + static_cast<unsigned char>(at[0]);
}

constexpr std::uint16_t kDeleted = 0x0800;
constexpr std::uint16_t kInserted = 0x0801;
constexpr std::uint16_t kSymbol = 0x6A09;
constexpr char kOn = 1; // 0x81: the opposite of the style, of which nothing is deleted

/// [MS-DOC] 2.9.211 Prm: one property of a whole piece, or the number of a list of them.
bool deletes(std::uint16_t modifier, const std::vector<std::string_view>& properties) {
    constexpr std::uint16_t kDeletedInShort = 0x41;
    if ((modifier & 1) == 0) return (modifier >> 1 & 0x7F) == kDeletedInShort && (modifier >> 8 & kOn) != 0;
    const std::size_t number = modifier >> 1;
    bool is_deleted = false;
    if (number < properties.size())
        each_sprm(properties[number], [&](const Sprm& sprm) {
            if (sprm.code == kDeleted) is_deleted = (sprm.operand[0] & kOn) != 0;
        });
    return is_deleted;
}

} // namespace

void each_sprm(std::string_view properties, const std::function<void(const Sprm&)>& take) {
    while (properties.size() > 2) {
        const std::uint16_t code = u16_at(properties, 0);
        properties.remove_prefix(2);
        const std::size_t length = operand_bytes(code, properties);
        if (length == 0 || length > properties.size()) return;
        take({code, properties.substr(0, length)});
        properties.remove_prefix(length);
    }
}

std::optional<DocFile> DocFile::open(CompoundFile& file) {
    const auto* document = file.find("WordDocument");
    if (!document || document->size > kMaxStream) return std::nullopt;
    DocFile doc;
    doc.text_ = file.read(*document, 0, kMaxStream);
    const std::uint16_t flags = u16_at(doc.text_, kFlags);
    if (u16_at(doc.text_, 0) != kWordMark || u16_at(doc.text_, 2) < kWord97 || (flags & kEncrypted) != 0)
        return std::nullopt;
    const auto* tables = file.find((flags & kSecondTable) != 0 ? "1Table" : "0Table");
    if (!tables || tables->size > kMaxStream) return std::nullopt;
    doc.tables_ = file.read(*tables, 0, kMaxStream);
    if (!doc.read_parts() || !doc.read_pieces() || !doc.read_runs()) return std::nullopt;
    return doc;
}

std::optional<std::string_view> DocFile::table(DocTable table) const {
    const std::size_t entry = kTables + 8 * static_cast<std::size_t>(table);
    const std::uint32_t offset = u32_at(text_, entry);
    const std::uint32_t length = u32_at(text_, entry + 4);
    if (length == 0) return std::string_view();
    if (offset > tables_.size() || length > tables_.size() - offset) return std::nullopt;
    return std::string_view(tables_).substr(offset, length);
}

std::string_view DocFile::text_bytes(std::uint64_t offset, std::size_t length) const {
    if (offset >= text_.size()) return {};
    return std::string_view(text_).substr(static_cast<std::size_t>(offset), length);
}

bool DocFile::read_parts() {
    if (u32_at(text_, kMacroLength) != 0) return false; // text of which nothing is known
    std::size_t at = kLengths;
    std::uint32_t begin = 0;
    for (DocRange& part : parts_) {
        if (at == kMacroLength) at += 4;
        const std::uint32_t length = u32_at(text_, at);
        if (length > kMaxStream) return false;
        part = {begin, begin + length};
        begin += length;
        at += 4;
    }
    return true;
}

/// [MS-DOC] 2.9.38 Clx: properties that pieces refer to, then the table of pieces.
bool DocFile::read_pieces() {
    constexpr char kProperties = 1;
    constexpr char kPieces = 2;
    const auto clx = table(DocTable::clx);
    if (!clx) return false;
    std::string_view rest = *clx;
    std::vector<std::string_view> properties;
    while (!rest.empty() && rest[0] == kProperties) {
        const std::size_t bytes = std::min<std::size_t>(rest.size(), std::size_t{3} + u16_at(rest, 1));
        properties.push_back(rest.substr(std::min<std::size_t>(bytes, 3), bytes - std::min<std::size_t>(bytes, 3)));
        rest.remove_prefix(bytes);
    }
    if (rest.size() < 5 || rest[0] != kPieces || u32_at(rest, 1) > rest.size() - 5) return false;
    return add_pieces(rest.substr(5, u32_at(rest, 1)), properties);
}

/// [MS-DOC] 2.8.35 PlcPcd.
bool DocFile::add_pieces(std::string_view table, const std::vector<std::string_view>& properties) {
    constexpr std::uint32_t kNarrow = 0x40000000;
    if (table.size() < 16) return false;
    const std::size_t count = (table.size() - 4) / 12;
    std::uint32_t end = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const DocRange characters{u32_at(table, 4 * i), u32_at(table, 4 * i + 4)};
        if (characters.begin != end || characters.end < characters.begin) return false;
        end = characters.end;
        const std::uint32_t place = u32_at(table, 4 * (count + 1) + 8 * i + 2);
        const bool is_narrow = (place & kNarrow) != 0;
        const std::uint32_t offset = is_narrow ? (place & ~kNarrow) / 2 : place;
        const std::uint64_t bytes = std::uint64_t{is_narrow ? 1u : 2u} * (characters.end - characters.begin);
        if (offset + bytes > text_.size()) return false;
        const bool is_deleted = deletes(u16_at(table, 4 * (count + 1) + 8 * i + 6), properties);
        pieces_.push_back({characters, offset, is_narrow, is_deleted});
        has_deletions_ = has_deletions_ || is_deleted;
        changes_ += is_deleted ? 1 : 0;
    }
    // More characters than bytes: pieces that show the same bytes again and again.
    return end >= parts_.back().end && end <= text_.size();
}

/// [MS-DOC] 2.8.5 PlcBteChpx: where the pages with properties of characters are.
bool DocFile::read_runs() {
    constexpr std::uint32_t kPageNumber = 0x3FFFFF;
    const auto pages = table(DocTable::character_pages);
    if (!pages) return false;
    const std::size_t count = pages->size() < 4 ? 0 : (pages->size() - 4) / 8;
    if (count > text_.size() / kPageBytes) return false; // the same pages again and again
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t number = u32_at(*pages, 4 * (count + 1) + 4 * i) & kPageNumber;
        const std::string_view page = text_bytes(std::uint64_t{number} * kPageBytes, kPageBytes);
        if (page.size() < kPageBytes) return false;
        read_page(page);
    }
    std::sort(runs_.begin(), runs_.end(), [](const Run& left, const Run& right) { return left.begin < right.begin; });
    return true;
}

/// [MS-DOC] 2.9.33 ChpxFkp.
void DocFile::read_page(std::string_view page) {
    const std::size_t count = static_cast<unsigned char>(page.back());
    if (4 * (count + 1) + count >= kPageBytes) return;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = std::size_t{2} * static_cast<unsigned char>(page[4 * (count + 1) + i]);
        if (at == 0 || at + 1 >= kPageBytes) continue;
        Run run{u32_at(page, 4 * i), u32_at(page, 4 * i + 4)};
        each_sprm(page.substr(at + 1, static_cast<unsigned char>(page[at])), [&](const Sprm& sprm) {
            if (sprm.code == kDeleted) run.is_deleted = (sprm.operand[0] & kOn) != 0;
            if ((sprm.code == kDeleted || sprm.code == kInserted) && (sprm.operand[0] & kOn) != 0) ++changes_;
            if (sprm.code == kSymbol) run.symbol = static_cast<char16_t>(u16_at(sprm.operand, 2));
        });
        if (run.is_deleted) has_deletions_ = true;
        if (run.is_deleted || run.symbol != 0) runs_.push_back(run);
    }
}

const DocFile::Run* DocFile::run_at(std::uint32_t offset) const {
    const auto after = std::upper_bound(runs_.begin(), runs_.end(), offset,
                                        [](std::uint32_t place, const Run& run) { return place < run.begin; });
    if (after == runs_.begin() || offset >= std::prev(after)->end) return nullptr;
    return &*std::prev(after);
}

void DocFile::each_character(DocRange range, const std::function<void(char16_t)>& take) const {
    each_place(range, [&](const DocPlace& place) {
        if (!place.is_deleted) take(place.character);
    });
}

void DocFile::each_place(DocRange range, const std::function<void(const DocPlace&)>& take) const {
    constexpr char16_t kStandsForSymbol = u'(';
    auto piece =
        std::upper_bound(pieces_.begin(), pieces_.end(), range.begin,
                         [](std::uint32_t place, const Piece& candidate) { return place < candidate.characters.end; });
    for (; piece != pieces_.end() && piece->characters.begin < range.end; ++piece) {
        const std::uint32_t end = std::min(range.end, piece->characters.end);
        for (std::uint32_t place = std::max(range.begin, piece->characters.begin); place < end; ++place) {
            const std::uint32_t offset = piece->offset + (piece->is_narrow ? 1 : 2) * (place - piece->characters.begin);
            char16_t character = piece->is_narrow ? wide(static_cast<unsigned char>(text_[offset]))
                                                  : static_cast<char16_t>(u16_at(text_, offset));
            const Run* run = run_at(offset);
            if (run && run->symbol != 0 && character == kStandsForSymbol) character = run->symbol;
            take({character, offset, piece->is_deleted || (run && run->is_deleted)});
        }
    }
}

} // namespace passerelle::convert
