// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/jobs/new_teams.hpp"
#include "daemon/jobs/share_lines.hpp"
#include "daemon/jobs/sharing.hpp"
#include "daemon/log/log.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <tuple>

namespace passerelle::jobs {
namespace {

using journal::SharedWith;
using journal::ShareLine;
using journal::ShareState;

constexpr std::chrono::seconds kLimitUnknown = std::chrono::minutes(1); ///< where the refusal tells no time

/// What a share is about: where, and with whom.
using Key = std::tuple<std::string, SharedWith, std::string>;

Key key_of(const ShareLine& line) {
    return {line.path, line.with, line.recipient};
}

ShareLine line_of(const sharing::Share& share) {
    ShareLine line{.path = share.path,
                   .recipient = share.recipient.id,
                   .permissions = share.permissions(),
                   .may_download = share.may_download,
                   .expires = share.expires,
                   .note = share.note};
    switch (share.recipient.kind) {
    case sharing::RecipientKind::group:
    case sharing::RecipientKind::new_group:
        line.with = SharedWith::group;
        break;
    case sharing::RecipientKind::email:
    case sharing::RecipientKind::guest:
        line.with = SharedWith::email;
        break;
    case sharing::RecipientKind::team:
        line.with = SharedWith::team;
        break;
    case sharing::RecipientKind::new_team: // its id is not known yet
        line.with = SharedWith::team;
        line.recipient_name = share.recipient.id;
        break;
    case sharing::RecipientKind::user:
    case sharing::RecipientKind::undecided:
    case sharing::RecipientKind::domain:
    case sharing::RecipientKind::public_:
        break;
    }
    return line;
}

Reason about(std::string_view code, const ShareLine& line) {
    return Reason(code, {{"path", line.path}, {"who", line.shown()}});
}

bool is_made(ShareState state) {
    return state == ShareState::made || state == ShareState::changed;
}

/// A line that is `planned`.
struct ToMake {
    std::size_t line;
    bool is_folder;
};

/// One application of a plan. Confined to a thread.
class Application {
  public:
    Application(const journal::Job& job, const SharingTools& tools, const ApplyChoices& choices, std::stop_token stop)
        : job_(job), tools_(tools), choices_(choices), stop_(stop), teams_(job, tools, choices.again, stop) {}

    Result<AppliedShares> run(const sharing::SharePlan& plan) {
        if (auto read = read_what_is(); !read) return failure(read);
        for (const auto& membership : plan.new_members)
            members_.emplace(membership.group, membership.members);
        AppliedShares applied;
        std::set<Key> wanted;
        for (const auto& share : plan.shares) {
            if (stop_.stop_requested()) return Error(ErrorKind::job, codes::job_stopped, "");
            auto line = settle(share);
            if (!line) return failure(line);
            wanted.insert(key_of(*line));
            if (line->state == ShareState::planned) to_make_.push_back({applied.lines.size(), share.is_folder});
            applied.lines.push_back(std::move(*line));
            if (to_make_.size() < tools_.server.shares_at_once()) continue;
            if (auto made = make(applied.lines); !made) return failure(made);
        }
        if (auto made = make(applied.lines); !made) return failure(made);
        if (auto filled = fill_teams(plan, applied.lines); !filled) return failure(filled);
        for (const auto& [key, line] : own_lines_) {
            if (wanted.contains(key) || !is_made(line.state) || !there_.contains(key)) continue;
            applied.no_longer_wanted.push_back(line);
            applied.no_longer_wanted.back().reasons = {about(codes::share_no_longer_wanted, line)};
        }
        return applied;
    }

  private:
    Result<void> read_what_is() {
        auto shares = tools_.server.own_shares(stop_);
        if (!shares) return failure(shares);
        for (auto& share : *shares)
            if (const auto with = shared_with(share.type))
                there_.emplace(Key{share.path, *with, share.share_with}, std::move(share));
        auto known = tools_.journal.account_shares(job_.key.server_url, job_.key.user_id);
        if (!known) return failure(known);
        for (const auto& line : *known) {
            if (is_made(line.state)) made_ids_.insert(line.share_id);
            if (!is_made(line.state) && line.state != ShareState::gone) continue;
            ever_made_.insert(key_of(line));
            if (line.with == SharedWith::team) ever_made_.insert({line.path, line.with, line.shown()});
        }
        auto lines = tools_.journal.shares(job_.id);
        if (!lines) return failure(lines);
        for (auto& line : *lines)
            own_lines_.emplace(key_of(line), std::move(line));
        return {};
    }

    Result<ShareLine> settle(const sharing::Share& share) {
        auto line = line_of(share);
        if (share.recipient.kind == sharing::RecipientKind::guest) {
            line.state = ShareState::refused;
            line.reasons = {about(codes::share_guest_by_hand, line)};
            return written(std::move(line));
        }
        if (share.recipient.kind == sharing::RecipientKind::new_team) {
            auto ready = team_for(share, line);
            if (!ready) return refused(std::move(line), ready.error());
            if (!*ready) return removed_since(std::move(line));
        }
        if (const auto there = there_.find(key_of(line)); there != there_.end())
            return settle_existing(std::move(line), there->second, share.is_folder);
        if (ever_made_.contains(key_of(line)) && !choices_.again) return removed_since(std::move(line));
        return prepared(std::move(line), share);
    }

    Result<ShareLine> removed_since(ShareLine line) {
        line.state = ShareState::gone;
        line.reasons = {about(codes::share_removed_since, line)};
        return written(std::move(line));
    }

    /// Puts the Team's id into the line; false where somebody has removed the Team, or the share, since.
    Result<bool> team_for(const sharing::Share& share, ShareLine& line) {
        auto there = teams_.find(share.recipient.id);
        if (!there) return failure(there);
        const bool removed = ever_made_.contains({line.path, line.with, line.recipient_name}) &&
                             (!*there || !there_.contains({line.path, line.with, **there}));
        if (removed && !choices_.again) {
            line.recipient = there->value_or(line.recipient);
            return false;
        }
        auto id = teams_.make(share.recipient.id);
        if (!id) return failure(id);
        // A try that failed before the Team had an id stands under its name.
        if (own_lines_.erase(key_of(line)) > 0)
            if (auto forgotten = tools_.journal.forget_share(job_.id, line); !forgotten) return failure(forgotten);
        line.recipient = std::move(*id);
        return true;
    }

    /// After their shares. What is to be told of a Team stands at the first of them.
    Result<void> fill_teams(const sharing::SharePlan& plan, std::vector<ShareLine>& lines) {
        std::set<std::string> filled;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const auto& recipient = plan.shares[i].recipient;
            const bool stands = is_made(lines[i].state) || lines[i].state == ShareState::left;
            if (recipient.kind != sharing::RecipientKind::new_team || !stands) continue;
            if (!filled.insert(recipient.id).second) continue;
            auto reasons = teams_.fill(recipient.id, members_[recipient]);
            if (!reasons) {
                auto told = refused(lines[i], reasons.error());
                if (!told) return failure(told);
                lines[i] = std::move(*told);
                continue;
            }
            if (reasons->empty()) continue;
            std::ranges::copy(*reasons, std::back_inserter(lines[i].reasons));
            if (auto record = written(lines[i]); !record) return failure(record);
        }
        return {};
    }

    Result<ShareLine> settle_existing(ShareLine line, const nextcloud::Share& there, bool is_folder) {
        const auto* before = own_line(line);
        line.share_id = there.id;
        const bool ours = made_ids_.contains(there.id) || is_lost_answer(before, there, is_folder);
        if (before != nullptr && is_made(before->state) && before->share_id == there.id)
            line.state = before->state;
        else
            line.state = ours ? ShareState::made : ShareState::left;
        if (essence(there, is_folder) == essence(as_wanted(line), is_folder)) return written(std::move(line));
        if (!ours) {
            line.reasons = {about(codes::share_made_by_others, line)};
            return written(std::move(line));
        }
        if (is_known_difference(before, line, there, is_folder)) return *before;
        return correct(std::move(line), is_folder);
    }

    /// The share was asked for, and the process ended before the answer came.
    static bool is_lost_answer(const ShareLine* before, const nextcloud::Share& there, bool is_folder) {
        return before != nullptr && before->state == ShareState::planned &&
               essence(there, is_folder) == essence(as_wanted(*before), is_folder);
    }

    /// The server gave something else when the very same was asked for: asking again changes nothing.
    static bool is_known_difference(const ShareLine* before, const ShareLine& line, const nextcloud::Share& there,
                                    bool is_folder) {
        return before != nullptr && essence(as_wanted(*before), is_folder) == essence(as_wanted(line), is_folder) &&
               std::ranges::find(before->reasons, given_otherwise(line, there, is_folder)) != before->reasons.end();
    }

    static Reason given_otherwise(const ShareLine& line, const nextcloud::Share& there, bool is_folder) {
        auto reason = about(codes::share_given_otherwise, line);
        reason.parameters.emplace_back("given", essence(there, is_folder));
        return reason;
    }

    Result<ShareLine> correct(ShareLine line, bool is_folder) {
        nextcloud::ShareChange change;
        change.permissions = line.permissions;
        change.download_allowed = line.may_download;
        change.expires = date_of(line);
        change.never_expires = !line.expires;
        auto changed = tools_.server.change(line.share_id, change, stop_);
        if (!changed) return refused(std::move(line), changed.error());
        line.state = ShareState::changed;
        if (essence(*changed, is_folder) != essence(as_wanted(line), is_folder))
            line.reasons = {given_otherwise(line, *changed, is_folder)};
        return written(std::move(line));
    }

    /// The intention is durable, and the line `planned`: make() makes it.
    Result<ShareLine> prepared(ShareLine line, const sharing::Share& share) {
        const auto* before = own_line(line);
        const bool begun = before != nullptr && before->state == ShareState::planned;
        line.state = ShareState::planned;
        if (auto intent = write(line); !intent) return failure(intent);
        if (share.recipient.kind == sharing::RecipientKind::new_group) {
            if (auto group = make_group(share.recipient, begun, line); !group)
                return refused(std::move(line), group.error());
        }
        return line;
    }

    /// Makes those of `to_make_`.
    Result<void> make(std::vector<ShareLine>& lines) {
        if (to_make_.empty()) return {};
        std::vector<nextcloud::NewShare> wanted;
        for (const auto& one : to_make_)
            wanted.push_back(new_share(lines[one.line]));
        auto outcomes = create(wanted);
        for (std::size_t i = 0; i < to_make_.size(); ++i) {
            auto& line = lines[to_make_[i].line];
            const auto& made = outcomes ? (*outcomes)[i] : Result<nextcloud::Share>(outcomes.error());
            auto settled =
                made ? made_as(std::move(line), *made, to_make_[i].is_folder) : refused(std::move(line), made.error());
            if (!settled) return failure(settled);
            line = std::move(*settled);
        }
        to_make_.clear();
        return {};
    }

    Result<ShareLine> made_as(ShareLine line, const nextcloud::Share& made, bool is_folder) {
        line.share_id = made.id;
        line.state = ShareState::made;
        made_ids_.insert(made.id);
        const bool right = essence(made, is_folder) == essence(as_wanted(line), is_folder);
        if (auto record = write(line); !record) return failure(record);
        return right ? Result<ShareLine>(std::move(line)) : correct(std::move(line), is_folder);
    }

    /// With the members that the export tells. One who cannot be put in is told, and the others are. A group that is
    /// there stays as it is, unless an interrupted application had `begun` to make it: who came in would see what else
    /// it was given.
    Result<void> make_group(const sharing::Recipient& group, bool begun, ShareLine& line) {
        if (groups_.contains(group.id)) return {};
        if (!begun) {
            auto there = tools_.server.find_groups(group.id, stop_);
            if (!there) return failure(there);
            if (!there->exact.empty()) return {};
        }
        if (auto made = tools_.server.create_group(group.id, stop_); !made) return made;
        for (const auto& member : members_[group]) {
            auto joined = tools_.server.add_to_group(group.id, member.id, stop_);
            if (joined) continue;
            if (joined.error().kind == ErrorKind::retryable || joined.error().kind == ErrorKind::job) return joined;
            line.reasons.push_back(reason_of(joined.error()));
        }
        groups_.insert(group.id);
        return {};
    }

    nextcloud::NewShare new_share(const ShareLine& line) const {
        return {.path = line.path,
                .type = type_of(line.with),
                .share_with = line.recipient,
                .permissions = line.permissions,
                .expires = date_of(line),
                .note = line.note,
                .download_allowed = line.may_download,
                .notify = choices_.notify};
    }

    /// Waits out the server's limit as often as it takes, and asks again from the first share on that it hit.
    Result<std::vector<Result<nextcloud::Share>>> create(const std::vector<nextcloud::NewShare>& wanted) {
        std::vector<Result<nextcloud::Share>> all;
        while (true) {
            auto outcomes = tools_.server.create_all(std::span(wanted).subspan(all.size()), stop_);
            if (!outcomes) return outcomes;
            const auto full = std::ranges::find_if(*outcomes, [](const Result<nextcloud::Share>& one) {
                return !one && one.error().code == codes::share_rate_limited;
            });
            std::move(outcomes->begin(), full, std::back_inserter(all));
            if (full == outcomes->end()) return all;
            const auto left = std::max(full->error().retry_after.value_or(kLimitUnknown), std::chrono::seconds(1));
            log::logger("jobs").with(job_.id).info("the server takes no more shares for {} s", left.count());
            if (!choices_.wait(left, stop_)) return Error(ErrorKind::job, codes::job_stopped, "");
        }
    }

    /// What concerns this share alone is written down; anything else ends the application.
    Result<ShareLine> refused(ShareLine line, const Error& error) {
        switch (error.kind) {
        case ErrorKind::retryable:
        case ErrorKind::job:
            return error;
        case ErrorKind::permanent:
        case ErrorKind::conflict:
        case ErrorKind::item:
            break;
        }
        if (!is_made(line.state))
            line.state = ShareState::refused; // one that could not be corrected stands all the same
        line.reasons = {reason_of(error)};
        return written(std::move(line));
    }

    Result<ShareLine> written(ShareLine line) {
        const auto* before = own_line(line);
        if (before != nullptr && *before == line) return line;
        auto record = write(line);
        if (!record) return failure(record);
        return line;
    }
    Result<void> write(const ShareLine& line) {
        own_lines_.insert_or_assign(key_of(line), line);
        return tools_.journal.record_share(job_.id, line);
    }

    const ShareLine* own_line(const ShareLine& line) const {
        const auto at = own_lines_.find(key_of(line));
        return at == own_lines_.end() ? nullptr : &at->second;
    }

    const journal::Job& job_;
    const SharingTools& tools_;
    const ApplyChoices& choices_;
    std::stop_token stop_;
    std::map<Key, nextcloud::Share> there_; ///< shares of the account on the server
    std::map<Key, ShareLine> own_lines_;    ///< of this job
    std::set<std::string> made_ids_;        ///< of shares that jobs of this installation made
    std::set<Key> ever_made_;               ///< by them, whatever has become of it
    std::set<std::string> groups_;          ///< created by this application
    std::vector<ToMake> to_make_;
    NewTeams teams_;
    std::map<sharing::Recipient, std::vector<sharing::Recipient>> members_; ///< of groups and Teams to be made
};

} // namespace

Result<AppliedShares> apply_shares(const journal::Job& job, const sharing::SharePlan& plan, const SharingTools& tools,
                                   const ApplyChoices& choices, std::stop_token stop) {
    return Application(job, tools, choices, std::move(stop)).run(plan);
}

} // namespace passerelle::jobs
