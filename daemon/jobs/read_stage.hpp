// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "daemon/jobs/job_folder.hpp"
#include "daemon/jobs/outgoing.hpp"
#include "daemon/jobs/packing.hpp"
#include "daemon/jobs/run_state.hpp"
#include "daemon/sources/source.hpp"

namespace passerelle::jobs {

/// Walks through what the ledger has left to do, in its order, and reads it: the head of the pipeline. Files that may
/// have arrived in an earlier run are asked for before anything is read. Confined to a thread.
class ReadStage {
  public:
    ReadStage(JobId job, journal::Journal& journal, const sources::Source& source, nextcloud::Nextcloud& server,
              const JobFolder& folder, const Packing& packing, UnconvertedQueue& documents, OutgoingQueue& out,
              ByteBudget& memory, RunState& state, std::string below)
        : job_(job), journal_(journal), source_(source), server_(server), folder_(folder), packing_(packing),
          documents_(documents), out_(out), memory_(memory), state_(state), below_(std::move(below)) {}

    /// Until everything that is left has been handed on, or the run ends.
    void run();

  private:
    void hand_on(journal::Item item);
    void hand_on_file(const std::shared_ptr<ItemInWork>& work, journal::Role role, const std::string& target);
    void hand_on_document(const std::shared_ptr<ItemInWork>& work);
    void hand_on_converted(const std::shared_ptr<ItemInWork>& work);
    void send(Outgoing outgoing) { out_.push(std::move(outgoing), state_.stop()); }

    [[nodiscard]] Result<bool> settle_what_may_have_arrived(journal::Item& item);
    [[nodiscard]] Result<std::shared_ptr<const Content>> content_of(const journal::Item& item) const;
    [[nodiscard]] Result<Outgoing> read(const std::shared_ptr<ItemInWork>& work, journal::Role role,
                                        const std::string& target);

    const JobId job_;
    journal::Journal& journal_;
    const sources::Source& source_;
    nextcloud::Nextcloud& server_;
    const JobFolder& folder_;
    const Packing& packing_;
    UnconvertedQueue& documents_;
    OutgoingQueue& out_;
    ByteBudget& memory_;
    RunState& state_;
    const std::string below_; ///< only what lies in this folder of the export; empty: everything
};

} // namespace passerelle::jobs
