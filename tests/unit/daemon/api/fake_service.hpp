// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/service/administration.hpp"
#include "daemon/service/bridge_desk.hpp"
#include "daemon/service/desk.hpp"
#include "daemon/service/sharing_desk.hpp"

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace passerelle::fakes {

/// The four interfaces of the service over jobs in memory, each with a bridge of its number: no export, no server, but
/// the same rules about who may do what, and when. A job is in review as soon as it is made, and holds kItems lines of
/// every kind. Internally locked.
class FakeService : public service::Desk,
                    public service::SharingDesk,
                    public service::BridgeDesk,
                    public service::Administration {
  public:
    static constexpr std::int64_t kItems = 250;

    FakeService();
    ~FakeService() override; ///< answers no polls: they are dropped

    /// A job of `user` in review.
    JobId add_job(const std::string& user);
    void happened(JobId job, const std::string& what);
    /// How many polls wait.
    [[nodiscard]] std::size_t polls();
    /// Calls that ask a server wait until they are let go.
    void hold_slow_calls(bool hold);
    /// How many calls wait so.
    [[nodiscard]] std::size_t held();
    /// The next call of this method fails, or throws where `error` is nothing.
    void fail_next(const std::string& method, std::optional<Error> error);
    /// What the last calls were given.
    [[nodiscard]] service::JobOrder last_order();
    [[nodiscard]] std::string last_csv();
    [[nodiscard]] std::vector<service::ItemDecision> last_decisions();

    Result<std::vector<service::FoundExport>> inbox(const service::Caller&, const std::string& user_id) override;
    Result<service::JobView> create(const service::Caller&, service::JobOrder order) override;
    Result<service::JobView> job(const service::Caller&, JobId id) override;
    Result<std::vector<service::JobView>> jobs(const service::Caller&, bool everybody) override;
    Result<service::JobView> choose(const service::Caller&, JobId id, plan::Choices choices) override;
    Result<service::JobView> authorise(const service::Caller&, JobId id, const std::string& login,
                                       Secret app_password) override;
    Result<service::JobView> start(const service::Caller&, JobId id, const std::string& pilot) override;
    Result<service::JobView> pause(const service::Caller&, JobId id) override;
    Result<service::JobView> resume(const service::Caller&, JobId id) override;
    Result<service::JobView> cancel(const service::Caller&, JobId id) override;
    Result<service::JobView> retry(const service::Caller&, JobId id, const std::vector<ItemId>& items) override;
    Result<service::JobView> apply_shares(const service::Caller&, JobId id, bool notify) override;
    Result<service::JobView> undo(const service::Caller&, JobId id) override;
    Result<std::vector<jobs::UndoneThing>> preview_undo(const service::Caller&, JobId id) override;
    Result<void> remove(const service::Caller&, JobId id) override;
    Result<service::Contents> contents(const service::Caller&, JobId id) override;
    Result<std::vector<journal::Item>> items(const service::Caller&, JobId id, const service::ItemQuery&) override;
    Result<void> decide_items(const service::Caller&, JobId id, const std::vector<service::ItemDecision>&) override;
    Result<void> report(const service::Caller&, JobId id, const std::string& format, Language language,
                        std::ostream& out) override;
    void events(const service::Caller&, bool everybody, std::uint64_t after,
                std::chrono::steady_clock::time_point deadline, EventsAnswer answer) override;

    Result<service::PeopleTable> people(const service::Caller&, JobId id) override;
    Result<service::PeopleTable> decide_people(const service::Caller&, JobId id,
                                               const std::vector<sharing::PersonDecision>&) override;
    Result<service::SharesTable> shares(const service::Caller&, JobId id) override;
    Result<std::string> access_csv(const service::Caller&, JobId id, Language language) override;
    Result<service::SharesTable> correct_accesses(const service::Caller&, JobId id, std::string_view csv) override;
    Result<service::Places> places(const service::Caller&, JobId id) override;

    Result<service::BridgeView> build(const service::Caller&, const service::BridgeOrder&) override;
    Result<std::vector<service::BridgeView>> bridges(const service::Caller&, bool everybody) override;
    Result<service::BridgeView> set_automatic(const service::Caller&, BridgeId id, bool automatic) override;
    Result<service::BridgeView> authorise_bridge(const service::Caller&, BridgeId id, const std::string& login,
                                                 Secret app_password) override;
    Result<service::BridgeView> withdraw(const service::Caller&, BridgeId id) override;
    Result<void> remove(const service::Caller&, BridgeId id) override;

    service::Health health() override;
    Result<std::vector<service::Metric>> metrics() override;
    Result<service::Limits> limits(const service::Caller&) override;
    Result<service::Limits> set_limits(const service::Caller&, const service::Limits&) override;
    Result<std::vector<service::LogLine>> log(const service::Caller&, const service::LogQuery&) override;
    Result<std::map<std::string, std::string>> log_levels(const service::Caller&) override;
    Result<void> set_log_level(const service::Caller&, const std::string& room, const std::string& level) override;

  private:
    struct Poll {
        service::Caller caller;
        bool everybody = false;
        std::uint64_t after = 0;
        std::chrono::steady_clock::time_point deadline;
        EventsAnswer answer;
    };
    Result<service::BridgeView> bridge(const service::Caller& caller, JobId id, bool automatic);
    Result<service::JobView*> find(const service::Caller& caller, JobId id);
    Result<service::JobView> move(const service::Caller& caller, JobId id, std::set<service::JobState> from,
                                  service::JobState to, service::Task task);
    JobId add(service::JobOrder order);
    void tell(const service::JobView& job, const std::string& what);
    [[nodiscard]] std::vector<service::Event> events_for(const Poll& poll) const;
    void watch(const std::stop_token& stop);
    std::optional<Error> failing(const std::string& method);
    void wait_while_held();

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::map<JobId, service::JobView> jobs_;
    std::vector<service::Event> happened_;
    std::vector<Poll> polls_;
    std::map<std::string, std::optional<Error>> failing_;
    service::JobOrder last_order_;
    std::string last_csv_;
    std::vector<service::ItemDecision> last_decisions_;
    service::Limits limits_;
    std::map<std::string, std::string> levels_{{"", "info"}, {"http", "debug"}};
    sharing::Decision decision_;
    bool hold_ = false;
    std::size_t held_ = 0;
    std::jthread clock_; // last: it ends before what it uses
};

} // namespace passerelle::fakes
