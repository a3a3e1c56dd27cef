// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/faults.hpp"
#include "tests/fakes/http_server.hpp"
#include "tests/fakes/tree_snapshot.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace passerelle::fakes {

/// An account of the double.
struct DoubleAccount {
    std::string user = "alice";
    std::string app_password = "app-password";
    std::optional<std::filesystem::path> folder{}; ///< keeps the files as real files there; nothing: in memory
    bool administrator = false;
    std::string login_password{};      ///< accepted too, and where no app password is; empty: none
    std::vector<std::string> groups{}; ///< made where they are missing
    std::vector<std::string> teams{};  ///< of the app circles, likewise; "team-" and the name is the id
};

/// A migration that the companion app began: its app password opens the app's endpoints with the pairing's secret
/// alone, and inside its destination alone.
struct DoubleJob {
    std::string user = "alice";
    std::string app_password{};
    std::string destination{}; ///< below the user's files; empty: all of them
};

/// How the double is set up.
struct DoubleOptions {
    int version = 34; ///< 28, 29, 32, 33 or 34
    std::vector<DoubleAccount> accounts{DoubleAccount{}};
    std::uint16_t port = 0; ///< 0: the kernel chooses
    std::optional<TlsIdentity> tls{};
    std::string mail_domain = "example.org"; ///< an account's address is its name at this domain
    bool windows_names = false;              ///< windows_compatible_filenames
    bool team_folders = false;               ///< the app groupfolders is installed
    bool companion = false;                  ///< the companion app is installed (docs/api)
    std::string pairing_secret{};            ///< of the companion app with its service; empty: not paired
    std::vector<DoubleJob> jobs{};           ///< that the companion app began
    bool control = false; ///< serves /_double/… for programs (docs: tests/fakes/control_handlers.hpp)
};

/// A request as the double saw it. A value.
struct SeenRequest {
    std::string method;
    std::string path; ///< decoded
    int status = 0;   ///< 0: no answer was sent
    std::uint64_t body_bytes = 0;
};

/// A Nextcloud that lives in the test's process and answers as the real one does (docs/protocol-notes.md;
/// tests/contract holds both against each other). Listens on 127.0.0.1. Internally locked: any thread may call.
class NextcloudDouble {
  public:
    /// Throws when the version is unknown, the port is taken or a folder cannot be used.
    explicit NextcloudDouble(DoubleOptions options = {});
    ~NextcloudDouble();

    /// "http://127.0.0.1:43211", without a slash at the end.
    [[nodiscard]] std::string url() const;

    // What goes wrong.
    void fault(Fault fault);
    void clear_faults();
    void set_maintenance(bool on);
    /// In bytes; nothing: unlimited.
    void set_quota(std::optional<std::uint64_t> bytes, const std::string& user = "alice");
    /// Another writer holds the path for as long as the handle lives; every write to it answers 423.
    [[nodiscard]] std::shared_ptr<void> hold(const std::string& path, const std::string& user = "alice");
    /// Lets time go by for the limit of new shares; its clock stands still otherwise.
    void pass(std::chrono::seconds time);
    /// Ends the lock-out after eleven bad logins.
    void forgive_bad_logins();

    /// What the person does in the browser during a login flow. Answers how many logins were waiting.
    int grant_login(const std::string& user = "alice");
    /// Is the password accepted (the account's own, or one that a login flow gave)?
    [[nodiscard]] bool accepts(const std::string& user, const std::string& app_password) const;

    // What a test looks at.
    [[nodiscard]] std::vector<SeenRequest> requests() const;
    /// "PUT /remote.php/dav/files/alice/a.txt 201", one a line: for comparing what was sent.
    [[nodiscard]] std::vector<std::string> verbs() const;
    void forget_requests();
    /// The body bytes of all requests to a path.
    [[nodiscard]] std::uint64_t bytes_received(const std::string& path) const;
    [[nodiscard]] std::uint64_t connections() const;
    /// Nobody is connected, and so nothing is being acted upon.
    [[nodiscard]] bool idle() const;
    /// How often bytes were written to each path, whatever has become of it since.
    [[nodiscard]] std::map<std::string, int> writes(const std::string& user = "alice") const;
    /// Everything the user has, by path.
    [[nodiscard]] TreeSnapshot tree(const std::string& user = "alice") const;
    /// The bytes of a file; nothing when there is no such file.
    [[nodiscard]] std::optional<std::string> bytes_of(const std::string& path, const std::string& user = "alice") const;
    /// Chunked uploads that have begun and neither ended nor been removed.
    [[nodiscard]] std::vector<std::string> open_uploads(const std::string& user = "alice") const;

    /// Does to the tree what somebody else would: writes a file (making its parents), or removes what is there.
    void put_file(const std::string& path, const std::string& bytes, const std::string& user = "alice");
    void remove(const std::string& path, const std::string& user = "alice");

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace passerelle::fakes
