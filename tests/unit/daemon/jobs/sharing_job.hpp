// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/jobs/migration.hpp"
#include "daemon/jobs/sharing.hpp"
#include "tests/unit/daemon/jobs/memory_sharing.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace passerelle::jobs {

using Lines = std::vector<std::string>;

inline std::string sidecar(const std::vector<std::pair<std::string, std::string>>& roles) {
    std::string list;
    for (const auto& [email, role] : roles)
        list += (list.empty() ? "" : ",") + ("{\"type\":\"user\",\"role\":\"" + role) + "\",\"name\":\"\"," +
                "\"email_address\":\"" + email + "\"}";
    return "{\"permissions\":[" + list + "]}";
}

/// A migrated job of alice's, and a server with bob and carol.
class SharingJob : public ::testing::Test {
  protected:
    SharingJob() : journal(journal::open_sqlite_journal(":memory:").value()) {
        server.people = {{"alice", "Alice", "alice@ex.org"},
                         {"bob", "Bob Martin", "bob@ex.org"},
                         {"carol", "Carol", "carol@ex.org"}};
        server.groups = {{"bureau", "Bureau"}};
        job = new_job("export-1");
        choices.wait = [this](std::chrono::seconds left, const std::stop_token&) {
            waited.push_back(left);
            server.creations_left = 1'000;
            return true;
        };
    }

    journal::Job new_job(const std::string& fingerprint, const plan::Choices& chosen = {},
                         const std::vector<journal::ExportGroup>& groups = {}) {
        journal::NewJob made;
        made.key = {fingerprint, "https://nuage.example", "alice", "Drive", choices_to_text(chosen)};
        made.groups = groups;
        return journal->job(journal->create_job(made).value()).value().value();
    }

    ItemId add(const journal::NewItem& item) {
        EXPECT_TRUE(journal->add_items(job.id, std::span(&item, 1)));
        return journal->items(job.id, {}, {}, 1000).value().back().id;
    }
    void folder(const std::string& path, const std::string& permissions) {
        journal::NewItem item;
        item.source_path = path;
        item.kind = ItemKind::folder;
        item.permissions = permissions;
        item.target = "Drive/" + path;
        ASSERT_TRUE(journal->record(journal::FolderMade{add(item)}));
    }
    void file(const std::string& path, const std::string& permissions) {
        journal::NewItem item;
        item.source_path = path;
        item.permissions = permissions;
        item.target = "Drive/" + path;
        const auto id = add(item);
        ASSERT_TRUE(journal->record(journal::Sending{.item = id, .target = item.target}));
        ASSERT_TRUE(journal->record(journal::Arrived{.item = id}));
    }
    /// A folder that bob may write in and carol may read, with a letter that bob alone may see.
    void fill() {
        folder("Bureau", sidecar({{"alice@ex.org", "owner"}, {"bob@ex.org", "writer"}, {"carol@ex.org", "reader"}}));
        file("Bureau/pv.txt",
             sidecar({{"alice@ex.org", "owner"}, {"bob@ex.org", "writer"}, {"carol@ex.org", "reader"}}));
        file("lettre.txt", sidecar({{"alice@ex.org", "owner"}, {"bob@ex.org", "reader"}}));
    }

    SharingTools tools() { return {*journal, server}; }
    sharing::SharePlan plan(const std::vector<sharing::PersonDecision>& decisions = {}) {
        auto arrived = arrived_access(job, *journal).value();
        auto found = find_everybody(job, arrived.access.nodes, decisions, tools(), {}).value();
        auto teams = team_shares_of(job, arrived, tools(), {}).value();
        return plan_job_shares(job, arrived.access.nodes, found.people, {.team_shares = teams});
    }
    AppliedShares apply(const sharing::SharePlan& planned) {
        return apply_shares(job, planned, tools(), choices, {}).value();
    }
    static std::vector<journal::ShareState> states(const std::vector<journal::ShareLine>& lines) {
        std::vector<journal::ShareState> all;
        for (const auto& line : lines)
            all.push_back(line.state);
        return all;
    }
    static bool has(const journal::ShareLine& line, std::string_view code) {
        return std::ranges::any_of(line.reasons, [&](const Reason& reason) { return reason.code == code; });
    }

    std::unique_ptr<journal::Journal> journal;
    MemorySharing server;
    journal::Job job;
    ApplyChoices choices;
    std::vector<std::chrono::seconds> waited;
};

} // namespace passerelle::jobs
