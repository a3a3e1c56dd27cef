// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/daemon/convert/biff_builder.hpp"

#include <bit>

namespace passerelle::convert::tests {
namespace {

std::string cell(int row, int column) {
    return little(static_cast<std::uint64_t>(row), 2) + little(static_cast<std::uint64_t>(column), 2) + little(0, 2);
}

std::string begin(int kind, std::uint16_t version) {
    return biff(0x0809, little(version, 2) + little(static_cast<std::uint64_t>(kind), 2) + std::string(12, '\0'));
}

std::string formula(const std::string& at, const std::string& value, const std::string& tokens) {
    return biff(0x0006, at + value + little(0, 6) + little(tokens.size(), 2) + tokens);
}

} // namespace

std::string little(std::uint64_t value, int width) {
    std::string bytes;
    for (int i = 0; i < width; ++i)
        bytes.push_back(static_cast<char>(i < 8 ? value >> 8 * i : 0));
    return bytes;
}

std::string biff_text(const std::string& text, int count_bytes) {
    return little(text.size(), count_bytes) + '\0' + text;
}

std::string biff(std::uint16_t type, const std::string& body) {
    return little(type, 2) + little(body.size(), 2) + body;
}

std::string number_cell(int row, int column, double value) {
    return biff(0x0203, cell(row, column) + little(std::bit_cast<std::uint64_t>(value), 8));
}

std::string text_cell(int row, int column, std::uint32_t string) {
    return biff(0x00FD, cell(row, column) + little(string, 4));
}

std::string formula_cell(int row, int column, double result, const std::string& tokens) {
    return formula(cell(row, column), little(std::bit_cast<std::uint64_t>(result), 8), tokens);
}

std::string other_formula_cell(int row, int column, int kind, int value, const std::string& tokens) {
    const std::string shown =
        little(static_cast<std::uint64_t>(kind), 2) + little(static_cast<std::uint64_t>(value), 4);
    return formula(cell(row, column), shown + little(0xFFFF, 2), tokens);
}

std::string object(int kind, int id, const std::string& more) {
    const std::string common = little(static_cast<std::uint64_t>(kind), 2) + little(static_cast<std::uint64_t>(id), 2);
    return biff(0x005D, little(0x15, 2) + little(18, 2) + common + std::string(14, '\0') + more + little(0, 4));
}

std::string object_text(const std::string& text) {
    return biff(0x01B6, std::string(10, '\0') + little(text.size(), 2) + little(0, 6)) + biff(0x003C, '\0' + text);
}

std::string shared_strings(const std::vector<std::string>& texts) {
    std::string body = little(texts.size(), 4) + little(texts.size(), 4);
    for (const std::string& text : texts)
        body += biff_text(text);
    return biff(0x00FC, body);
}

std::string workbook(const std::vector<BiffSheet>& sheets, const std::string& globals, std::uint16_t version) {
    const auto list = [&](std::size_t first) {
        std::string records;
        for (const BiffSheet& sheet : sheets) {
            const std::string name =
                version == 0x0600 ? biff_text(sheet.name, 1) : little(sheet.name.size(), 1) + sheet.name;
            records += biff(0x0085, little(first, 4) + little(static_cast<std::uint64_t>(sheet.state), 2) + name);
            first += begin(sheet.kind, version).size() + sheet.records.size() + biff(0x000A, {}).size();
        }
        return records;
    };
    std::string stream = begin(0x05, version) + globals;
    stream += list(stream.size() + list(0).size() + biff(0x000A, {}).size()) + biff(0x000A, {});
    for (const BiffSheet& sheet : sheets)
        stream += begin(sheet.kind, version) + sheet.records + biff(0x000A, {});
    return stream;
}

} // namespace passerelle::convert::tests
