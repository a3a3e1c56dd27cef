// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/upload_stage.hpp"

#include "core/reason_codes.hpp"
#include "daemon/jobs/finishing.hpp"
#include "daemon/jobs/stored_copy.hpp"
#include "daemon/plan/names.hpp"

#include <algorithm>
#include <utility>

namespace passerelle::jobs {
namespace {

// A batch is one request that the server works on alone: small enough that four of them share the work evenly, large
// enough that a request's fixed cost does not count. Measured in docs/performance.md.
constexpr std::size_t kBatchFiles = 25;
constexpr std::uint64_t kBatchBytes = 3 * kMiB;
// The companion app spends 2 ms on a file and 40 ms on a request.
constexpr std::size_t kIngestBatchFiles = 100;
constexpr std::uint64_t kIngestBatchBytes = 8 * kMiB;
constexpr unsigned kNamesBeside = 20;

bool travels_in_batches(const Outgoing& outgoing) {
    return outgoing.is_folder() || outgoing.method == journal::Method::bulk ||
           outgoing.method == journal::Method::ingest;
}

void remove_if_failed(std::vector<Outgoing>& batch) {
    std::erase_if(batch, [](const Outgoing& outgoing) { return outgoing.work->failed.load(); });
}

} // namespace

UploadStage::UploadStage(nextcloud::Nextcloud& server, OutgoingQueue& queue, RunState& state)
    : server_(server), queue_(queue), state_(state), folders_(server), most_files_(kBatchFiles),
      most_bytes_(kBatchBytes) {
    if (const auto& ingest = server.profile().ingest) {
        most_files_ = std::min(kIngestBatchFiles, ingest->max_batch_parts);
        most_bytes_ = std::min(kIngestBatchBytes, ingest->max_batch_bytes);
    }
}

void UploadStage::run() {
    while (auto first = queue_.pop(state_.stop())) {
        Batch batch = gather(std::move(*first));
        const auto& last = batch.back();
        state_.progress().doing(Activity::uploading, last.work->item.source_path);
        deliver(std::move(batch));
    }
}

UploadStage::Batch UploadStage::gather(Outgoing first) {
    Batch batch;
    std::uint64_t bytes = first.size();
    const bool open = travels_in_batches(first);
    batch.push_back(std::move(first));
    while (open && batch.size() < most_files_ && bytes < most_bytes_) {
        auto next = queue_.try_pop_if([&](const Outgoing& outgoing) {
            return travels_in_batches(outgoing) && bytes + outgoing.size() <= most_bytes_;
        });
        if (!next) break;
        bytes += next->size();
        batch.push_back(std::move(*next));
    }
    return batch;
}

void UploadStage::deliver(Batch batch) {
    remove_if_failed(batch);
    if (batch.empty()) return;
    // The companion app makes folders as it meets them, and never overwrites.
    const bool ingest = server_.profile().ingest && travels_in_batches(batch.front());
    if (!ingest) make_folders(batch);
    if (!state_.stop().stop_requested()) leave_out_twins(batch);
    if (state_.stop().stop_requested() || batch.empty()) return;
    // A file alone gains nothing from a bulk request, and a PUT never overwrites.
    if (!ingest && batch.size() == 1 && batch.front().method == journal::Method::bulk)
        batch.front().method = journal::Method::put;
    if (!announce(batch)) return;
    if (!ingest && batch.size() == 1)
        send(batch.front());
    else
        send_in_bulk(batch);
}

/// Makes what the batch's files lie in; folders of the ledger are complete with that and leave the batch.
void UploadStage::make_folders(Batch& batch) {
    for (Outgoing& outgoing : batch) {
        if (state_.stop().stop_requested()) return;
        const auto& path = outgoing.file.path;
        auto made = outgoing.is_folder() ? folders_.ensure(path, state_.stop())
                                         : folders_.ensure_parent_of(path, state_.stop());
        if (!made) {
            state_.failed(*outgoing.work, made.error());
        } else if (outgoing.is_folder()) {
            std::vector<journal::Transition> transitions;
            folder_made(outgoing, transitions);
            if (state_.record(transitions)) complete(*outgoing.work);
        }
    }
    std::erase_if(batch, [](const Outgoing& outgoing) { return outgoing.is_folder() || outgoing.work->failed; });
}

void UploadStage::leave_out_twins(Batch& batch) {
    std::erase_if(batch, [&](Outgoing& outgoing) {
        const auto& item = outgoing.work->item;
        if (outgoing.is_folder() || item.existing.empty() || outgoing.role != journal::Role::main ||
            item.action != Action::upload || state_.stop().stop_requested())
            return false;
        auto twin = find_stored_copy(server_, item.existing, outgoing.size(), outgoing.file.sha256, state_.stop());
        if (!twin) {
            state_.failed(*outgoing.work, twin.error());
            return true;
        }
        if (!*twin) return false;
        const Reason identical(codes::target_identical, {{"target", item.existing}});
        if (state_.record(journal::Skipped{item.id, {identical}})) state_.progress().skipped(item.size);
        return true;
    });
}

/// Writes down what is about to leave; after a crash these are asked for before anything is sent again.
bool UploadStage::announce(Batch& batch) {
    std::vector<journal::Transition> intents;
    for (const Outgoing& outgoing : batch) {
        if (outgoing.is_folder()) continue; // made again without harm
        intents.emplace_back(journal::Sending{.item = outgoing.work->item.id,
                                              .role = outgoing.role,
                                              .target = outgoing.file.path,
                                              .method = outgoing.method,
                                              .upload_id = outgoing.upload_id,
                                              .size = outgoing.size(),
                                              .sha256 = outgoing.file.sha256});
    }
    return intents.empty() || state_.record(intents);
}

void UploadStage::send_in_bulk(Batch& batch) {
    std::vector<nextcloud::FileUpload> files;
    for (const Outgoing& outgoing : batch)
        files.push_back(outgoing.file);
    auto outcomes = server_.put_bulk(files, state_.stop());
    if (!outcomes) {
        // One name that the server chokes on costs the whole request on some versions: each file on its own tells
        // which.
        if (outcomes.error().kind == ErrorKind::job) return state_.end(outcomes.error());
        return send_one_by_one(std::move(batch));
    }
    state_.server_answered();
    std::vector<journal::Transition> transitions;
    Batch brought;
    Batch again;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (auto& outcome = (*outcomes)[i]; outcome) {
            arrived(batch[i], *outcome, transitions);
            brought.push_back(std::move(batch[i]));
        } else {
            again.push_back(std::move(batch[i]));
        }
    }
    if (!state_.record(transitions)) return;
    for (Outgoing& outgoing : brought)
        complete(*outgoing.work);
    send_one_by_one(std::move(again));
}

void UploadStage::send_one_by_one(Batch batch) {
    make_folders(batch); // which a batch that failed may not have done
    for (Outgoing& outgoing : batch)
        send(outgoing);
}

void UploadStage::send(Outgoing& outgoing) {
    if (state_.stop().stop_requested() || outgoing.work->failed) return;
    auto uploaded = transmit(outgoing);
    const bool has_changed = !uploaded && uploaded.error().code == codes::target_changed;
    if (has_changed) {
        if (!give_way(outgoing)) return;
        uploaded = transmit(outgoing);
    }
    if (!uploaded && uploaded.error().code == codes::target_exists) uploaded = send_beside(outgoing, has_changed);
    if (!uploaded) return state_.failed(*outgoing.work, uploaded.error());
    state_.server_answered();
    std::vector<journal::Transition> transitions;
    arrived(outgoing, *uploaded, transitions);
    if (state_.record(transitions)) complete(*outgoing.work);
}

Result<nextcloud::Uploaded> UploadStage::transmit(Outgoing& outgoing) {
    if (outgoing.method != journal::Method::chunked) return server_.put(outgoing.file, state_.stop());
    std::uint64_t reported = 0;
    const auto on_chunk = [&](std::uint64_t acknowledged) {
        state_.sent(acknowledged - std::exchange(reported, acknowledged));
        state_.progress().doing(Activity::uploading, outgoing.work->item.source_path);
    };
    return server_.put_chunked(outgoing.file, outgoing.upload_id, on_chunk, state_.stop());
}

/// Somebody changed the file that was to be replaced, or took it away, after the plan was made: what travels arrives as
/// if it were new. Answers false when the run has ended.
bool UploadStage::give_way(Outgoing& outgoing) {
    outgoing.file.replaces.clear();
    return outgoing.role != journal::Role::main ||
           state_.record(journal::Withdrawn{outgoing.work->item.id, std::string(codes::delta_replaced)});
}

/// Somebody put a file at the target after the plan was made. The same bytes are taken as arrived; others are left
/// alone, and the newcomer lands beside them. `has_changed`: it is a file that was to be replaced.
Result<nextcloud::Uploaded> UploadStage::send_beside(Outgoing& outgoing, bool has_changed) {
    const std::string wanted = outgoing.file.path;
    auto same = find_stored_copy(server_, wanted, outgoing.size(), outgoing.file.sha256, state_.stop());
    if (!same) return failure(same);
    if (*same) return **same;

    const Reason changed(codes::delta_changed_here, {{"path", wanted}});
    if (has_changed && !state_.record(journal::Noted{outgoing.work->item.id, changed}))
        return Error(ErrorKind::job, codes::job_stopped, "");
    const plan::NameCleaner names(server_.profile().names);
    const auto name_start = wanted.rfind('/') + 1; // 0 where there is no folder
    Result<nextcloud::Uploaded> uploaded = Error(ErrorKind::conflict, codes::target_exists, wanted);
    for (unsigned number = 2; number <= kNamesBeside && !uploaded && uploaded.error().code == codes::target_exists;
         ++number) {
        outgoing.file.path = wanted.substr(0, name_start) + names.numbered(wanted.substr(name_start), number, false);
        const Reason beside(codes::target_exists_beside, {{"before", wanted}, {"after", outgoing.file.path}});
        const std::vector<journal::Transition> intent{journal::Sending{.item = outgoing.work->item.id,
                                                                       .role = outgoing.role,
                                                                       .target = outgoing.file.path,
                                                                       .method = outgoing.method,
                                                                       .upload_id = outgoing.upload_id,
                                                                       .size = outgoing.size(),
                                                                       .sha256 = outgoing.file.sha256},
                                                      journal::Noted{outgoing.work->item.id, beside}};
        if (!state_.record(intent)) return Error(ErrorKind::job, codes::job_stopped, "");
        uploaded = transmit(outgoing);
    }
    return uploaded;
}

void UploadStage::arrived(Outgoing& outgoing, const nextcloud::Uploaded& uploaded,
                          std::vector<journal::Transition>& transitions) {
    if (outgoing.is_folder()) {
        folders_.note(outgoing.file.path);
        return folder_made(outgoing, transitions);
    }
    folders_.note_parent_of(outgoing.file.path);
    const bool by_md5 = uploaded.verified_by == nextcloud::VerifiedBy::md5;
    transitions.emplace_back(journal::Arrived{.item = outgoing.work->item.id,
                                              .role = outgoing.role,
                                              .etag = uploaded.etag,
                                              .file_id = uploaded.file_id,
                                              .verified_by = by_md5 ? "md5" : "sha256"});
    if (outgoing.method != journal::Method::chunked) state_.sent(outgoing.size());
    add_done(outgoing, transitions);
}

void UploadStage::folder_made(const Outgoing& outgoing, std::vector<journal::Transition>& transitions) {
    transitions.emplace_back(journal::FolderMade{outgoing.work->item.id});
    add_done(outgoing, transitions);
}

/// An item whose last file this is, and of which nothing is left to be set, is done with the same write. Two files of
/// one item that arrive at the same time leave that to finishing.
void UploadStage::add_done(const Outgoing& outgoing, std::vector<journal::Transition>& transitions) {
    const auto& work = *outgoing.work;
    if (work.files_left == 1 && !finishing_of(work.item, outgoing.method))
        transitions.emplace_back(journal::Done{work.item.id});
}

void UploadStage::complete(ItemInWork& work) {
    if (--work.files_left > 0) return;
    state_.progress().done(work.item.size);
    for (const auto& file : work.scratch_files) {
        std::error_code ignored;
        std::filesystem::remove(file, ignored);
    }
}

} // namespace passerelle::jobs
