// SPDX-License-Identifier: AGPL-3.0-or-later
// A process with a pool in it that a test can kill: pool_host WORKER FOLDER converts FOLDER/document.
#include "daemon/convert/converter.hpp"

int main(int argc, char** argv) {
    if (argc != 3) return 1;
    const std::filesystem::path folder = argv[2];
    passerelle::convert::PoolOptions options;
    options.worker = argv[1];
    options.scratch = folder / "scratch";
    const auto pool = passerelle::convert::make_converter_pool(options);
    const auto verdict = pool->convert({folder / "document", folder / "output.odt", "document.rtf"}, {});
    return verdict ? 0 : 2;
}
