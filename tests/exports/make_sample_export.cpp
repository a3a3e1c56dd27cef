// SPDX-License-Identifier: AGPL-3.0-or-later
// make-sample-export --out DIR [--kind takeout|drive|dropbox|folder|all] [--language fr|en]
#include "tests/exports/sample.hpp"

#include <CLI/CLI.hpp>
#include <exception>
#include <fmt/format.h>

namespace {

namespace exports = passerelle::exports;

int run(const std::filesystem::path& out, const std::string& kind, exports::Locale locale) {
    using Write = std::vector<std::filesystem::path> (*)(const std::filesystem::path&, exports::Locale);
    const std::vector<std::pair<std::string, Write>> kinds = {{"takeout", exports::write_sample_takeout},
                                                              {"drive", exports::write_sample_drive_download},
                                                              {"dropbox", exports::write_sample_dropbox},
                                                              {"folder", exports::write_sample_folder}};
    std::filesystem::create_directories(out);
    for (const auto& [name, write] : kinds)
        if (kind == name || kind == "all")
            for (const auto& file : write(kind == "all" ? out / name : out, locale))
                fmt::print("{}\n", file.string());
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Writes the export of an invented association, to try Passerelle with.");
    std::filesystem::path out;
    std::string kind = "takeout";
    std::string language = "fr";
    app.add_option("--out", out, "directory to write into")->required();
    app.add_option("--kind", kind)
        ->check(CLI::IsMember({"takeout", "drive", "dropbox", "folder", "all"}))
        ->capture_default_str();
    app.add_option("--language", language)->check(CLI::IsMember({"fr", "en"}))->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        return run(out, kind, language == "fr" ? exports::Locale::french : exports::Locale::english);
    } catch (const std::exception& error) {
        fmt::print(stderr, "make-sample-export: {}\n", error.what());
        return 1;
    }
}
