// SPDX-License-Identifier: AGPL-3.0-or-later
// The example of client/README.md; the build keeps it compiling, its test runs it.
#include "client/nextcloud/nextcloud.hpp"
#include "core/hash.hpp"

#include <chrono>
#include <cstdio>

namespace nextcloud = passerelle::nextcloud;

/// Writes a greeting into a new folder. Answers what a program would give back to its shell.
int greet(const std::string& url, const std::string& user, const std::string& app_password) {
    auto client = nextcloud::Nextcloud::connect({url, user, passerelle::Secret(app_password)}, {}, {});
    if (!client) return std::fprintf(stderr, "%s\n", client.error().code.c_str()), 1;

    if (auto made = (*client)->make_folder("Accueil", {}); !made) return 1;

    const std::string text = "Bienvenue !\n";
    nextcloud::FileUpload file;
    file.path = "Accueil/Bonjour.txt";
    file.content = std::make_shared<passerelle::MemoryContent>(text);
    file.sha256 = passerelle::sha256_hex(text);
    file.modified = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    auto stored = (*client)->put(file, {});
    if (!stored) return std::fprintf(stderr, "%s\n", stored.error().message.c_str()), 1;

    std::printf("stored and verified, file %s\n", stored->file_id.c_str());
    return 0;
}
