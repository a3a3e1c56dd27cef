// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/accounts.hpp"
#include "tests/fakes/http_server.hpp"
#include "tests/fakes/login_flow.hpp"
#include "tests/fakes/request_log.hpp"
#include "tests/fakes/share_handlers.hpp"
#include "tests/fakes/share_register.hpp"
#include "tests/fakes/user_space.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace passerelle::fakes {

/// The whole of the double's server: who may log in, what they have, what goes wrong. Finds the handler of a request.
/// Internally locked.
class Site final : public HttpHandler {
  public:
    explicit Site(const DoubleOptions& options);
    ~Site() override;
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    Reception receive(const HttpRequest& head) override;
    Delivery handle(const HttpRequest& request) override;
    void request_lost(const HttpRequest& head, std::uint64_t received_bytes) override;

    /// Also what a team folder holds, by its space's id. Throws std::out_of_range for an unknown user.
    [[nodiscard]] UserSpace& user(const std::string& id) const;
    [[nodiscard]] const std::map<std::string, std::unique_ptr<UserSpace>>& users() const { return users_; }
    void set_origin(std::string url);
    [[nodiscard]] std::string origin() const;

    Accounts accounts;
    LoginFlow logins;
    ShareRegister shares;
    Faults faults;
    RequestLog log;
    std::atomic<bool> maintenance = false;

  private:
    [[nodiscard]] HttpResponse answer(const HttpRequest& request, const std::optional<Fault>& fault);
    [[nodiscard]] HttpResponse answer_ocs(const HttpRequest& request, const std::optional<Fault>& fault);
    [[nodiscard]] std::optional<HttpResponse> answer_companion(const HttpRequest& request, const Accounts::Login& login,
                                                               const std::string& endpoint,
                                                               const std::optional<Fault>& fault);
    [[nodiscard]] HttpResponse answer_dav(const HttpRequest& request, const std::optional<Fault>& fault);
    [[nodiscard]] HttpResponse answer_collection(DavContext& context, const std::string& rest);
    [[nodiscard]] HttpResponse answer_reached(const DavContext& context, Tree& tree);
    [[nodiscard]] HttpResponse answer_team_folders(const HttpRequest& request);
    [[nodiscard]] ShareContext context_of(const HttpRequest& request, const Accounts::Login& login);
    [[nodiscard]] std::vector<std::string> groups_of(const std::string& id) const;
    void know_teams(DavContext& context, const std::string& asking);
    [[nodiscard]] std::vector<Mount> mounts(const std::string& visitor) const;

    ServerRelease release_;
    bool control_;
    bool team_folders_;
    mutable std::mutex mutex_;
    std::string origin_;                         ///< known only once the server listens; guarded by mutex_
    std::vector<std::filesystem::path> staging_; ///< removed at the end
    // These never change after construction.
    std::map<std::string, std::unique_ptr<UserSpace>> users_;
    std::vector<std::string> names_; ///< of all users
    std::set<std::string> administrators_;
    std::set<std::pair<std::string, std::string>> login_passwords_;           ///< of users
    std::map<std::pair<std::string, std::string>, std::string> destinations_; ///< of jobs, by user and app password
    const FindUser find_user_ = [this](const std::string& id) -> UserSpace& { return user(id); };
};

/// Answers /_double/…, by which a program sets faults and looks at what came:
/// POST /_double/fault {"kind":"answer","method":"PUT","path_suffix":"a.txt","times":2,"status":423,"headers":{…}},
/// POST /_double/maintenance true|false, POST /_double/quota {"user":"alice","bytes":1000|null}, POST /_double/grant
/// {"user":"alice"}, GET /_double/requests, GET /_double/tree?alice. Without authentication, and only where the options
/// ask for it.
[[nodiscard]] HttpResponse handle_control(Site& site, const HttpRequest& request);

} // namespace passerelle::fakes
