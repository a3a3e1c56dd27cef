// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/rearranging.hpp"

#include "core/reason_codes.hpp"
#include "daemon/jobs/parallel.hpp"
#include "daemon/jobs/remote_folders.hpp"

#include <algorithm>
#include <functional>

namespace passerelle::jobs {
namespace {

constexpr std::size_t kPage = 500;

using Act = std::function<void(const journal::Item& item)>;

/// Calls `act` for every line that is still planned with this action, from several threads.
void for_each_planned(JobId job, journal::Journal& journal, Action action, const std::string& below,
                      std::size_t connections, RunState& state, const Act& act) {
    ItemId last;
    while (!state.stop().stop_requested()) {
        auto page = journal.items(job, {.states = {ItemState::planned}, .below = below}, last, kPage);
        if (!page) return state.end(page.error());
        if (page->empty()) return;
        last = page->back().id;
        std::erase_if(*page, [&](const journal::Item& item) { return item.action != action; });
        for_each_index(page->size(), connections, state.stop(), [&](std::size_t index) { act((*page)[index]); });
    }
}

/// The errors that say: not in this state, or not to that place.
bool is_about_the_file(const Error& error) {
    return error.kind == ErrorKind::item || error.kind == ErrorKind::conflict;
}

class Mover {
  public:
    Mover(nextcloud::Nextcloud& server, RunState& state) : server_(server), folders_(server), state_(state) {}

    void move(const journal::Item& item) {
        state_.progress().doing(Activity::uploading, item.source_path);
        std::vector<journal::Transition> sendings;
        std::vector<journal::Transition> arrivals;
        std::vector<journal::Transition> notes;
        for (const auto& planned : item.moves) {
            auto moved = move_file(planned);
            if (!moved && !is_about_the_file(moved.error())) {
                ItemInWork work(item);
                return state_.failed(work, moved.error());
            }
            if (!moved && planned.role == journal::Role::main) return arrive_anew(item, planned.from);
            if (!moved) { // the document has moved; its original stays where it is
                const Reason left(codes::delta_original_left, {{"path", planned.from}});
                notes.emplace_back(journal::Noted{item.id, left});
                continue;
            }
            sendings.emplace_back(journal::Sending{.item = item.id,
                                                   .role = planned.role,
                                                   .target = planned.to,
                                                   .method = journal::Method::move,
                                                   .upload_id = {},
                                                   .size = planned.size,
                                                   .sha256 = planned.sha256});
            arrivals.emplace_back(journal::Arrived{item.id, planned.role, moved->etag, moved->file_id, "sha256"});
        }
        state_.server_answered();
        std::ranges::move(arrivals, std::back_inserter(sendings));
        std::ranges::move(notes, std::back_inserter(sendings));
        if (state_.record(sendings)) state_.progress().done(item.size);
    }

  private:
    void arrive_anew(const journal::Item& item, const std::string& from) {
        const std::vector<journal::Transition> anew{
            journal::Withdrawn{item.id, std::string(codes::delta_moved)},
            journal::NotMoved{item.id, Reason(codes::delta_not_moved, {{"path", from}})}};
        state_.record(anew);
    }

    Result<nextcloud::RemoteEntry> move_file(const journal::PlannedMove& planned) {
        if (auto made = folders_.ensure_parent_of(planned.to, state_.stop()); !made) return failure(made);
        auto moved = server_.move(planned.from, planned.to, planned.etag, state_.stop());
        if (moved || !is_about_the_file(moved.error())) return moved;
        // A run that ended before it could write it down may have moved it; a move keeps the etag.
        auto there = server_.find(planned.to, state_.stop());
        if (!there) return failure(there);
        if (*there && (*there)->etag == planned.etag) return std::move(**there);
        return moved;
    }

    nextcloud::Nextcloud& server_;
    RemoteFolders folders_;
    RunState& state_;
};

/// Each of its files by itself: a document may be as it was left, and the original beside it not.
void remove(const journal::Item& item, nextcloud::Nextcloud& server, RunState& state) {
    state.progress().doing(Activity::finishing, item.source_path);
    std::vector<journal::Transition> notes;
    std::size_t removed_files = 0;
    for (const auto& [path, etag] : item.replaces) {
        auto removed = server.remove(path, etag, state.stop());
        if (removed) {
            ++removed_files;
            continue;
        }
        if (!is_about_the_file(removed.error())) {
            ItemInWork work(item);
            return state.failed(work, removed.error());
        }
        notes.emplace_back(journal::Noted{item.id, reason_of(removed.error())});
        notes.emplace_back(journal::Noted{item.id, Reason(codes::delta_gone_from_source, {{"path", path}})});
    }
    state.server_answered();
    if (removed_files > 0) {
        notes.emplace_back(journal::Removed{item.id});
    } else {
        notes.emplace_back(journal::Withdrawn{item.id, std::string(codes::delta_removed)});
        notes.emplace_back(journal::Skipped{item.id, {}});
    }
    if (!state.record(notes)) return;
    if (removed_files > 0)
        state.progress().done(item.size);
    else
        state.progress().skipped(item.size);
}

} // namespace

void move_files(JobId job, journal::Journal& journal, nextcloud::Nextcloud& server, std::size_t connections,
                const std::string& below, RunState& state) {
    Mover mover(server, state);
    for_each_planned(job, journal, Action::move, below, connections, state,
                     [&](const journal::Item& item) { mover.move(item); });
}

void remove_files(JobId job, journal::Journal& journal, nextcloud::Nextcloud& server, std::size_t connections,
                  const std::string& below, RunState& state) {
    for_each_planned(job, journal, Action::remove, below, connections, state,
                     [&](const journal::Item& item) { remove(item, server, state); });
}

} // namespace passerelle::jobs
