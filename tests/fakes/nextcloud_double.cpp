// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/nextcloud_double.hpp"

#include "tests/fakes/site.hpp"

#include <stdexcept>

namespace passerelle::fakes {

class NextcloudDouble::Impl {
  public:
    explicit Impl(const DoubleOptions& options)
        : site(options), server(site, options.port, options.tls),
          url((options.tls ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(server.port())) {
        site.set_origin(url);
    }

    Site site;
    HttpServer server;
    std::string url;
};

NextcloudDouble::NextcloudDouble(DoubleOptions options) : impl_(std::make_unique<Impl>(options)) {}
NextcloudDouble::~NextcloudDouble() = default;

std::string NextcloudDouble::url() const {
    return impl_->url;
}

void NextcloudDouble::fault(Fault fault) {
    impl_->site.faults.add(std::move(fault));
}
void NextcloudDouble::clear_faults() {
    impl_->site.faults.clear();
}
void NextcloudDouble::set_maintenance(bool on) {
    impl_->site.maintenance = on;
}

void NextcloudDouble::set_quota(std::optional<std::uint64_t> bytes, const std::string& user) {
    impl_->site.user(user).quota = bytes ? static_cast<std::int64_t>(*bytes) : -3;
}

std::shared_ptr<void> NextcloudDouble::hold(const std::string& path, const std::string& user) {
    auto lock = impl_->site.user(user).files.try_lock(path);
    if (!lock) throw std::logic_error("held already: " + path);
    return std::make_shared<Tree::Lock>(std::move(*lock)); // shared only because its type is nobody's business
}

void NextcloudDouble::pass(std::chrono::seconds time) {
    impl_->site.shares.pass(time);
}

void NextcloudDouble::forgive_bad_logins() {
    impl_->site.accounts.forgive();
}

int NextcloudDouble::grant_login(const std::string& user) {
    return impl_->site.logins.grant(impl_->url, user, impl_->site.accounts.mint(user));
}

bool NextcloudDouble::accepts(const std::string& user, const std::string& app_password) const {
    return impl_->site.accounts.accepts(user, app_password);
}

std::vector<SeenRequest> NextcloudDouble::requests() const {
    return impl_->site.log.all();
}

std::vector<std::string> NextcloudDouble::verbs() const {
    std::vector<std::string> lines;
    for (const auto& request : requests()) {
        lines.push_back(request.method + " " + request.path + " " + std::to_string(request.status));
    }
    return lines;
}

void NextcloudDouble::forget_requests() {
    impl_->site.log.clear();
}

std::uint64_t NextcloudDouble::bytes_received(const std::string& path) const {
    std::uint64_t bytes = 0;
    for (const auto& request : requests()) {
        if (request.path == path) bytes += request.body_bytes;
    }
    return bytes;
}

std::uint64_t NextcloudDouble::connections() const {
    return impl_->server.connections();
}

bool NextcloudDouble::idle() const {
    return impl_->server.open_connections() == 0;
}

std::map<std::string, int> NextcloudDouble::writes(const std::string& user) const {
    return impl_->site.user(user).files.writes();
}

TreeSnapshot NextcloudDouble::tree(const std::string& user) const {
    return impl_->site.user(user).files.snapshot();
}

std::optional<std::string> NextcloudDouble::bytes_of(const std::string& path, const std::string& user) const {
    const Tree& files = impl_->site.user(user).files;
    const auto node = files.find(path);
    if (!node || node->folder) return std::nullopt;
    return read_all(*files.content(path), node->size).value();
}

std::vector<std::string> NextcloudDouble::open_uploads(const std::string& user) const {
    std::vector<std::string> ids;
    for (const auto& [id, node] : impl_->site.user(user).uploads.list(""))
        ids.push_back(id);
    return ids;
}

void NextcloudDouble::put_file(const std::string& path, const std::string& bytes, const std::string& user) {
    Tree& files = impl_->site.user(user).files;
    make_parents(files, parent_of(path));
    files.write(path, body_of(bytes));
}

void NextcloudDouble::remove(const std::string& path, const std::string& user) {
    impl_->site.user(user).files.remove(path);
}

} // namespace passerelle::fakes
