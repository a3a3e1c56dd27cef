// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"
#include "core/bounded_queue.hpp"
#include "core/byte_budget.hpp"
#include "daemon/journal/ledger.hpp"

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace passerelle::jobs {

/// An item between the stages. Shared by the files that it has on their way: the last one to arrive completes it.
struct ItemInWork {
    explicit ItemInWork(journal::Item ledger_item) : item(std::move(ledger_item)) {}

    const journal::Item item;
    std::atomic<int> files_left{1};
    std::atomic<bool> failed{false}; ///< its other files need not leave any more
    std::vector<std::filesystem::path>
        scratch_files; ///< removed when the item is complete; written before it is shared
};

/// One file, or one folder (without content), ready to leave. Confined to the stage that holds it.
struct Outgoing {
    std::shared_ptr<ItemInWork> work; ///< shared: see ItemInWork
    journal::Role role = journal::Role::main;
    journal::Method method = journal::Method::put;
    nextcloud::FileUpload file;
    std::string upload_id;                      ///< of an earlier, unfinished chunked upload; empty: none
    std::shared_ptr<ByteBudget::Ticket> memory; ///< shared: see ByteBudget; null where the bytes are not held in memory

    [[nodiscard]] bool is_folder() const { return file.content == nullptr; }
    [[nodiscard]] std::uint64_t size() const { return file.content ? file.content->size() : 0; }
};

/// A document in scratch, waiting for a worker.
struct Unconverted {
    std::shared_ptr<ItemInWork> work;
    std::filesystem::path input;
    std::uint64_t size = 0;
    std::string sha256;
};

using OutgoingQueue = BoundedQueue<Outgoing>;
using UnconvertedQueue = BoundedQueue<Unconverted>;

} // namespace passerelle::jobs
