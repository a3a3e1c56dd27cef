// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room: what can be asked, and who may.
#pragma once

#include "core/result.hpp"
#include "daemon/api/message.hpp"
#include "daemon/api/server.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace passerelle::api {

/// Who may call.
enum class Who {
    paired,        ///< whoever has the pairing secret
    person,        ///< somebody for whom the companion app speaks
    administrator, ///< likewise, and an administrator
};

/// What a request's body is.
enum class Body { none, json, csv };

/// A request that may be answered. A value.
struct Call {
    service::Caller caller;
    Language language = Language::french;
    JobId job; ///< of {id} in the path; of a bridge the number
    std::string query;
    std::string body;
};

/// What every handler works with.
struct Bench {
    Services services;
    std::filesystem::path scratch_dir;
};

/// Answers at once.
using Quick = Result<Answer> (*)(const Call&, const Bench&);
/// Asks Nextcloud or writes much, and so takes its time.
struct Slow {
    Quick answer;
};
/// Answers when something happens; does not block.
using Poll = void (*)(const Call&, const Bench&, Reply);

struct Route {
    std::string_view method;
    std::string_view path; ///< after /api/v1; {id} stands for the number of a job or a bridge
    Who who;
    Body body;
    std::uint64_t largest_body; ///< bytes
    std::variant<Quick, Slow, Poll> handler;
};

/// All of them; scripts/check compares the table with docs/api/openapi.yaml.
[[nodiscard]] std::span<const Route> routes();

/// What was found for a request.
struct Match {
    const Route* route = nullptr; ///< null: there is none
    JobId job;
    std::string allowed; ///< the methods of that path, where only the method is wrong
};

[[nodiscard]] Match find_route(std::string_view method, std::string_view path);

// The handlers, by subject; each in the file of its subject.
[[nodiscard]] Result<Answer> health(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> version(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> metrics(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> reasons(const Call& call, const Bench& bench);

[[nodiscard]] Result<Answer> bridges(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> all_bridges(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> build_bridge(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> change_bridge(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> authorise_bridge(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> withdraw_bridge(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> remove_bridge(const Call& call, const Bench& bench);

[[nodiscard]] Result<Answer> inbox(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> jobs(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> create_job(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> job(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> remove_job(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> choose(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> authorise(const Call& call, const Bench& bench);

[[nodiscard]] Result<Answer> start(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> pause(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> resume(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> cancel(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> retry(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> apply_shares(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> undo(const Call& call, const Bench& bench);

[[nodiscard]] Result<Answer> contents(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> items(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> decide_items(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> preview_undo(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> report_of_job(const Call& call, const Bench& bench);

[[nodiscard]] Result<Answer> people(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> decide_people(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> shares(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> places(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> accesses(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> correct_accesses(const Call& call, const Bench& bench);

void events(const Call& call, const Bench& bench, Reply reply);

[[nodiscard]] Result<Answer> all_jobs(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> limits(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> set_limits(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> log_lines(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> log_levels(const Call& call, const Bench& bench);
[[nodiscard]] Result<Answer> set_log_levels(const Call& call, const Bench& bench);

} // namespace passerelle::api
