// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/binary_office.hpp"

#include "daemon/convert/little_endian.hpp"

namespace passerelle::convert {
namespace {

/// [MS-DOC] 2.5.2 FibBase: bit 8 of the flags at offset 10.
bool is_word_encrypted(CompoundFile& file, const CompoundFile::Entry& document) {
    constexpr std::uint16_t kEncrypted = 0x0100;
    return (u16_at(file.read(document, 0, 12), 10) & kEncrypted) != 0;
}

/// [MS-XLS]: a FilePass record stands right after the first BOF, or a few records later.
bool is_excel_encrypted(CompoundFile& file, const CompoundFile::Entry& workbook) {
    constexpr std::uint16_t kFilePass = 0x002F;
    constexpr std::uint16_t kSheet = 0x0085;
    constexpr int kMaxRecords = 64;
    std::uint64_t at = 0;
    for (int record = 0; record < kMaxRecords; ++record) {
        const std::string header = file.read(workbook, at, 4);
        if (header.size() < 4 || u16_at(header, 0) == kSheet) return false;
        if (u16_at(header, 0) == kFilePass) return true;
        at += 4 + u16_at(header, 2);
    }
    return false;
}

/// [MS-PPT] 2.3.2 CurrentUserAtom: its token says whether the document is encrypted.
bool is_powerpoint_encrypted(CompoundFile& file) {
    constexpr std::uint32_t kEncryptedToken = 0xF3D1C4DF;
    if (file.find("EncryptedSummary")) return true;
    const CompoundFile::Entry* user = file.find("Current User");
    return user && u32_at(file.read(*user, 0, 16), 12) == kEncryptedToken;
}

struct RecordHeader {
    std::uint16_t type = 0;
    std::uint64_t begin = 0; ///< of what it holds
    std::uint64_t end = 0;
};

/// The first record of `type` among those between `begin` and `end`.
std::optional<RecordHeader> find_record(CompoundFile& file, const CompoundFile::Entry& stream, std::uint64_t begin,
                                        std::uint64_t end, std::uint16_t type) {
    constexpr int kMaxRecords = 4096;
    for (int record = 0; record < kMaxRecords && begin + 8 <= end; ++record) {
        const std::string header = file.read(stream, begin, 8);
        if (header.size() < 8) return std::nullopt;
        const RecordHeader found{u16_at(header, 2), begin + 8, begin + 8 + u32_at(header, 4)};
        if (found.type == type) return found;
        begin = found.end;
    }
    return std::nullopt;
}

/// [MS-PPT]: DocumentContainer, in it DocInfoListContainer, in it VBAInfoContainer, in it VBAInfoAtom with fHasMacros.
bool has_powerpoint_macros(CompoundFile& file, const CompoundFile::Entry& document) {
    std::optional<RecordHeader> record = RecordHeader{0, 0, document.size};
    for (const std::uint16_t type : {0x03E8, 0x07D0, 0x03FF, 0x0400}) {
        record = find_record(file, document, record->begin, record->end, type);
        if (!record) return false;
    }
    return u32_at(file.read(document, record->begin, 8), 4) != 0;
}

/// [MS-OFFCRYPTO] 2.5: a stream of Office 97's, a storage since Office 2007.
bool is_signed(CompoundFile& file) {
    return file.find_anywhere("_signatures") != nullptr || file.find_anywhere("_xmlsignatures") != nullptr;
}

BinaryOffice format_of(CompoundFile& file) {
    // Word keeps macros in the storage "Macros", Excel in "_VBA_PROJECT_CUR"; in both lies a stream of this name,
    // within a storage "VBA". Those of an embedded document are macros too.
    const bool has_project =
        file.find_anywhere("_VBA_PROJECT") != nullptr || file.find_anywhere("_VBA_PROJECT_CUR") != nullptr;
    if (const auto* document = file.find("WordDocument"))
        return {"doc", is_word_encrypted(file, *document), has_project};
    for (const char* name : {"Workbook", "Book"}) {
        if (const auto* workbook = file.find(name)) return {"xls", is_excel_encrypted(file, *workbook), has_project};
    }
    if (const auto* document = file.find("PowerPoint Document")) {
        return {"ppt", is_powerpoint_encrypted(file), has_project || has_powerpoint_macros(file, *document)};
    }
    return {};
}

} // namespace

BinaryOffice look_at(CompoundFile& file) {
    if (file.find("EncryptedPackage")) return {{}, true};
    BinaryOffice office = format_of(file);
    office.is_signed = !office.format.empty() && is_signed(file);
    return office;
}

} // namespace passerelle::convert
