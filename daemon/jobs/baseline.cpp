// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/baseline.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace passerelle::jobs {
namespace {

constexpr std::size_t kSharedPart = 3; // a third

struct Seen {
    std::size_t files = 0;
    std::size_t again = 0; ///< of them, in the export in hand
};

/// The files of an export, by path and by content.
class Files {
  public:
    explicit Files(const sources::Inventory& inventory) {
        for (const auto& item : inventory.items) {
            if (item.kind != ItemKind::file) continue;
            paths_.insert(item.path);
            if (item.crc32 && item.size > 0) contents_.emplace(item.size, *item.crc32);
        }
    }
    [[nodiscard]] bool have(const journal::SeenFile& file) const {
        return paths_.contains(file.path) || (file.crc32 && contents_.contains({file.size, *file.crc32}));
    }

  private:
    std::unordered_set<std::string_view> paths_;
    std::set<std::pair<std::uint64_t, std::uint32_t>> contents_;
};

Result<std::vector<JobId>> jobs_of_the_same_account(journal::Journal& journal, const journal::JobKey& key,
                                                    const sources::Inventory& inventory) {
    const Files files(inventory);
    std::map<JobId, Seen> seen;
    auto read = journal.seen_files(key, inventory.kind, [&](const journal::SeenFile& file) {
        auto& counts = seen[file.job];
        ++counts.files;
        if (files.have(file)) ++counts.again;
    });
    if (!read) return failure(read);
    std::vector<JobId> same;
    for (const auto& [job, counts] : seen)
        if (kSharedPart * counts.again >= counts.files) same.push_back(job);
    return same;
}

plan::StandingFile standing(const journal::Standing& file) {
    return {file.path, file.etag, file.size, file.sha256};
}

/// A document that was moved has no verdict in the line that says so; its name tells.
bool is_converted(const journal::Brought& line, const std::string& path) {
    if (line.action != Action::move)
        return line.action == Action::convert && line.verdict && *line.verdict != VerdictKind::kept;
    const auto ends_alike = [&](std::string_view extension) {
        return path.ends_with(extension) && !line.source_path.ends_with(extension);
    };
    return ends_alike(".odt") || ends_alike(".ods") || ends_alike(".odp");
}

plan::Brought brought_of(const journal::Brought& line) {
    plan::Brought brought;
    brought.source_path = line.source_path;
    brought.kind = line.kind;
    brought.size = line.size;
    brought.crc32 = line.crc32;
    brought.modified = line.modified;
    if (line.kind == ItemKind::folder) brought.folder = line.target;
    for (const auto& file : line.files)
        (file.role == journal::Role::main ? brought.main : brought.original) = standing(file);
    brought.converted = brought.main && is_converted(line, brought.main->path);
    return brought;
}

} // namespace

Result<plan::Earlier> earlier_of(journal::Journal& journal, const journal::JobKey& key,
                                 const sources::Inventory& inventory) {
    auto jobs = jobs_of_the_same_account(journal, key, inventory);
    if (!jobs) return failure(jobs);
    plan::Earlier earlier;
    std::unordered_map<std::string, std::size_t> places; // source path -> index
    const auto forget = [&](const std::string& path) {
        const auto place = places.find(path);
        if (place == places.end()) return;
        earlier.brought[place->second] = {};
        places.erase(place);
    };
    auto read = journal.brought(key, inventory.kind, *jobs, [&](journal::Brought&& line) {
        if (!line.former_path.empty()) forget(line.former_path);
        if (line.action == Action::remove) return forget(line.source_path);
        const auto [place, is_new] = places.try_emplace(line.source_path, earlier.brought.size());
        if (is_new) earlier.brought.emplace_back();
        earlier.brought[place->second] = brought_of(line);
    });
    if (!read) return failure(read);
    std::erase_if(earlier.brought, [](const plan::Brought& brought) { return brought.source_path.empty(); });
    return earlier;
}

} // namespace passerelle::jobs
