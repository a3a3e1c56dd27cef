// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/stream_window.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle::convert {

/// The records of a workbook that our readers know ([MS-XLS] 2.3).
enum class Biff : std::uint16_t {
    formula = 0x0006,
    eof = 0x000A,
    header = 0x0014,
    footer = 0x0015,
    note = 0x001C,
    continuation = 0x003C,
    code_page = 0x0042,
    object = 0x005D,
    bound_sheet = 0x0085,
    pivot_table = 0x00B0,
    many_rk = 0x00BD,
    rich_string = 0x00D6,
    merged_cells = 0x00E5,
    drawing = 0x00EC,
    shared_strings = 0x00FC,
    shared_label = 0x00FD,
    conditional_format = 0x01B0,
    text_object = 0x01B6,
    link = 0x01B8,
    validation = 0x01BE,
    number = 0x0203,
    label = 0x0204,
    truth_or_error = 0x0205,
    formula_string = 0x0207,
    array = 0x0221,
    rk = 0x027E,
    shared_formula = 0x04BC,
    begin = 0x0809,
    conditional_format_12 = 0x0879,
};

struct BiffRecord {
    Biff type = Biff::eof;
    std::string body; ///< up to 65,535 bytes
};

/// One record after the other of the stream "Workbook" or "Book". Confined to a thread.
class BiffRecords {
  public:
    explicit BiffRecords(StreamWindow& stream) : stream_(stream) {}

    void seek(std::uint64_t offset) { at_ = offset; }
    /// Nothing where the stream ends, within a record too, and once more records were read than the stream can hold:
    /// then some of them were read more than once, and the file leads in a circle.
    [[nodiscard]] std::optional<BiffRecord> next();
    [[nodiscard]] std::optional<Biff> next_type();

  private:
    StreamWindow& stream_;
    std::uint64_t at_ = 0;
    std::uint64_t bytes_read_ = 0;
};

/// What a record and the CONTINUE records after it hold together. Characters begin anew in each of these, with a byte
/// that says how wide they are ([MS-XLS] 2.5.293 XLUnicodeRichExtendedString).
class ContinuedBytes {
  public:
    ContinuedBytes(BiffRecords& records, std::string first) : records_(records), body_(std::move(first)) {}

    /// 0 where the records end; then failed().
    [[nodiscard]] std::uint32_t number(std::size_t bytes);
    void skip(std::uint64_t bytes);
    /// In UTF-8.
    [[nodiscard]] std::string characters(std::size_t count, bool wide);
    [[nodiscard]] bool failed() const { return failed_; }

  private:
    [[nodiscard]] bool fill();

    BiffRecords& records_;
    std::string body_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

/// A text with a count of its characters before it (of `count_bytes` bytes), as BIFF8 writes it.
[[nodiscard]] std::string read_biff_string(ContinuedBytes& bytes, std::size_t count_bytes);

} // namespace passerelle::convert
