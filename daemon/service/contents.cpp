// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/contents.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

namespace passerelle::service {
namespace {

constexpr std::size_t kPage = 5000;

struct Kind {
    std::string_view word;
    std::string_view extensions; ///< each between spaces
};
constexpr std::array<Kind, 8> kKinds{{
    {"documents", " doc docx docm dot dotx odt ott rtf txt md pdf pages gdoc epub tex "},
    {"spreadsheets", " xls xlsx xlsm xlt xltx ods ots csv tsv numbers gsheet "},
    {"presentations", " ppt pptx pptm pps ppsx odp otp key gslides "},
    {"images", " jpg jpeg png gif bmp tif tiff webp heic heif svg psd xcf ai eps odg raw cr2 nef dng "},
    {"videos", " mp4 mov avi mkv webm m4v mpg mpeg wmv 3gp mts "},
    {"audio", " mp3 wav flac ogg oga opus m4a aac wma aiff "},
    {"archives", " zip tar gz tgz bz2 xz 7z rar "},
    {"mail", " mbox eml msg "},
}};

using Sums = std::map<std::string, Contents::Sum>;

void add(Sums& sums, std::string_view word, std::uint64_t bytes) {
    auto& sum = sums[std::string(word)];
    sum.word = word;
    sum.items += 1;
    sum.bytes += bytes;
}

std::vector<Contents::Sum> largest_first(Sums sums) {
    std::vector<Contents::Sum> sorted;
    for (auto& [word, sum] : sums)
        sorted.push_back(std::move(sum));
    std::ranges::stable_sort(sorted, std::ranges::greater(), &Contents::Sum::bytes);
    return sorted;
}

} // namespace

std::string_view kind_of(std::string_view path) {
    const auto name = path.substr(path.rfind('/') + 1); // 0 where there is no folder
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos) return "other";
    std::string wanted = " " + std::string(name.substr(dot + 1)) + " ";
    std::ranges::transform(wanted, wanted.begin(), [](unsigned char letter) { return std::tolower(letter); });
    const auto* found = std::ranges::find_if(
        kKinds, [&](const Kind& kind) { return kind.extensions.find(wanted) != std::string_view::npos; });
    return found == kKinds.end() ? "other" : found->word;
}

Result<Contents> contents_of(JobId job, journal::Journal& journal) {
    Contents contents;
    Sums products, kinds;
    for (ItemId after{};;) {
        auto page = journal.items(job, {}, after, kPage);
        if (!page) return failure(page);
        for (const auto& item : *page) {
            if (item.kind == ItemKind::folder) {
                ++contents.folders;
                continue;
            }
            add(products, to_string(item.product), item.size);
            add(kinds, kind_of(item.source_path), item.size);
        }
        if (page->size() < kPage) break;
        after = page->back().id;
    }
    contents.products = largest_first(std::move(products));
    contents.kinds = largest_first(std::move(kinds));
    auto reasons = journal.reason_counts(job);
    if (!reasons) return failure(reasons);
    contents.reasons = std::move(*reasons);
    return contents;
}

} // namespace passerelle::service
