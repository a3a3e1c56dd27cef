// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/transport.hpp"
#include "client/nextcloud/nextcloud.hpp"
#include "client/nextcloud/sharing.hpp"
#include "client/nextcloud/team_folders.hpp"
#include "tests/fakes/nextcloud_double.hpp"

#include <memory>
#include <optional>
#include <set>
#include <string>

/// What the contract of sharing is held against: several accounts, each with its own app password.
namespace passerelle::contract {

/// One account: the client under test, and WebDAV by hand.
class Party {
  public:
    /// Throws where the server cannot be reached.
    Party(const std::string& url, const std::string& user, const std::string& app_password,
          const nextcloud::Options& options = {});

    nextcloud::Sharing& sharing() { return client_->sharing(); }
    nextcloud::Nextcloud& client() { return *client_; }
    nextcloud::TeamFolders& team_folders() { return client_->team_folders(); }
    const std::string& id() const { return client_->user_id(); }

    /// The status that a request below the account's files is answered with.
    int dav(const std::string& method, const std::string& path, const std::optional<std::string>& body = {});
    /// oc:permissions; empty where the account sees no such path.
    std::string letters(const std::string& path);

  private:
    http::Response send(const std::string& method, const std::string& path, const std::optional<std::string>& body);

    std::unique_ptr<nextcloud::Nextcloud> client_;
    std::unique_ptr<http::Transport> transport_;
    std::string root_;
};

/// Alice shares with bob and carol; carol alone is in the group. With a server of their own for a double, or the one
/// named by the environment (tests/nextcloud/README.md).
class SharingSubject {
  public:
    /// `release`: 28 to 34 or kWithCompanion for a double, or kRealServer. Null where the environment names no server,
    /// or fewer accounts. A double has the app groupfolders where it is asked for; a real server has what it has.
    static std::unique_ptr<SharingSubject> make(int release, bool team_folders = false);
    ~SharingSubject();

    Party& alice() { return *alice_; }
    Party& bob() { return *bob_; }
    Party& carol() { return *carol_; }
    Party& administrator() { return *administrator_; }
    /// The same with the login password, which passes where no app password does.
    Party& confirmed_administrator() { return *confirmed_administrator_; }
    /// An administrator for whom the service asks, with the secret of its pairing; null on a real server.
    Party* paired_administrator() { return paired_administrator_.get(); }
    const std::string& group() const { return group_; }
    fakes::NextcloudDouble* twin() { return double_.get(); }
    int major() { return alice_->client().profile().version.major; }

    /// A folder in alice's root with a name of its own, holding `a.txt`.
    std::string fresh_folder();
    /// What an account really may do within a folder of alice's, by trying: r read, u update, c create a file, f create
    /// a folder, d delete. "-" where it sees nothing. Refusals must be 403; any other status stands in the answer.
    std::string rights(Party& party, const std::string& theirs, const std::string& alices);

  private:
    std::unique_ptr<fakes::NextcloudDouble> double_;
    std::unique_ptr<Party> alice_;
    std::unique_ptr<Party> bob_;
    std::unique_ptr<Party> carol_;
    std::unique_ptr<Party> administrator_;
    std::unique_ptr<Party> confirmed_administrator_;
    std::unique_ptr<Party> paired_administrator_;
    std::string group_;
    std::set<std::string> folders_;
};

} // namespace passerelle::contract
