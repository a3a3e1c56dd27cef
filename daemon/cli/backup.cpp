// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/commands.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/engine.hpp"

#include <fmt/format.h>

namespace passerelle::cli {

Result<Ending> back_up(const Arguments& arguments, const Settings& settings) {
    auto journal = open_journal(settings);
    if (!journal) return failure(journal);
    if (auto copied = (*journal)->back_up(arguments.backup_file); !copied) return failure(copied);
    const Sentence done{"Le journal est copié : {}", "The journal is copied: {}"};
    say(fmt::format(fmt::runtime(done.in(arguments.language)), arguments.backup_file.string()));
    return Ending::complete;
}

} // namespace passerelle::cli
