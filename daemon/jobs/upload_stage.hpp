// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "daemon/jobs/outgoing.hpp"
#include "daemon/jobs/remote_folders.hpp"
#include "daemon/jobs/run_state.hpp"

#include <vector>

namespace passerelle::jobs {

/// Takes what is ready to leave and brings it to the server: converted|planned -> uploaded. One run() a connection; the
/// stage itself is internally locked through what it shares.
///
/// For each batch: folders stand -> twins that need no second copy are skipped -> intents are durable -> bytes leave ->
/// arrivals are durable. What a batch could not deliver is tried once more file by file.
class UploadStage {
  public:
    UploadStage(nextcloud::Nextcloud& server, OutgoingQueue& queue, RunState& state);

    /// Works until the queue is closed and empty, or the run ends.
    void run();

  private:
    using Batch = std::vector<Outgoing>;

    [[nodiscard]] Batch gather(Outgoing first);
    void deliver(Batch batch);
    void make_folders(Batch& batch);
    void leave_out_twins(Batch& batch);
    [[nodiscard]] bool announce(Batch& batch);
    void send_in_bulk(Batch& batch);
    void send_one_by_one(Batch batch);
    void send(Outgoing& outgoing);
    [[nodiscard]] Result<nextcloud::Uploaded> transmit(Outgoing& outgoing);
    [[nodiscard]] bool give_way(Outgoing& outgoing);
    [[nodiscard]] Result<nextcloud::Uploaded> send_beside(Outgoing& outgoing, bool has_changed);
    void arrived(Outgoing& outgoing, const nextcloud::Uploaded& uploaded,
                 std::vector<journal::Transition>& transitions);
    void folder_made(const Outgoing& outgoing, std::vector<journal::Transition>& transitions);
    void add_done(const Outgoing& outgoing, std::vector<journal::Transition>& transitions);
    void complete(ItemInWork& work);

    nextcloud::Nextcloud& server_;
    OutgoingQueue& queue_;
    RunState& state_;
    RemoteFolders folders_;
    std::size_t most_files_;   ///< in a batch
    std::uint64_t most_bytes_; ///< in a batch
};

} // namespace passerelle::jobs
