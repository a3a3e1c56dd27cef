// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/biff_cells.hpp"
#include "daemon/convert/biff_objects.hpp"
#include "daemon/convert/biff_records.hpp"
#include "daemon/convert/census.hpp"
#include "daemon/convert/legacy_text.hpp"
#include "daemon/convert/little_endian.hpp"

namespace passerelle::convert {
namespace {

constexpr std::uint16_t kBiff5 = 0x0500;
constexpr std::uint16_t kBiff8 = 0x0600;

// [MS-XLS] 2.4.21 BOF: what the records after it make up.
constexpr std::uint16_t kGlobals = 0x0005;
constexpr std::uint16_t kChart = 0x0020;

constexpr std::size_t kMaxSheets = 10'000; // more than anybody has

/// The sheets of a workbook, which one stream holds one after the other.
class WorkbookReader {
  public:
    WorkbookReader(CompoundFile& file, const CompoundFile::Entry& stream) : stream_(file, stream), records_(stream_) {}

    std::optional<Census> read() {
        census_.is_certain = false;
        if (!read_globals() || offsets_.empty() || offsets_.size() > kMaxSheets) return std::nullopt;
        for (std::size_t i = 0; i < offsets_.size(); ++i)
            if (!read_sheet(offsets_[i], census_.sheets[i])) return std::nullopt;
        return std::move(census_);
    }

  private:
    bool read_globals() {
        const auto begin = records_.next();
        if (!begin || begin->type != Biff::begin || u16_at(begin->body, 2) != kGlobals) return false;
        const std::uint16_t version = u16_at(begin->body, 0);
        if (version != kBiff8 && version != kBiff5) return false;
        workbook_.is_biff8 = version == kBiff8;
        if (!workbook_.is_biff8) { // pictures and objects look the same there
            for (const Fact fact : {Fact::pictures, Fact::embedded_objects, Fact::form_fields, Fact::merged_cells})
                census_.facts.set_unknown(fact);
        }
        while (auto record = records_.next()) {
            if (record->type == Biff::eof) return true;
            if (record->type == Biff::code_page) workbook_.code_page = u16_at(record->body, 0);
            if (record->type == Biff::bound_sheet) bound_sheet(std::move(record->body));
            if (record->type == Biff::shared_strings && !shared_strings(std::move(record->body))) return false;
        }
        return false;
    }

    /// [MS-XLS] 2.4.28 BoundSheet8. Sheets that are one chart count too: they become sheets with a chart.
    void bound_sheet(std::string body) {
        constexpr std::size_t kName = 6;
        if (body.size() <= kName) return;
        offsets_.push_back(u32_at(body, 0));
        if ((body[4] & 3) != 0) census_.facts.add(Fact::hidden_sheets);
        std::string& name = census_.sheets.emplace_back().name;
        if (workbook_.is_biff8) {
            ContinuedBytes bytes(records_, body.substr(kName));
            name = read_biff_string(bytes, 1);
        } else {
            name = utf8_from_code_page(std::string_view(body).substr(kName + 1), workbook_.code_page);
        }
    }

    /// [MS-XLS] 2.4.265 SST.
    bool shared_strings(std::string body) {
        ContinuedBytes bytes(records_, std::move(body));
        bytes.skip(4); // how often they are used
        const std::uint32_t count = bytes.number(4);
        for (std::uint32_t i = 0; i < count; ++i) {
            workbook_.strings.push_back(hash_of_words(read_biff_string(bytes, 2)));
            if (bytes.failed()) return false;
        }
        return true;
    }

    bool read_sheet(std::uint32_t offset, SheetCensus& sheet) {
        records_.seek(offset);
        const auto begin = records_.next();
        if (!begin || begin->type != Biff::begin) return false;
        if (u16_at(begin->body, 2) == kChart) census_.facts.add(Fact::charts);
        BiffCells cells(sheet, workbook_, records_);
        BiffObjects objects(census_, records_, workbook_);
        const bool is_chart = u16_at(begin->body, 2) == kChart;
        std::uint64_t depth = 1;
        while (depth > 0) {
            auto record = records_.next();
            if (!record) return false;
            if (record->type == Biff::begin) {
                ++depth;
                if (!is_chart && u16_at(record->body, 2) == kChart) census_.facts.add(Fact::charts);
            } else if (record->type == Biff::eof) {
                --depth;
            } else if (depth == 1 && !is_chart) { // what lies deeper is a chart's: its labels, its copy of the numbers
                objects.read(*record);
                cells.read(*record);
            }
        }
        cells.finish();
        objects.finish();
        return cells.understood() && objects.understood();
    }

    StreamWindow stream_;
    BiffRecords records_;
    BiffWorkbook workbook_;
    std::vector<std::uint32_t> offsets_; ///< where each sheet begins
    Census census_;
};

} // namespace

std::optional<Census> count_xls(CompoundFile& file) {
    for (const char* name : {"Workbook", "Book"})
        if (const auto* stream = file.find(name)) return WorkbookReader(file, *stream).read();
    return std::nullopt;
}

} // namespace passerelle::convert
