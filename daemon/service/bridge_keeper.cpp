// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/bridge_keeper.hpp"

#include "core/reason_codes.hpp"
#include "daemon/jobs/migration.hpp"
#include "daemon/log/log.hpp"

#include <algorithm>

namespace passerelle::service {
namespace {

using journal::Bridge;
using journal::BridgeExport;

constexpr std::chrono::seconds kWhilePlanning{1};
constexpr std::chrono::milliseconds kWhileArriving{15'000};
constexpr std::chrono::milliseconds kAtLeast{50};
constexpr std::chrono::minutes kLater{10}; ///< where inotify tells nothing: a folder of another machine, or too many

/// A Workspace export belongs to no single account. Of exports that a name tells nothing about, those of Dropbox's page
/// say, all come into question but Google's.
bool is_of_kind(const FoundExport& found, ExportKind kind) {
    if (!found.accounts.empty()) return false;
    if (found.kind == ExportKind::folder) return kind != ExportKind::takeout;
    return found.kind == kind;
}

const BridgeExport* find_taken(const std::vector<BridgeExport>& taken, const std::string& name,
                               const std::string& state) {
    const auto at =
        std::ranges::find_if(taken, [&](const BridgeExport& one) { return one.name == name && one.state == state; });
    return at == taken.end() ? nullptr : &*at;
}

/// When it was made, where its name tells: "20240712T112341Z" of "takeout-20240712T112341Z".
std::string_view moment_in(std::string_view name) {
    constexpr std::size_t kLength = 16;
    const auto text = name.substr(name.rfind('-') + 1);
    return text.size() == kLength && text[8] == 'T' && text.back() == 'Z' ? text : std::string_view();
}

/// A newer one has come already: what it brought would be put back.
bool is_outdated(const FoundExport& found, const std::vector<BridgeExport>& taken) {
    const auto moment = moment_in(found.name);
    return !moment.empty() &&
           std::ranges::any_of(taken, [&](const BridgeExport& one) { return moment_in(one.name) > moment; });
}

bool has_parts(const journal::ServiceJob& job, const FoundExport& found) {
    if (job.workspace || found.parts.empty()) return false; // in an administrator's inbox
    std::vector<std::string> of_job;
    for (const auto& part : job.parts)
        if (part.in_inbox) of_job.push_back(part.path);
    std::vector<std::string> of_export;
    for (const auto& part : found.parts)
        of_export.push_back(part.path);
    std::ranges::sort(of_job);
    std::ranges::sort(of_export);
    return of_job == of_export;
}

/// Nobody looks at it before: whatever is unusual waits for a person.
bool may_start_by_itself(const JobView& job) {
    const auto has = [&](std::string_view code) {
        return std::ranges::find(job.problems, code, &Reason::code) != job.problems.end();
    };
    return !has(codes::delta_nothing_before) && !has(codes::export_part_missing) && !has(codes::export_files_missing) &&
           (!job.free_bytes || job.need_bytes <= *job.free_bytes);
}

bool is_being_planned(JobState state) {
    return state == JobState::draft || state == JobState::planning;
}

bool is_at_work(JobState state) {
    return state == JobState::queued || state == JobState::running || state == JobState::paused;
}

/// Nobody can tell which loose files are this export's.
bool is_unclear(const std::vector<FoundExport>& exports, const std::string& name) {
    return std::ranges::any_of(exports,
                               [&](const FoundExport& found) { return found.name == name && found.loose_unclear; });
}

void tell(const Bridge& bridge, std::string_view what, const Error& error) {
    log::logger("service").warning("bridge {}: {}: {} {}", bridge.id.value, what, error.code, error.message);
}

} // namespace

std::string_view to_string(BridgeState state) {
    switch (state) {
    case BridgeState::watching:
        return "watching";
    case BridgeState::arriving:
        return "arriving";
    case BridgeState::incomplete:
        return "incomplete";
    case BridgeState::ready:
        return "ready";
    case BridgeState::no_inbox:
        return "no_inbox";
    case BridgeState::no_access:
        return "no_access";
    }
    return "";
}

BridgeKeeper::BridgeKeeper(Tools tools)
    : tools_(tools), settling_(tools.rest), thread_([this](const std::stop_token& stop) { keep_watch(stop); }) {}

BridgeKeeper::~BridgeKeeper() {
    thread_.request_stop();
    watch_.wake();
    thread_.join();
}

void BridgeKeeper::keep_watch(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::chrono::milliseconds pause = kWhileArriving;
        try {
            pause = look();
        } catch (const std::exception& exception) { // a broken invariant costs this look, not the daemon
            log::logger("service").error("internal error: {}", exception.what());
        }
        if (!stop.stop_requested()) watch_.wait(pause);
    }
}

std::chrono::milliseconds BridgeKeeper::look() {
    const std::lock_guard looking(looking_);
    auto bridges = tools_.journal.bridges().all_bridges();
    if (!bridges) {
        log::logger("service").error("the journal cannot be read: {}", bridges.error().message);
        return kWhileArriving;
    }
    std::set<std::filesystem::path> folders;
    for (const auto& bridge : *bridges)
        folders.merge(tools_.inboxes.folders_to_watch(bridge.owner));
    if (!bridges->empty()) folders.insert(tools_.inboxes.roots().begin(), tools_.inboxes.roots().end());
    watch_.watch(folders);
    std::chrono::milliseconds pause = kLater;
    std::map<BridgeId, Outlook> outlooks;
    for (auto& bridge : *bridges)
        pause = std::min(pause, look_at(bridge, outlooks[bridge.id]));
    const std::lock_guard lock(mutex_);
    outlooks_ = std::move(outlooks);
    return pause;
}

std::chrono::milliseconds BridgeKeeper::look_at(Bridge& bridge, Outlook& outlook) {
    auto taken = tools_.journal.bridges().exports_of(bridge.id);
    if (!taken) return tell(bridge, "the journal cannot be read", taken.error()), kWhileArriving;
    if (tools_.inboxes.folders_of(bridge.owner).empty()) {
        outlook = {BridgeState::no_inbox, Reason(codes::bridge_no_inbox, {{"who", bridge.owner}}), ""};
        return kLater; // the inbox itself is watched
    }
    auto exports = tools_.inboxes.exports_of(bridge.owner);
    std::erase_if(exports, [&](const FoundExport& found) { return !is_of_kind(found, bridge.export_kind); });
    // The newest first: those before it need not come any more.
    std::ranges::stable_sort(exports, std::ranges::greater(),
                             [](const FoundExport& found) { return moment_in(found.name); });
    const auto followed = follow(bridge, *taken, exports);
    std::chrono::milliseconds pause = followed.pause;
    bool at_work = followed.at_work;
    for (const auto& found : exports) {
        const auto state = tools_.inboxes.state_of(bridge.owner, found);
        if (find_taken(*taken, found.name, state) != nullptr || is_outdated(found, *taken)) continue;
        const auto key = std::to_string(bridge.id.value) + "/" + found.name;
        const bool settled = settling_.has_settled(key, state, tools_.clock.now());
        if (!found.problems.empty()) {
            outlook = {BridgeState::incomplete, found.problems.front(), found.name};
        } else if (!settled) {
            outlook = {BridgeState::arriving, std::nullopt, found.name};
            pause = std::min(pause, while_arriving());
        } else if (bridge.sealed_password.empty()) {
            outlook.export_name = found.name; // it waits for access
        } else if (at_work) {
            // One after the other: what the one before writes would look like somebody else's change.
            outlook = {BridgeState::arriving, Reason(codes::service_wait_turn), found.name};
            pause = std::min(pause, while_arriving());
        } else if (auto made = take(bridge, found, state); !made) {
            tell(bridge, "no job of a new export", made.error());
            outlook = {BridgeState::incomplete, reason_of(made.error()), found.name};
        } else {
            at_work = true;
            taken->push_back({found.name, state, JobId(), true}); // those before it are outdated from now on
            pause = std::min<std::chrono::milliseconds>(pause, kWhilePlanning);
        }
    }
    if (followed.outlook) outlook = *followed.outlook;
    return pause;
}

std::chrono::milliseconds BridgeKeeper::while_arriving() const {
    return std::clamp<std::chrono::milliseconds>(tools_.rest / 4, kAtLeast, kWhileArriving);
}

Result<void> BridgeKeeper::take(const Bridge& bridge, const FoundExport& found, const std::string& state) {
    auto password = tools_.vault.unseal(bridge.sealed_password);
    if (!password) return Error(ErrorKind::job, codes::service_credentials_needed, "");
    JobOrder order;
    order.parts = found.parts;
    order.user_id = bridge.owner;
    order.login = bridge.login;
    order.app_password = std::move(*password);
    order.choices = jobs::choices_from_text(bridge.choices);
    order.delta = true;
    // What is gone from the source is only ever told where nobody looks: an export may lack a last part.
    if (bridge.automatic) order.choices.synchronise = Gone::keep;
    auto job = tools_.desk.create({bridge.owner, false}, std::move(order));
    if (!job) return failure(job);
    log::logger("service").with(job->id).info("bridge {}: a new export has come", bridge.id.value);
    // Afterwards: after a crash between the two it comes a second time, and changes nothing.
    return tools_.journal.bridges().keep_export(bridge.id, {found.name, state, job->id, false});
}

BridgeKeeper::Followed BridgeKeeper::follow(Bridge& bridge, std::vector<BridgeExport>& taken,
                                            const std::vector<FoundExport>& exports) {
    Followed followed{.pause = kLater, .outlook = {}};
    for (auto& one : taken) {
        const bool is_latest = &one == &taken.back() && one.job.value > 0;
        if (one.started && !is_latest) continue;
        const Caller owner{bridge.owner, false};
        auto job = tools_.desk.job(owner, one.job);
        if (job && job->state == JobState::stopped && stopped_for_want_of_access(bridge, *job)) {
            if (!bridge.sealed_password.empty()) forget_password_of(bridge);
            continue; // it goes on once there is access again
        }
        if (job && is_at_work(job->state)) {
            followed.at_work = true;
            followed.pause = std::min(followed.pause, while_arriving()); // it may stop, and nobody tells
        }
        if (one.started) continue;
        if (job && is_being_planned(job->state)) {
            followed.at_work = true;
            followed.pause = kWhilePlanning;
            continue;
        }
        if (job && job->state == JobState::review) {
            if (!bridge.automatic || is_unclear(exports, one.name) || !may_start_by_itself(*job)) {
                // What is unusual holds up no bridge that runs by itself.
                followed.at_work = followed.at_work || !bridge.automatic;
                followed.outlook = {BridgeState::ready, Reason(codes::bridge_waits_for_you, {{"name", one.name}}),
                                    one.name};
                continue;
            }
            followed.at_work = true;
            followed.pause = std::min(followed.pause, while_arriving());
            if (auto started = tools_.desk.start(owner, one.job, ""); !started)
                tell(bridge, "the new export does not start", started.error());
        } else if (!job && job.error().code != codes::job_unknown) {
            tell(bridge, "the journal cannot be read", job.error());
            followed.at_work = true; // for all that is known
            followed.pause = kWhileArriving;
            return followed;
        }
        one.started = true; // by the bridge, by its owner, or never
        if (auto kept = tools_.journal.bridges().keep_export(bridge.id, one); !kept)
            tell(bridge, "the journal cannot be written", kept.error());
    }
    return followed;
}

/// The server refused it; asking on would lock the account.
void BridgeKeeper::forget_password_of(Bridge& bridge) {
    bridge.sealed_password.clear();
    log::logger("service").warning("bridge {}: its app password was refused", bridge.id.value);
    if (auto kept = tools_.journal.bridges().keep(bridge); !kept)
        tell(bridge, "the journal cannot be written", kept.error());
}

bool BridgeKeeper::stopped_for_want_of_access(const Bridge& bridge, const JobView& job) const {
    if (!job.stopped_by || (job.stopped_by->code != codes::server_unauthorized &&
                            job.stopped_by->code != codes::service_credentials_needed))
        return false;
    if (bridge.sealed_password.empty()) return true;
    // A person may have given the job another one since.
    const auto of_job = tools_.journal.service().service_job(job.id);
    if (!of_job || !*of_job) return false;
    const auto used = tools_.vault.unseal((*of_job)->sealed_password);
    const auto kept = tools_.vault.unseal(bridge.sealed_password);
    return used && kept && used->reveal() == kept->reveal();
}

Result<void> BridgeKeeper::note_known(const Bridge& bridge) {
    auto jobs = tools_.journal.service().service_jobs(bridge.owner);
    if (!jobs) return failure(jobs);
    for (const auto& found : tools_.inboxes.exports_of(bridge.owner)) {
        const auto job =
            std::ranges::find_if(*jobs, [&](const journal::ServiceJob& one) { return has_parts(one, found); });
        if (job == jobs->end()) continue;
        const BridgeExport known{found.name, tools_.inboxes.state_of(bridge.owner, found), JobId(), true};
        if (auto kept = tools_.journal.bridges().keep_export(bridge.id, known); !kept) return kept;
    }
    return {};
}

Result<BridgeView> BridgeKeeper::build(const Caller& caller, const BridgeOrder& order) {
    auto job = tools_.desk.job(caller, order.job);
    if (!job) return failure(job);
    if (job->state != JobState::finished) return Error(ErrorKind::conflict, codes::job_wrong_state, "");
    const std::lock_guard looking(looking_);
    auto bridges = tools_.journal.bridges().all_bridges();
    if (!bridges) return failure(bridges);
    for (const auto& one : *bridges)
        if (one.owner == job->user_id && one.export_kind == job->export_kind &&
            jobs::choices_from_text(one.choices).destination == job->choices.destination)
            return Error(ErrorKind::conflict, codes::bridge_exists, "");
    Bridge bridge{.owner = job->user_id,
                  .job = job->id,
                  .export_kind = job->export_kind,
                  .choices = jobs::choices_to_text(job->choices),
                  .login = order.login,
                  .sealed_password = tools_.vault.seal(order.app_password),
                  .automatic = order.automatic,
                  .created_at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())};
    auto id = tools_.journal.bridges().add_bridge(bridge);
    if (!id) return failure(id);
    bridge.id = *id;
    if (auto noted = note_known(bridge); !noted) return failure(noted);
    watch_.wake();
    const std::lock_guard lock(mutex_);
    return view(bridge);
}

Result<std::vector<BridgeView>> BridgeKeeper::bridges(const Caller& caller, bool everybody) {
    if (everybody && !caller.administrator) return Error(ErrorKind::permanent, codes::service_not_yours, "");
    auto all = tools_.journal.bridges().all_bridges();
    if (!all) return failure(all);
    const std::lock_guard lock(mutex_);
    std::vector<BridgeView> views;
    for (const auto& bridge : *all) {
        if (!everybody && bridge.owner != caller.user_id) continue;
        auto one = view(bridge);
        if (!one) return failure(one);
        views.push_back(std::move(*one));
    }
    return views;
}

Result<BridgeView> BridgeKeeper::set_automatic(const Caller& caller, BridgeId id, bool automatic) {
    const std::lock_guard looking(looking_);
    auto bridge = find(caller, id);
    if (!bridge) return failure(bridge);
    bridge->automatic = automatic;
    return keep_and_view(*bridge);
}

Result<BridgeView> BridgeKeeper::authorise_bridge(const Caller& caller, BridgeId id, const std::string& login,
                                                  Secret app_password) {
    const std::lock_guard looking(looking_);
    auto bridge = find(caller, id);
    if (!bridge) return failure(bridge);
    auto taken = tools_.journal.bridges().exports_of(id);
    if (!taken) return failure(taken);
    const Caller owner{bridge->owner, false};
    if (!taken->empty()) {
        auto job = tools_.desk.job(owner, taken->back().job);
        if (job && job->state == JobState::stopped && stopped_for_want_of_access(*bridge, *job)) {
            if (auto given = tools_.desk.authorise(owner, job->id, login, app_password); !given) return failure(given);
            if (auto goes_on = tools_.desk.resume(owner, job->id); !goes_on) return failure(goes_on);
        }
    }
    bridge->login = login;
    bridge->sealed_password = tools_.vault.seal(app_password);
    return keep_and_view(*bridge);
}

Result<BridgeView> BridgeKeeper::withdraw(const Caller& caller, BridgeId id) {
    const std::lock_guard looking(looking_);
    auto bridge = find(caller, id);
    if (!bridge) return failure(bridge);
    bridge->sealed_password.clear();
    return keep_and_view(*bridge);
}

Result<BridgeView> BridgeKeeper::keep_and_view(const Bridge& bridge) {
    if (auto kept = tools_.journal.bridges().keep(bridge); !kept) return failure(kept);
    watch_.wake();
    const std::lock_guard lock(mutex_);
    return view(bridge);
}

Result<void> BridgeKeeper::remove(const Caller& caller, BridgeId id) {
    auto bridge = find(caller, id);
    if (!bridge) return failure(bridge);
    auto removed = tools_.journal.bridges().remove_bridge(id);
    watch_.wake();
    return removed;
}

Result<Bridge> BridgeKeeper::find(const Caller& caller, BridgeId id) const {
    auto all = tools_.journal.bridges().all_bridges();
    if (!all) return failure(all);
    const auto at = std::ranges::find(*all, id, &Bridge::id);
    if (at == all->end() || (at->owner != caller.user_id && !caller.administrator))
        return Error(ErrorKind::permanent, codes::bridge_unknown, "", {{"bridge", std::to_string(id.value)}});
    return *at;
}

/// Its owner has seen to what waited since it was looked at.
bool BridgeKeeper::is_over(const Outlook& outlook, const Bridge& bridge, const std::optional<JobId>& latest) const {
    if (outlook.state != BridgeState::ready || !latest) return false;
    const auto job = tools_.desk.job({bridge.owner, false}, *latest);
    return !job || job->state != JobState::review;
}

Result<BridgeView> BridgeKeeper::view(const Bridge& bridge) const {
    auto taken = tools_.journal.bridges().exports_of(bridge.id);
    if (!taken) return failure(taken);
    BridgeView view{.id = bridge.id,
                    .user_id = bridge.owner,
                    .job = bridge.job,
                    .export_kind = bridge.export_kind,
                    .destination = jobs::choices_from_text(bridge.choices).destination,
                    .automatic = bridge.automatic,
                    .created_at = bridge.created_at};
    for (const auto& one : *taken)
        if (one.job.value > 0) view.latest = one.job;
    const auto at = outlooks_.find(bridge.id);
    if (at != outlooks_.end() && !is_over(at->second, bridge, view.latest)) {
        view.state = at->second.state;
        view.reason = at->second.reason;
        view.export_name = at->second.export_name;
    }
    if (bridge.sealed_password.empty() && view.state != BridgeState::ready) {
        view.state = BridgeState::no_access;
        view.reason = std::nullopt;
    }
    return view;
}

} // namespace passerelle::service
