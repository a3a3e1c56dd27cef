// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/undo.hpp"

#include "core/reason_codes.hpp"
#include "daemon/jobs/job_folder.hpp"
#include "daemon/jobs/parallel.hpp"
#include "daemon/jobs/share_lines.hpp"
#include "daemon/log/log.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <string_view>

namespace passerelle::jobs {
namespace {

constexpr std::size_t kPage = 1000;

using Kind = UndoneThing::Kind;
using Removed = std::optional<Reason>; // nothing: it is gone; else why it stays

/// One file of the ledger that stands, or stood, on the server.
struct File {
    ItemId item;
    journal::Role role = journal::Role::main;
    std::string path;
    std::string etag;
    std::uint64_t size = 0;
    std::string_view stays; ///< a reason code, where it is not the job's to remove
};

std::string folder_of(std::string_view path) {
    const auto slash = path.rfind('/');
    return std::string(slash == std::string_view::npos ? "" : path.substr(0, slash));
}

bool is_within(std::string_view path, std::string_view folder) {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

/// One undoing, or a look at what it would do. Its calls come in the order of run().
class Undoing {
  public:
    Undoing(const journal::Job& job, const UndoTools& tools, ProgressBoard* progress, std::stop_token stop)
        : job_(job), tools_(tools), progress_(progress), stop_(std::move(stop)) {}

    Result<std::vector<UndoneThing>> run() {
        if (auto shares = take_shares(); !shares) return failure(shares);
        if (auto teams = tell_teams(); !teams) return failure(teams);
        if (auto read = read_ledger(); !read) return failure(read);
        if (auto files = take_files(); !files) return failure(files);
        if (auto folders = take_folders(); !folders) return failure(folders);
        return std::move(things_);
    }

  private:
    [[nodiscard]] bool acts() const { return progress_ != nullptr; }
    void doing(const std::string& path) {
        if (acts()) progress_->doing(Activity::finishing, path);
    }

    void tell(Kind kind, const std::string& path, Removed stays) {
        const bool removed = !stays;
        const std::lock_guard lock(mutex_);
        things_.push_back({kind, path, removed, std::move(stays)});
    }

    /// A share that is still what the job made of it.
    Result<void> take_shares() {
        auto lines = tools_.journal.shares(job_.id);
        if (!lines) return failure(lines);
        std::erase_if(*lines, [](const journal::ShareLine& line) {
            return line.share_id.empty() ||
                   (line.state != journal::ShareState::made && line.state != journal::ShareState::changed);
        });
        if (lines->empty()) return {};
        auto shares = tools_.server.sharing().own_shares(stop_);
        if (!shares) return failure(shares);
        for (auto& line : *lines) {
            const auto there = std::ranges::find(*shares, line.share_id, &nextcloud::Share::id);
            Removed stays;
            if (there != shares->end() && essence(*there, there->folder) != essence(as_wanted(line), there->folder))
                stays = Reason(codes::undo_share_changed, {{"path", line.path}, {"who", line.recipient}});
            if (!stays && acts()) {
                if (auto removed = tools_.server.sharing().remove(line.share_id, stop_); !removed) return removed;
                line.state = journal::ShareState::undone;
                if (auto written = tools_.journal.record_share(job_.id, line); !written) return written;
            }
            tell(Kind::share, line.path, std::move(stays));
        }
        return {};
    }

    /// Those of the job that are still there: people may have given them other things since.
    Result<void> tell_teams() {
        auto made = tools_.journal.made_teams(job_.id);
        if (!made) return failure(made);
        for (const auto& team : *made) {
            if (team.id.empty()) continue; // meant to be made, and never heard of
            auto there = tools_.server.sharing().find_teams(team.name, stop_);
            if (!there) return failure(there);
            if (std::ranges::find(there->exact, team.id, &nextcloud::Group::id) != there->exact.end())
                tell(Kind::team, team.name, Reason(codes::undo_team_stays, {{"team", team.name}}));
        }
        return {};
    }

    Result<void> read_ledger() {
        ItemId last;
        while (!stop_.stop_requested()) {
            auto page = tools_.journal.items(job_.id, {}, last, kPage);
            if (!page) return failure(page);
            if (page->empty()) return {};
            last = page->back().id;
            for (const auto& item : *page)
                add(item);
        }
        return Error(ErrorKind::job, codes::job_stopped, "");
    }

    void add(const journal::Item& item) {
        // Where its files are or were: an earlier undoing may have come only so far.
        for (const auto* path : {&item.target, &item.kept_target, &item.original_target})
            for (auto folder = folder_of(*path); !folder.empty() && is_new(folder); folder = folder_of(folder))
                if (!folders_.try_emplace(folder, std::nullopt).second) break;
        const bool stands = item.state == ItemState::uploaded || item.state == ItemState::done;
        if (item.kind == ItemKind::folder && stands) folders_[item.target] = item.id;
        if (item.action == Action::remove && stands) tell(Kind::file, item.target, Reason(codes::undo_trashed_before));
        for (const auto& upload : item.uploads) {
            if (upload.state != journal::UploadState::arrived) continue;
            File file{item.id, upload.role, upload.target, upload.etag, upload.size, {}};
            if (upload.method == journal::Method::move)
                file.stays = codes::undo_moved;
            else if (item.replaces.contains(upload.target))
                file.stays = codes::undo_replaced;
            files_[folder_of(upload.target)].push_back(std::move(file));
        }
    }

    /// Folder by folder: one listing tells the state of all files in it.
    Result<void> take_files() {
        std::vector<const std::pair<const std::string, std::vector<File>>*> order;
        for (const auto& folder : files_)
            order.push_back(&folder);
        for_each_index(order.size(), tools_.connections, stop_, [&](std::size_t index) {
            auto taken = take_files_of(order[index]->first, order[index]->second);
            if (!taken) end(taken.error());
        });
        const std::lock_guard lock(mutex_);
        if (ended_by_) return *ended_by_;
        if (stop_.stop_requested()) return Error(ErrorKind::job, codes::job_stopped, "");
        return {};
    }

    void end(const Error& error) {
        const std::lock_guard lock(mutex_);
        if (!ended_by_) ended_by_ = error;
    }
    [[nodiscard]] bool has_ended() {
        const std::lock_guard lock(mutex_);
        return ended_by_.has_value() || stop_.stop_requested();
    }

    Result<void> take_files_of(const std::string& folder, const std::vector<File>& files) {
        if (has_ended()) return {};
        doing(folder);
        auto listed = tools_.server.list(folder, stop_);
        if (!listed) return failure(listed);
        std::map<std::string_view, const nextcloud::RemoteEntry*> there;
        if (*listed)
            for (const auto& entry : **listed)
                there.emplace(entry.path, &entry);
        for (const File& file : files) {
            if (has_ended()) return {};
            const auto found = there.find(file.path);
            auto stays = take(file, found == there.end() ? nullptr : found->second);
            if (!stays) return failure(stays);
            if (auto written = write_down(file, *stays); !written) return written;
            tell(Kind::file, file.path, std::move(*stays));
        }
        return {};
    }

    Result<Removed> take(const File& file, const nextcloud::RemoteEntry* there) {
        if (!file.stays.empty()) return Removed(Reason(file.stays));
        if (there == nullptr) return Removed(Reason(codes::undo_gone_already));
        if (there->folder || there->etag != file.etag || there->size != file.size)
            return Removed(Reason(codes::undo_changed_since));
        if (!acts()) return Removed();
        auto removed = tools_.server.remove(file.path, file.etag, stop_);
        if (removed) return Removed();
        // Somebody was quicker, or has it open.
        if (removed.error().kind == ErrorKind::conflict) return Removed(Reason(codes::undo_changed_since));
        if (removed.error().kind == ErrorKind::item) return Removed(reason_of(removed.error()));
        return failure(removed);
    }

    Result<void> write_down(const File& file, const Removed& stays) {
        if (!stays) {
            const std::lock_guard lock(mutex_);
            removed_.insert(file.path);
        }
        if (!acts()) return {};
        const bool is_gone = !stays || stays->code == codes::undo_gone_already;
        if (is_gone)
            return tools_.journal.record(
                journal::Undone{file.item, file.role, stays.value_or(Reason(codes::undo_removed))});
        return tools_.journal.record(journal::Noted{file.item, *stays});
    }

    /// The deepest first, and only those that the plan did not find on the server: the ledger's, and those above its
    /// files that no line names.
    Result<void> take_folders() {
        // The longest path of a branch sorts last.
        for (auto folder = folders_.rbegin(); folder != folders_.rend(); ++folder) {
            if (stop_.stop_requested()) return Error(ErrorKind::job, codes::job_stopped, "");
            auto stays = take_folder(folder->first);
            if (!stays) return failure(stays);
            if (*stays && (*stays)->code == codes::undo_gone_already && !folder->second) continue; // it never was
            if (!*stays) removed_.insert(folder->first);
            if (auto written = write_down(folder->second, *stays); !written) return written;
            tell(Kind::folder, folder->first, std::move(*stays));
        }
        return {};
    }

    [[nodiscard]] bool is_new(std::string_view folder) const {
        return std::ranges::any_of(job_.new_folders, [&](const std::string& root) { return is_within(folder, root); });
    }

    Result<Removed> take_folder(const std::string& path) {
        doing(path);
        if (!is_new(path)) return Removed(Reason(codes::undo_folder_was_there));
        auto entries = tools_.server.list(path, stop_);
        if (!entries) return failure(entries);
        if (!*entries) return Removed(Reason(codes::undo_gone_already));
        const bool is_empty = std::ranges::all_of(**entries, [&](const nextcloud::RemoteEntry& entry) {
            return !acts() && removed_.contains(entry.path); // only a look: it would be empty by now
        });
        if (!is_empty) return Removed(Reason(codes::undo_folder_not_empty));
        if (!acts()) return Removed();
        auto removed = tools_.server.remove(path, {}, stop_);
        if (removed) return Removed();
        if (removed.error().kind == ErrorKind::item) return Removed(reason_of(removed.error()));
        return failure(removed);
    }

    Result<void> write_down(const std::optional<ItemId>& item, const Removed& stays) {
        if (!acts() || !item) return {};
        if (!stays || stays->code == codes::undo_gone_already)
            return tools_.journal.record(
                journal::Undone{*item, journal::Role::main, stays.value_or(Reason(codes::undo_removed))});
        return tools_.journal.record(journal::Noted{*item, *stays});
    }

    const journal::Job& job_;
    const UndoTools& tools_;
    ProgressBoard* const progress_; ///< null: only a look
    const std::stop_token stop_;
    std::map<std::string, std::vector<File>> files_;       ///< by folder
    std::map<std::string, std::optional<ItemId>> folders_; ///< with their lines, where they have one
    std::mutex mutex_;
    std::optional<Error> ended_by_;
    std::set<std::string> removed_;
    std::vector<UndoneThing> things_;
};

Result<journal::Job> known_job(JobId id, journal::Journal& journal) {
    auto job = journal.job(id);
    if (!job) return failure(job);
    if (!*job) return Error(ErrorKind::job, codes::job_unknown, "", {{"job", std::to_string(id.value)}});
    return std::move(**job);
}

} // namespace

Result<std::vector<UndoneThing>> preview_undo(JobId id, const UndoTools& tools, std::stop_token stop) {
    auto job = known_job(id, tools.journal);
    if (!job) return failure(job);
    return Undoing(*job, tools, nullptr, std::move(stop)).run();
}

Result<std::vector<UndoneThing>> undo(JobId id, const UndoTools& tools, ProgressBoard& progress, std::stop_token stop) {
    auto folder = JobFolder::open(tools.state_folder, id);
    if (!folder) return failure(folder);
    auto job = known_job(id, tools.journal);
    if (!job) return failure(job);
    const auto log = log::logger("jobs").with(id);
    log.info("undoing begins");
    auto things = Undoing(*job, tools, &progress, std::move(stop)).run();
    if (!things) {
        log.error("undoing ends: {} {}", things.error().code, things.error().message);
        return things;
    }
    const auto removed = std::ranges::count(*things, true, &UndoneThing::removed);
    log.info("undoing ends: {} taken away, {} left", removed, std::ssize(*things) - removed);
    if (auto told = tools.journal.set_phase(id, job->phase, Reason(codes::job_undone)); !told) return failure(told);
    folder->remove();
    return things;
}

} // namespace passerelle::jobs
