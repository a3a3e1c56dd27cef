// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/site.hpp"

#include "core/units.hpp"
#include "tests/fakes/dav_answer.hpp"
#include "tests/fakes/dav_handlers.hpp"
#include "tests/fakes/name_rules.hpp"
#include "tests/fakes/ocs_handlers.hpp"
#include "tests/fakes/team_folder_handlers.hpp"

#include <algorithm>
#include <array>

namespace passerelle::fakes {
namespace {

constexpr std::string_view kDav = "/remote.php/dav/";
constexpr std::string_view kCompanion = "/apps/passerelle/api/v1";
constexpr std::string_view kTeamFolders = "/index.php/apps/groupfolders";
constexpr std::chrono::minutes kLongestWait{1};

/// Beside the user's folder, so that the folder holds nothing but the user's files.
std::filesystem::path staging_of(const std::filesystem::path& user_folder) {
    const auto folder = std::filesystem::absolute(user_folder).lexically_normal();
    return (folder.has_filename() ? folder : folder.parent_path()).string() + ".staging";
}

std::unique_ptr<UserSpace> make_user(const DoubleAccount& account) {
    if (!account.folder) return std::make_unique<UserSpace>(account.user, make_memory_store(), make_memory_store());
    const auto staging = staging_of(*account.folder);
    auto user = std::make_unique<UserSpace>(account.user, make_directory_store(*account.folder, staging / "drafts"),
                                            make_directory_store(staging / "uploads", staging / "chunks"));
    user->files.load(*account.folder);
    return user;
}

bool writes(const std::string& method) {
    constexpr std::array<std::string_view, 5> kWriting = {"PUT", "DELETE", "MOVE", "PROPPATCH", "MKCOL"};
    return std::find(kWriting.begin(), kWriting.end(), method) != kWriting.end();
}

void wait_if_slow(const std::optional<Fault>& fault) {
    if (!fault || fault->kind != Fault::Kind::slow) return;
    const auto gate = fault->gate ? fault->gate : std::make_shared<Gate>();
    gate->wait(fault->gate ? std::chrono::milliseconds(kLongestWait) : fault->delay);
}

HttpResponse answer_of(const Fault& fault) {
    if (fault.body.empty() && fault.status == 423) {
        HttpResponse response = locked("");
        for (const auto& [name, value] : fault.headers)
            response.set(name, value);
        return response;
    }
    HttpResponse response;
    response.status = fault.status;
    response.headers = fault.headers;
    response.body = fault.body;
    return response;
}

Delivery::Ending ending_of(const std::optional<Fault>& fault) {
    if (!fault) return Delivery::Ending::keep_alive;
    switch (fault->kind) {
    case Fault::Kind::lose_answer:
        return Delivery::Ending::drop_before_answer;
    case Fault::Kind::cut_answer:
        return Delivery::Ending::cut_in_answer;
    case Fault::Kind::close_after_answer:
        return Delivery::Ending::close_after_answer;
    default:
        return Delivery::Ending::keep_alive;
    }
}

HttpResponse empty_answer(int status) {
    HttpResponse response;
    response.status = status;
    return response;
}

HttpResponse unauthorized() {
    auto response =
        dav_error(401, "Sabre\\DAV\\Exception\\NotAuthenticated",
                  "No public access to this resource., Username or password was incorrect, No 'Authorization: Bearer' "
                  "header found. Either the client didn't send one, or the server is mis-configured");
    return response.set("WWW-Authenticate", "Basic realm=\"Nextcloud\", charset=\"UTF-8\"");
}

HttpResponse too_many_requests() {
    return dav_error(429, "OCA\\DAV\\Connector\\Sabre\\Exception\\TooManyRequests", "",
                     "  <o:hint xmlns:o=\"o:\">too many requests</o:hint>\n");
}

HttpResponse in_maintenance(const HttpRequest& request) {
    if (request.path.starts_with(kDav)) {
        return dav_error(503, "OCA\\DAV\\Exception\\ServerMaintenanceMode", "System is in maintenance mode.");
    }
    if (request.path.starts_with("/ocs/")) {
        return ocs_failure(503, 503, "Service unavailable").set("X-Nextcloud-Maintenance-Mode", "1");
    }
    return empty_answer(503).set("X-Nextcloud-Maintenance-Mode", "1").set("Retry-After", "120");
}

/// The recommended nginx settings pass no length of a chunked request on, and PHP then reads nothing of a body that is
/// larger than what came with the headers.
bool loses_its_body(const HttpRequest& request) {
    constexpr std::uint64_t kCameWithTheHeaders = 8 * kKiB;
    return request.header("Transfer-Encoding") && request.body.content->size() > kCameWithTheHeaders;
}

/// "a/b" of "/remote.php/dav/files/alice/a/b", "" of the home itself.
std::string path_below(const std::string& home, const std::string& request_path) {
    std::string path = normalise(request_path.substr(home.size()));
    while (path.starts_with('/'))
        path.erase(0, 1);
    while (path.ends_with('/'))
        path.pop_back();
    return path;
}

} // namespace

Site::Site(const DoubleOptions& options)
    : release_(server_release(options.version)), control_(options.control), team_folders_(options.team_folders) {
    release_.windows_compatible = options.windows_names;
    release_.companion = options.companion;
    release_.pairing_secret = options.pairing_secret;
    release_.mail_domain = options.mail_domain;
    for (const auto& job : options.jobs) {
        accounts.add(job.user, job.app_password);
        destinations_.insert_or_assign({job.user, job.app_password}, job.destination);
    }
    for (const auto& account : options.accounts) {
        if (account.folder) staging_.push_back(staging_of(*account.folder));
        users_.emplace(account.user, make_user(account));
        accounts.add(account.user, account.app_password);
        names_.push_back(account.user);
        if (account.administrator) administrators_.insert(account.user);
        if (!account.login_password.empty()) {
            accounts.add(account.user, account.login_password);
            login_passwords_.emplace(account.user, account.login_password);
        }
        for (const std::string& team : account.teams)
            shares.join_team(team, account.user);
        for (const std::string& group : account.groups) {
            shares.make_group(group);
            shares.join(group, account.user);
        }
    }
}

Site::~Site() {
    users_.clear();
    for (const auto& folder : staging_) {
        std::error_code ignored; // what is left behind does no harm
        std::filesystem::remove_all(folder, ignored);
    }
}

void Site::set_origin(std::string url) {
    std::lock_guard lock(mutex_);
    origin_ = std::move(url);
}

std::string Site::origin() const {
    std::lock_guard lock(mutex_);
    return origin_;
}

Reception Site::receive(const HttpRequest& head) {
    Reception reception;
    const auto login = users_.find(accounts.user_of(head.header("Authorization")));
    if (head.method == "PUT" && login != users_.end()) {
        // Files and chunks may be large; everything else is small and stays in memory.
        UserSpace& user = *login->second;
        const std::string home = std::string(kDav) + "files/" + user.id;
        const bool file = is_within(head.path, home);
        std::string path = file ? path_below(home, head.path) : "";
        const auto reached = file ? through_mount(mounts(user.id), path) : std::nullopt;
        Tree& files = reached ? reached->first.owner->files : user.files;
        if (reached) path = reached->second;
        reception.sink = std::make_unique<BodySink>(file ? files.draft() : user.uploads.draft());
        // A writer holds its path for as long as its body travels.
        auto lock = file ? files.try_lock(path) : std::nullopt;
        if (lock) reception.kept = std::make_shared<Tree::Lock>(std::move(*lock));
    } else {
        reception.sink = std::make_unique<BodySink>(memory_draft());
    }
    if (const auto cut = faults.take_cut(head.method, head.path)) reception.cut_after = cut->after_bytes;
    return reception;
}

Delivery Site::handle(const HttpRequest& request) {
    const bool control = control_ && request.path.starts_with("/_double/");
    if (control) return {handle_control(*this, request)};
    const std::string destination = percent_decode(request.header("Destination").value_or(""));
    const auto fault = faults.take(request.method, request.path, destination);
    Delivery delivery;
    delivery.ending = ending_of(fault);
    delivery.response = fault && fault->kind == Fault::Kind::answer ? answer_of(*fault) : answer(request, fault);
    const bool sent =
        delivery.ending != Delivery::Ending::drop_before_answer && delivery.ending != Delivery::Ending::cut_in_answer;
    log.add({request.method, request.path, sent ? delivery.response.status : 0, request.body.content->size()});
    return delivery;
}

void Site::request_lost(const HttpRequest& head, std::uint64_t received_bytes) {
    log.add({head.method, head.path, 0, received_bytes});
}

HttpResponse Site::answer(const HttpRequest& request, const std::optional<Fault>& fault) {
    if (request.path == "/status.php") return status_answer(release_, maintenance);
    if (maintenance) return in_maintenance(request);
    if (request.path == "/index.php/login/v2" || request.path == "/login/v2") return logins.begin(origin());
    if (request.path.ends_with("/login/v2/poll")) return logins.poll(request.text());
    if (request.path.starts_with("/ocs/")) return answer_ocs(request, fault);
    if (team_folders_ && request.path.starts_with(kTeamFolders)) return answer_team_folders(request);
    if (request.path.starts_with(kDav) && loses_its_body(request)) {
        HttpRequest without = request;
        without.body = body_of("");
        return answer_dav(without, fault);
    }
    if (request.path.starts_with(kDav)) return answer_dav(request, fault);
    return empty_answer(404);
}

HttpResponse Site::answer_ocs(const HttpRequest& request, const std::optional<Fault>& fault) {
    const auto login = accounts.judge(request.header("Authorization"));
    if (login.outcome == Accounts::Login::Outcome::locked_out) return ocs_failure(429, 429, "Reached maximum delay");
    const std::string call = request.path.substr(std::string("/ocs/v2.php").size());
    const bool public_call = call == "/cloud/capabilities" && login.outcome == Accounts::Login::Outcome::missing;
    if (login.outcome != Accounts::Login::Outcome::good && !public_call) {
        return ocs_unauthorized(release_, login.outcome == Accounts::Login::Outcome::bad);
    }
    if (!request.header("OCS-APIRequest")) return csrf_failure();
    if (call == "/cloud/capabilities") return capabilities_answer(release_, !public_call);
    if (call == "/cloud/user") return user_answer(release_, user(login.user), groups_of(login.user));
    if (call == "/core/apppassword" && request.method == "DELETE") {
        accounts.revoke(login.user, login.password);
        return ocs_success();
    }
    wait_if_slow(fault);
    if (release_.companion && call.starts_with(kCompanion))
        if (auto answered = answer_companion(request, login, call.substr(kCompanion.size()), fault))
            return std::move(*answered);
    if (auto answered = handle_sharing(context_of(request, login), call)) return std::move(*answered);
    return ocs_failure(404, 998,
                       "Invalid query, please check the syntax. API specifications are here: "
                       "http://www.freedesktop.org/wiki/Specifications/open-collaboration-services.\n");
}

/// A job's request has to show the secret, and is bound to the job's destination; any other is not.
std::optional<HttpResponse> Site::answer_companion(const HttpRequest& request, const Accounts::Login& login,
                                                   const std::string& endpoint, const std::optional<Fault>& fault) {
    const bool ingest = endpoint == "/ingest" && request.method == "POST";
    const auto job = destinations_.find({login.user, login.password});
    const auto shown = request.header("X-Passerelle-Pairing").value_or("");
    if (job != destinations_.end() && (release_.pairing_secret.empty() || shown != release_.pairing_secret)) {
        nlohmann::ordered_json refused = {{"error", "not_allowed"},
                                          {"message", "with the secret of the pairing alone"}};
        if (ingest) refused["files"] = nlohmann::ordered_json::array();
        return ocs_data(403, refused);
    }
    const auto destination = job == destinations_.end() ? std::string() : job->second;
    if (ingest) return handle_ingest({release_, user(login.user), faults, request, "", fault}, destination);
    return handle_batches(context_of(request, login), endpoint, destination);
}

ShareContext Site::context_of(const HttpRequest& request, const Accounts::Login& login) {
    const bool form = request.header("Content-Type").value_or("").starts_with("application/x-www-form-urlencoded");
    return {release_,
            shares,
            find_user_,
            names_,
            login.user,
            administrators_.contains(login.user),
            login_passwords_.contains({login.user, login.password}),
            request,
            parse_form(request.query),
            parse_form(form ? request.text() : "")};
}

HttpResponse Site::answer_team_folders(const HttpRequest& request) {
    const auto login = accounts.judge(request.header("Authorization"));
    if (login.outcome != Accounts::Login::Outcome::good) return empty_answer(401);
    if (!request.header("OCS-APIRequest")) return csrf_failure();
    return handle_team_folders(context_of(request, login), request.path.substr(kTeamFolders.size()));
}

UserSpace& Site::user(const std::string& id) const {
    if (auto* team = shares.teams.space(id)) return *team;
    return *users_.at(id);
}

HttpResponse Site::answer_dav(const HttpRequest& request, const std::optional<Fault>& fault) {
    const auto login = accounts.judge(request.header("Authorization"));
    if (login.outcome == Accounts::Login::Outcome::locked_out) return too_many_requests();
    if (login.outcome != Accounts::Login::Outcome::good) return unauthorized();
    DavContext context{release_, user(login.user), faults, request, "", fault};
    HttpResponse response = answer_collection(context, request.path.substr(kDav.size()));
    if (release_.user_id_header) response.set("X-User-Id", login.user);
    return response;
}

HttpResponse Site::answer_collection(DavContext& context, const std::string& rest) {
    if (rest == "bulk") {
        context.mounts = mounts(context.user.id);
        wait_if_slow(context.fault);
        return context.request.method == "POST" ? handle_bulk(context) : not_implemented(context.request.method);
    }
    const std::string collection = rest.substr(0, rest.find('/'));
    const std::string home = collection + "/" + context.user.id;
    if ((collection != "files" && collection != "uploads")) return not_found("File not found: " + rest + " in 'root'");
    if (!is_within(rest, home)) {
        return dav_error(403, "Sabre\\DAV\\Exception\\Forbidden",
                         "Permission denied to create file (filename " + name_of(rest) + ")");
    }
    context.path = path_below(home, rest);
    if (collection == "uploads") return answer_reached(context, context.user.uploads);
    context.mounts = mounts(context.user.id);
    know_teams(context, context.user.id);
    const auto reached = through_mount(context.mounts, context.path);
    if (!reached) return answer_reached(context, context.user.files);
    const auto& [mount, path] = *reached;
    DavContext inside{release_, *mount.owner, faults, context.request, path, context.fault, mount};
    inside.leave = [this, visitor = mount.visitor](std::int64_t id) { shares.leave(id, visitor); };
    know_teams(inside, mount.visitor);
    return answer_reached(inside, mount.owner->files);
}

std::vector<std::string> Site::groups_of(const std::string& id) const {
    auto groups = shares.groups();
    std::erase_if(groups, [&](const std::string& group) { return !shares.is_member(group, id); });
    if (administrators_.contains(id)) groups.push_back("admin");
    return groups;
}

void Site::know_teams(DavContext& context, const std::string& asking) {
    context.teams = &shares.teams;
    context.administrator = administrators_.contains(asking);
    context.is_member = [this, asking](const std::string& group) { return shares.is_member(group, asking); };
}

std::vector<Mount> Site::mounts(const std::string& visitor) const {
    return mounts_of(shares, find_user_, visitor);
}

HttpResponse Site::answer_reached(const DavContext& context, Tree& tree) {
    const bool files = &tree == &context.user.files;
    // Up to 33 the loser of two MKCOLs is told that the folder exists; later it may hear of the lock instead.
    const bool takes_lock =
        writes(context.request.method) && (context.request.method != "MKCOL" || release_.mkcol_locks);
    const auto lock = takes_lock && !context.request.kept ? tree.try_lock(context.path) : std::nullopt;
    if (takes_lock && !lock && !context.request.kept) return locked(context.path);
    const auto target = !files && context.request.method == "MOVE" ? destination_path(context) : std::nullopt;
    const auto target_lock = target ? context.user.files.try_lock(*target) : std::nullopt;
    if (target && !target_lock) return locked(*target);
    wait_if_slow(context.fault);
    return files ? handle_files(context) : handle_uploads(context);
}

} // namespace passerelle::fakes
