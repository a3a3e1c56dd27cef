// SPDX-License-Identifier: AGPL-3.0-or-later
// libFuzzer's target for whatever a document may hold. The first byte says how the rest is wrapped: as it is (the old
// formats and RTF), or as the content of a well-formed package, since no fuzzer finds its way through compression and
// checksums. The readers may neither crash nor hang.
#include "daemon/convert/census.hpp"
#include "daemon/convert/converter.hpp"
#include "tests/unit/daemon/convert/office_files.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace {

namespace fs = std::filesystem;
namespace convert = passerelle::convert;

enum class Wrapping { as_it_is, docx, xlsx, pptx, text, spreadsheet, presentation, count_ };

void write(const fs::path& file, Wrapping wrapping, const std::string& content) {
    using namespace convert::tests;
    switch (wrapping) {
    case Wrapping::as_it_is:
        return write_file(file, content);
    case Wrapping::docx:
        return write_zip(file, docx(content));
    case Wrapping::xlsx:
        return write_zip(file, xlsx(content));
    case Wrapping::pptx:
        return write_zip(file, pptx({content}));
    case Wrapping::text:
        return write_zip(file, opendocument("text", content));
    case Wrapping::spreadsheet:
        return write_zip(file, opendocument("spreadsheet", content));
    case Wrapping::presentation:
    case Wrapping::count_:
        return write_zip(file, opendocument("presentation", content));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static const fs::path folder = [] {
        std::string pattern = fs::temp_directory_path() / "fuzz-XXXXXX";
        return fs::path(::mkdtemp(pattern.data()));
    }();
    const auto file = folder / "document";
    const auto wrapping = static_cast<Wrapping>(data[0] % static_cast<int>(Wrapping::count_));
    write(file, wrapping, std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
    if (wrapping >= Wrapping::text) {
        (void)convert::count_opendocument(file);
        return 0;
    }
    const auto inspection = convert::inspect(file, "document");
    if (inspection && !inspection->format.empty()) (void)convert::count_original(file, inspection->format);
    return 0;
}
