// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/census.hpp"
#include "daemon/convert/compound_file.hpp"
#include "daemon/convert/package.hpp"

#include <array>
#include <utility>

namespace passerelle::convert {
namespace {

using Reader = std::optional<Census> (*)(const std::filesystem::path&);

template <std::optional<Census> (*Count)(const Package&)>
std::optional<Census> count_package(const std::filesystem::path& file) {
    auto zip = ZipFile::open(file);
    if (!zip) return std::nullopt;
    const auto package = Package::open(std::move(*zip));
    if (!package) return std::nullopt;
    auto census = Count(*package);
    if (!census) return std::nullopt;
    census->is_signed = package->is_signed();
    const std::string language = census->metadata.language;
    census->metadata = read_core_properties(*package);
    census->metadata.language = language;
    return census;
}

template <std::optional<Census> (*Count)(CompoundFile&)>
std::optional<Census> count_compound(const std::filesystem::path& path) {
    auto file = CompoundFile::open(path);
    if (!file) return std::nullopt;
    auto census = Count(*file);
    if (census) census->metadata = read_summary_information(*file);
    return census;
}

constexpr std::array<std::pair<std::string_view, Reader>, 7> kReaders = {{
    {"docx", count_package<count_docx>},
    {"xlsx", count_package<count_xlsx>},
    {"pptx", count_package<count_pptx>},
    {"doc", count_compound<count_doc>},
    {"xls", count_compound<count_xls>},
    {"ppt", count_compound<count_ppt>},
    {"rtf", count_rtf},
}};

} // namespace

std::optional<Census> count_original(const std::filesystem::path& file, const std::string& format) {
    for (const auto& [name, read] : kReaders)
        if (name == format) return read(file);
    return std::nullopt;
}

} // namespace passerelle::convert
