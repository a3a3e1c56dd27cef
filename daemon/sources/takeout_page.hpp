// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::sources {

/// What the one HTML page of a Takeout says. Its name and texts are in the account's language, its marks are not:
///   <div id="service-details-DRIVE"> <h1 class="data-folder-name" data-english-name="DRIVE" data-folder-name="Drive">
///   <div class="extracted-folder-name">Comptes 2024</div> <div class="extracted-file-name">bilan.xlsx</div>
/// A value.
struct TakeoutPage {
    struct File {
        std::string service; ///< "DRIVE"
        std::string folder;  ///< as listed: a path where the list is nested, else the folder's own name; empty at the
                             ///< product's top
        std::string name;
    };
    std::map<std::string, std::string, std::less<>> products; ///< folder name -> English name
    std::vector<File> files;                                  ///< at most kMaxListed
    static constexpr std::size_t kMaxListed = 1'000'000;
};

inline constexpr std::size_t kMaxPageBytes = 64U << 20U;

/// Reads the page leniently; an HTML page of another kind gives an empty answer.
[[nodiscard]] TakeoutPage parse_takeout_page(std::string_view html);

} // namespace passerelle::sources
