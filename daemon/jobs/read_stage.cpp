// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/read_stage.hpp"

#include "core/hash.hpp"
#include "core/reason_codes.hpp"
#include "daemon/jobs/stored_copy.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::jobs {
namespace {

constexpr std::size_t kPage = 200; // ledger lines held at once

} // namespace

void ReadStage::run() {
    const journal::ItemFilter unfinished{.states = {ItemState::planned, ItemState::converted}, .below = below_};
    ItemId last;
    while (!state_.stop().stop_requested()) {
        auto page = journal_.items(job_, unfinished, last, kPage);
        if (!page) return state_.end(page.error());
        if (page->empty()) return;
        last = page->back().id;
        for (journal::Item& item : *page) {
            if (state_.stop().stop_requested()) return;
            if (item.action == Action::remove) continue; // nothing of it travels
            hand_on(std::move(item));
        }
    }
}

void ReadStage::hand_on(journal::Item item) {
    state_.progress().doing(Activity::reading, item.source_path);
    auto complete = settle_what_may_have_arrived(item);
    const auto work = std::make_shared<ItemInWork>(std::move(item));
    if (!complete) return state_.failed(*work, complete.error());
    if (*complete) return state_.progress().done(work->item.size);

    if (work->item.kind == ItemKind::folder)
        send(packing_.pack_folder(work));
    else if (work->item.state == ItemState::converted)
        hand_on_converted(work);
    else if (work->item.action == Action::convert)
        hand_on_document(work);
    else
        hand_on_file(work, journal::Role::main, work->item.target);
}

/// Asks for every file of which the last run did not hear whether it arrived. Answers true when nothing is left to
/// send.
Result<bool> ReadStage::settle_what_may_have_arrived(journal::Item& item) {
    bool asked = false;
    for (journal::Upload& upload : item.uploads) {
        if (upload.state != journal::UploadState::sending) continue;
        auto copy = find_stored_copy(server_, upload.target, upload.size, upload.sha256, state_.stop());
        if (!copy) return failure(copy);
        if (!*copy) continue;
        asked = true;
        upload.state = journal::UploadState::arrived;
        if (!state_.record(journal::Arrived{item.id, upload.role, (*copy)->etag, (*copy)->file_id, "sha256"}))
            return Error(ErrorKind::job, codes::job_stopped, "");
    }
    return asked && std::ranges::all_of(item.uploads, [](const journal::Upload& upload) {
               return upload.state == journal::UploadState::arrived;
           });
}

void ReadStage::hand_on_file(const std::shared_ptr<ItemInWork>& work, journal::Role role, const std::string& target) {
    auto outgoing = read(work, role, target);
    if (!outgoing) return state_.failed(*work, outgoing.error());
    send(std::move(*outgoing));
}

void ReadStage::hand_on_document(const std::shared_ptr<ItemInWork>& work) {
    auto content = content_of(work->item);
    if (!content) return state_.failed(*work, content.error());
    const auto extension = std::filesystem::path(work->item.kept_target).extension().string();
    auto spooled =
        folder_.spool(**content, fmt::format("{}.original{}", work->item.id.value, extension), state_.stop());
    if (!spooled) return state_.failed(*work, spooled.error());
    work->scratch_files.push_back(spooled->file);
    documents_.push({work, spooled->file, spooled->size, spooled->sha256}, state_.stop());
}

/// A document that an earlier run converted: its ODF lies in scratch, unless that was emptied; then it is converted
/// again.
void ReadStage::hand_on_converted(const std::shared_ptr<ItemInWork>& work) {
    const auto& item = work->item;
    const auto* main = item.upload(journal::Role::main);
    const bool main_left = !item.has_arrived(journal::Role::main);
    const bool original_left =
        item.upload(journal::Role::original) != nullptr && !item.has_arrived(journal::Role::original);
    work->files_left = (main_left ? 1 : 0) + (original_left ? 1 : 0);
    if (main_left) {
        const auto file = folder_.scratch() / main->scratch_file;
        auto converted = std::make_shared<FileContent>(file, main->size);
        const auto digest = sha256_of(*converted, state_.stop());
        if (!digest || *digest != main->sha256) {
            if (!state_.record(journal::ScratchLost{item.id})) return;
            journal::Item again = item;
            again.state = ItemState::planned;
            std::erase_if(again.uploads,
                          [](const auto& upload) { return upload.state != journal::UploadState::arrived; });
            return hand_on_document(std::make_shared<ItemInWork>(std::move(again)));
        }
        work->scratch_files.push_back(file);
        send(packing_.pack(work, journal::Role::main, main->target, std::move(converted), *digest));
    }
    if (original_left) hand_on_file(work, journal::Role::original, item.original_target);
}

Result<std::shared_ptr<const Content>> ReadStage::content_of(const journal::Item& item) const {
    sources::Item wanted;
    wanted.path = item.source_path;
    wanted.kind = item.kind;
    wanted.size = item.size;
    wanted.crc32 = item.crc32;
    wanted.locator = {item.part, item.entry};
    return source_.content(wanted);
}

/// Small files are read into memory, once; large ones are read through for their digest and again when they leave, or
/// copied into scratch where the archive can only be read in its order.
Result<Outgoing> ReadStage::read(const std::shared_ptr<ItemInWork>& work, journal::Role role,
                                 const std::string& target) {
    auto content = content_of(work->item);
    if (!content) return failure(content);
    if ((*content)->size() <= kBulkFileBytes) {
        auto ticket = memory_.take((*content)->size(), state_.stop());
        if (!ticket) return Error(ErrorKind::job, codes::job_stopped, "");
        auto bytes = read_all(**content, kBulkFileBytes);
        if (!bytes) return failure(bytes);
        auto digest = sha256_hex(*bytes);
        auto outgoing =
            packing_.pack(work, role, target, std::make_shared<MemoryContent>(std::move(*bytes)), std::move(digest));
        outgoing.memory = std::move(ticket);
        return outgoing;
    }
    if (source_.random_access()) {
        auto digest = sha256_of(**content, state_.stop());
        if (!digest) return failure(digest);
        return packing_.pack(work, role, target, std::move(*content), std::move(*digest));
    }
    auto spooled = folder_.spool(**content, fmt::format("{}.original", work->item.id.value), state_.stop());
    if (!spooled) return failure(spooled);
    work->scratch_files.push_back(spooled->file);
    return packing_.pack(work, role, target, std::make_shared<FileContent>(spooled->file, spooled->size),
                         spooled->sha256);
}

} // namespace passerelle::jobs
