// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/finishing.hpp"

#include "daemon/jobs/parallel.hpp"

#include <algorithm>
#include <map>
#include <span>

namespace passerelle::jobs {
namespace {

constexpr std::size_t kPage = 500;
constexpr std::size_t kDatedAtOnce = 200;

/// What the item's place on the server still lacks.
struct Touch {
    journal::Item item;
    std::string path;
    nextcloud::Properties properties;
};

std::optional<Touch> touch_for(const journal::Item& item) {
    const auto* main = item.upload(journal::Role::main);
    auto properties = finishing_of(item, main ? main->method : journal::Method::put);
    if (!properties) return std::nullopt;
    return Touch{.item = item, .path = main ? main->target : item.target, .properties = *properties};
}

class Finisher {
  public:
    Finisher(nextcloud::Nextcloud& server, std::size_t connections, RunState& state)
        : server_(server), connections_(connections), state_(state) {}

    void touch_all(const std::vector<Touch>& touches) {
        for_each_index(touches.size(), connections_, state_.stop(), [&](std::size_t index) { touch(touches[index]); });
    }

    /// The times of all folders in a few requests, where the server takes them so. Answers what is left to be touched.
    /// These come last: touching anything by itself lifts the times of the folders above.
    std::vector<Touch> date_all(std::vector<Touch> folders) {
        const auto& ingest = server_.profile().ingest;
        if (!ingest) return folders;
        const std::size_t most = std::min(kDatedAtOnce, ingest->max_batch_parts);
        std::vector<Touch> left;
        for (std::size_t at = 0; at < folders.size() && !state_.stop().stop_requested(); at += most)
            date(std::span(folders).subspan(at, std::min(most, folders.size() - at)), left);
        return left;
    }

  private:
    void date(std::span<Touch> folders, std::vector<Touch>& left) {
        std::vector<nextcloud::FileUpload> entries(folders.size());
        for (std::size_t i = 0; i < folders.size(); ++i) {
            entries[i].path = folders[i].path;
            entries[i].modified = *folders[i].properties.modified;
        }
        const auto dated = server_.put_bulk(entries, state_.stop());
        if (!dated && dated.error().kind == ErrorKind::job) return state_.end(dated.error());
        std::vector<journal::Transition> done;
        for (std::size_t i = 0; i < folders.size(); ++i) {
            if (dated && (*dated)[i])
                done.emplace_back(journal::Done{folders[i].item.id});
            else
                left.push_back(std::move(folders[i]));
        }
        state_.record(done);
    }

    void touch(const Touch& touch) {
        auto touched = server_.set_properties(touch.path, touch.properties, state_.stop());
        if (touched) {
            state_.server_answered();
            state_.record(journal::Done{touch.item.id});
            return;
        }
        ItemInWork work(touch.item);
        state_.failed(work, touched.error());
    }

    nextcloud::Nextcloud& server_;
    const std::size_t connections_;
    RunState& state_;
};

} // namespace

std::optional<nextcloud::Properties> finishing_of(const journal::Item& item, journal::Method method) {
    nextcloud::Properties wanted;
    if (method == journal::Method::bulk) wanted.created = item.created; // bulk cannot carry it
    if (item.kind == ItemKind::folder) wanted.modified = item.modified;
    if (item.starred) wanted.favorite = true;
    if (!wanted.modified && !wanted.created && !wanted.favorite) return std::nullopt;
    return wanted;
}

void finish(JobId job, journal::Journal& journal, nextcloud::Nextcloud& server, std::size_t connections,
            RunState& state) {
    Finisher finisher(server, connections, state);
    std::map<long, std::vector<Touch>, std::greater<>> folders_by_depth;
    std::vector<Touch> only_dates;
    ItemId last;
    while (!state.stop().stop_requested()) {
        auto page = journal.items(job, {.states = {ItemState::uploaded}}, last, kPage);
        if (!page) return state.end(page.error());
        if (page->empty()) break;
        last = page->back().id;
        std::vector<Touch> files;
        std::vector<journal::Transition> done;
        for (const journal::Item& item : *page) {
            auto touch = touch_for(item);
            if (!touch)
                done.emplace_back(journal::Done{item.id});
            else if (item.kind == ItemKind::folder && !touch->properties.favorite && server.profile().ingest)
                only_dates.push_back(std::move(*touch));
            else if (item.kind == ItemKind::folder)
                folders_by_depth[std::ranges::count(item.target, '/')].push_back(std::move(*touch));
            else
                files.push_back(std::move(*touch));
        }
        state.record(done);
        finisher.touch_all(files);
    }
    for (const auto& [depth, folders] : folders_by_depth)
        finisher.touch_all(folders);
    finisher.touch_all(finisher.date_all(std::move(only_dates)));
}

} // namespace passerelle::jobs
