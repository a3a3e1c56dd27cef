// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/convert/binary_office.hpp"
#include "daemon/convert/compound_file.hpp"
#include "daemon/convert/converter.hpp"
#include "daemon/convert/package.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

namespace passerelle::convert {
namespace {

constexpr std::string_view kZip("PK\x03\x04", 4);
constexpr std::string_view kCompound("\xd0\xcf\x11\xe0", 4);
constexpr std::string_view kRtf = "{\\rtf";

/// Excel 2 to 4 wrote bare records: a BOF of 4 to 8 bytes.
bool is_bare_excel(std::string_view head) {
    return head.size() >= 4 && head[0] == 9 && (head[1] == 0 || head[1] == 2 || head[1] == 4) && head[2] >= 4 &&
           head[2] <= 8 && head[3] == 0;
}

Inspection inspect_ooxml(const std::filesystem::path& file) {
    auto zip = ZipFile::open(file);
    if (!zip) return {};
    const auto package = Package::open(std::move(*zip));
    if (!package) return {};
    Inspection inspection{package->format(), {}};
    if (package->has_macros()) inspection.obstacles.emplace_back(codes::convert_macros);
    if (package->is_signed()) inspection.obstacles.emplace_back(codes::convert_signed);
    return inspection;
}

Inspection inspect_binary(const std::filesystem::path& file) {
    auto compound = CompoundFile::open(file);
    if (!compound) return {};
    const BinaryOffice office = look_at(*compound);
    Inspection inspection{office.format, {}};
    if (office.encrypted) inspection.obstacles.emplace_back(codes::convert_encrypted);
    if (office.macros) inspection.obstacles.emplace_back(codes::convert_macros);
    if (office.is_signed) inspection.obstacles.emplace_back(codes::convert_signed);
    return inspection;
}

} // namespace

Result<Inspection> inspect(const std::filesystem::path& file, const std::string& name) {
    // To open a pipe would wait for somebody who writes into it; a device may never end.
    std::error_code failed;
    if (!std::filesystem::is_regular_file(file, failed)) {
        return Error(ErrorKind::item, codes::file_unreadable, name + ": " + (failed ? failed.message() : "no file"));
    }
    std::ifstream stream(file, std::ios::binary);
    std::array<char, 8> bytes{};
    stream.read(bytes.data(), bytes.size());
    if (stream.bad() || !stream.is_open()) {
        return Error(ErrorKind::item, codes::file_unreadable, name + ": " + std::strerror(errno));
    }
    const std::string_view head(bytes.data(), static_cast<std::size_t>(stream.gcount()));

    Inspection inspection;
    if (head.starts_with(kZip)) inspection = inspect_ooxml(file);
    if (head.starts_with(kCompound)) inspection = inspect_binary(file);
    if (head.starts_with(kRtf)) inspection.format = "rtf";
    if (is_bare_excel(head)) inspection.format = "xls";
    if (inspection.format.empty() && inspection.obstacles.empty()) {
        inspection.obstacles.emplace_back(codes::convert_not_a_document);
    }
    return inspection;
}

} // namespace passerelle::convert
