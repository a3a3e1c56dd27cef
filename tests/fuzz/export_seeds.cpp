// SPDX-License-Identifier: AGPL-3.0-or-later
// export_seeds FOLDER: writes the archives to begin with: the hostile ones and a Takeout of each format.
#include "tests/exports/hostile.hpp"
#include "tests/exports/takeout.hpp"

#include <cstdlib>
#include <filesystem>

namespace {

namespace fs = std::filesystem;
namespace exports = passerelle::exports;

constexpr std::uintmax_t kMaxSeed = 64 * 1024; ///< larger ones only slow the fuzzer down

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) return EXIT_FAILURE;
    const fs::path folder = argv[1];
    for (const auto& one : exports::hostile::all_cases())
        one.write(folder / one.name, exports::hostile::kRoot);
    for (const auto format : {exports::PackFormat::zip, exports::PackFormat::tgz}) {
        exports::TakeoutBuilder builder;
        builder.format(format).file("Drive/CR.docx", "compte rendu",
                                    exports::Sidecar{.title = "CR: mars", .starred = true});
        builder.photo("IMG_1.jpg", "jpeg", {.title = "IMG 1.jpg"}).write(folder);
    }
    for (const auto& file : fs::directory_iterator(folder))
        if (file.file_size() > kMaxSeed) fs::remove(file.path());
    return EXIT_SUCCESS;
}
