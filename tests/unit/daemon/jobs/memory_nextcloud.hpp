// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/nextcloud.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

namespace passerelle::jobs {

/// What stands at a path. A value.
struct StoredEntry {
    bool folder = false;
    std::string bytes;
    std::int64_t modified = 0;
    std::int64_t created = 0;
    bool favorite = false;
    friend bool operator==(const StoredEntry&, const StoredEntry&) = default;
};
using StoredTree = std::map<std::string, StoredEntry>;

/// When a call of the memory server fails, beside what its own rules say.
struct Fault {
    enum class When { before, after } when = When::before; ///< after: it has acted, but the answer is lost
    Error error;
};

/// An account in memory: the client library's promises without a wire. Internally locked.
class MemoryNextcloud final : public nextcloud::Nextcloud {
  public:
    MemoryNextcloud() { profile_.bulk = nextcloud::BulkChecksum::sha256; }

    /// Asked at every call with its number (from 0), verb and path.
    std::function<std::optional<Fault>(std::size_t number, const std::string& verb, const std::string& path)> fault;

    nextcloud::ServerProfile& profile_to_change() { return profile_; }
    [[nodiscard]] StoredTree tree() const;
    void put_directly(const std::string& path, const std::string& bytes);
    [[nodiscard]] std::size_t calls() const;
    /// How often the bytes of a file were taken in; more than once means that acknowledged bytes travelled again.
    [[nodiscard]] std::map<std::string, int> writes() const;
    [[nodiscard]] std::vector<std::string> verbs() const;

    [[nodiscard]] const nextcloud::ServerProfile& profile() const override { return profile_; }
    [[nodiscard]] const std::string& user_id() const override { return user_; }
    Result<nextcloud::Quota> quota(std::stop_token) override { return quota_answer; }
    nextcloud::Quota quota_answer;
    nextcloud::Sharing& sharing() override {
        if (sharing_of_the_test == nullptr) throw std::logic_error("nobody shares here");
        return *sharing_of_the_test;
    }
    nextcloud::Sharing* sharing_of_the_test = nullptr;
    nextcloud::TeamFolders& team_folders() override { throw std::logic_error("no team is here"); }

    Result<std::optional<nextcloud::RemoteEntry>> find(const std::string& path, std::stop_token) override;
    Result<std::optional<std::vector<nextcloud::RemoteEntry>>> list(const std::string& folder,
                                                                    std::stop_token) override;
    Result<std::string> stored_sha256(const std::string& path, std::stop_token) override;
    Result<std::string> read_range(const std::string&, const std::string&, std::uint64_t, std::uint64_t,
                                   std::stop_token) override {
        throw std::logic_error("nobody reads here");
    }
    Result<void> make_folder(const std::string& path, std::stop_token) override;
    Result<nextcloud::Uploaded> put(const nextcloud::FileUpload& file, std::stop_token) override;
    Result<std::vector<Result<nextcloud::Uploaded>>> put_bulk(std::span<const nextcloud::FileUpload> files,
                                                              std::stop_token) override;
    Result<nextcloud::Uploaded> put_chunked(const nextcloud::FileUpload& file, const std::string& upload_id,
                                            const std::function<void(std::uint64_t)>& on_chunk,
                                            std::stop_token) override;
    Result<void> set_properties(const std::string& path, const nextcloud::Properties& properties,
                                std::stop_token) override;
    Result<nextcloud::RemoteEntry> move(const std::string& from, const std::string& to, const std::string& etag,
                                        std::stop_token) override;
    Result<void> remove(const std::string& path, const std::string& etag, std::stop_token) override;

  private:
    template <class Act> auto call(const std::string& verb, const std::string& path, Act act) -> decltype(act());
    [[nodiscard]] nextcloud::RemoteEntry entry_at(const std::string& path) const;
    [[nodiscard]] std::optional<Error> refuse(const nextcloud::FileUpload& file) const;
    Result<nextcloud::Uploaded> ingest(const nextcloud::FileUpload& file);
    Result<nextcloud::Uploaded> write(const nextcloud::FileUpload& file, bool with_creation_time);

    mutable std::mutex mutex_;
    nextcloud::ServerProfile profile_;
    std::string user_ = "alice";
    StoredTree tree_;
    std::map<std::string, int> writes_;
    std::vector<std::string> verbs_;
};

} // namespace passerelle::jobs
