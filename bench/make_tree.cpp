// SPDX-License-Identifier: AGPL-3.0-or-later
// make-tree --out DIR [--files 1000] [--folders 51] [--bytes 46000000] [--median 20000] [--seed 1]
//
// The tree that the benches upload: sizes are log-normal around the median and add up to exactly `bytes`; contents are
// half noise, as photos and PDFs are, half text; none is an office file, so that no tool of the comparison converts
// anything. The same arguments give the same bytes. The tree of many small files: --files 20000 --folders 400 --bytes
// 60000000 --median 1500
#include "tests/exports/bytes.hpp"
#include "tests/exports/names.hpp"
#include "tests/exports/pack.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <fmt/format.h>
#include <numbers>
#include <numeric>

namespace {

using passerelle::exports::Bytes;
using passerelle::exports::Dice;

struct Shape {
    std::filesystem::path out;
    std::uint64_t files = 1000;
    std::uint64_t folders = 51;
    std::uint64_t bytes = 46'000'000;
    std::uint64_t median = 20'000;
    std::uint64_t seed = 1;
};

constexpr auto kFolderWords =
    std::to_array<std::string_view>({"Comptes rendus", "Budget", "Adhésions", "Photos de l'été", "Fête d'œufs",
                                     "Ateliers", "Modèles", "Communication", "École", "À trier"});
constexpr auto kFileWords =
    std::to_array<std::string_view>({"Réunion du bureau", "Reçu", "Affiche", "Liste des bénévoles", "Menu",
                                     "Assemblée générale", "Récolte d'août", "Plan", "Lettre à la mairie"});

struct Type {
    std::string_view extension;
    bool noise;
};
constexpr auto kTypes =
    std::to_array<Type>({{"pdf", true}, {"txt", false}, {"jpg", true}, {"csv", false}, {"png", true}, {"md", false}});

/// A number around 0 with variance 1 (Box and Muller).
double normal(Dice& dice) {
    return std::sqrt(-2 * std::log(1 - dice.fraction())) * std::cos(2 * std::numbers::pi * dice.fraction());
}

/// A log-normal's mean is its median times exp(sigma²/2): that gives sigma, and scaling what the dice made gives the
/// sum.
std::vector<std::uint64_t> sizes(const Shape& shape, Dice& dice) {
    const double mean = static_cast<double>(shape.bytes) / static_cast<double>(shape.files);
    const double sigma = std::sqrt(2 * std::log(std::max(1.01, mean / static_cast<double>(shape.median))));
    std::vector<double> drawn(shape.files);
    for (double& size : drawn)
        size = static_cast<double>(shape.median) * std::exp(sigma * normal(dice));
    const double scale = static_cast<double>(shape.bytes) / std::accumulate(drawn.begin(), drawn.end(), 0.0);
    std::vector<std::uint64_t> sizes;
    for (const double size : drawn)
        sizes.push_back(static_cast<std::uint64_t>(size * scale));
    // Rounding down left some bytes over.
    sizes.back() += shape.bytes - std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0});
    return sizes;
}

std::vector<std::string> folders(const Shape& shape, Dice& dice) {
    std::vector<std::string> paths;
    for (std::uint64_t number = 0; number < shape.folders; ++number) {
        const std::string name = fmt::format("{} {:03}", kFolderWords[dice.below(kFolderWords.size())], number);
        const bool top = number < 5 || dice.below(4) == 0;
        paths.push_back(top ? name : paths[dice.below(std::min<std::uint64_t>(number, 30))] + "/" + name);
    }
    return paths;
}

void make_tree(const Shape& shape) {
    Dice dice(shape.seed);
    const std::vector<std::uint64_t> file_sizes = sizes(shape, dice);
    const std::vector<std::string> paths = folders(shape, dice);
    for (const std::string& path : paths)
        std::filesystem::create_directories(shape.out / path);
    for (std::uint64_t number = 0; number < shape.files; ++number) {
        const Type type = kTypes[dice.below(kTypes.size())];
        const std::string name =
            fmt::format("{} {:05}.{}", kFileWords[dice.below(kFileWords.size())], number, type.extension);
        // Every folder has a file; the others fall where they fall.
        const std::string& folder = paths[number < paths.size() ? number : dice.below(paths.size())];
        const std::uint64_t size = file_sizes[number];
        const std::uint64_t seed = dice.next();
        const auto age = std::chrono::seconds(dice.below(3 * 365 * 86'400));
        passerelle::exports::write_file(shape.out / folder / name,
                                        type.noise ? Bytes::random(size, seed) : Bytes::prose(size, seed),
                                        passerelle::exports::kExportTime - age);
    }
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Makes the tree of files that the benches upload.");
    Shape shape;
    app.add_option("--out", shape.out, "directory to write into")->required();
    app.add_option("--files", shape.files)->check(CLI::PositiveNumber)->capture_default_str();
    app.add_option("--folders", shape.folders)->check(CLI::PositiveNumber)->capture_default_str();
    app.add_option("--bytes", shape.bytes, "all files together")->capture_default_str();
    app.add_option("--median", shape.median, "size of the middle file, in bytes")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    app.add_option("--seed", shape.seed)->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        make_tree(shape);
    } catch (const std::exception& error) {
        fmt::print(stderr, "make-tree: {}\n", error.what());
        return 1;
    }
    return 0;
}
