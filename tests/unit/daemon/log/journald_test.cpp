// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/log/journald.hpp"

#include "core/unique_fd.hpp"

#include <array>
#include <cstdlib>
#include <cstring>
#include <gmock/gmock.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace passerelle::log {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kImpossible = 77;

std::string stderr_stream() {
    struct stat facts {};
    EXPECT_EQ(::fstat(STDERR_FILENO, &facts), 0);
    return fmt::format("{}:{}", facts.st_dev, facts.st_ino);
}

/// In a file system of its own, where the journal's socket is ours.
UniqueFd journal_socket() {
    if (::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return {};
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return {};
    if (::mount("none", "/run", "tmpfs", 0, nullptr) != 0) return {};
    if (::mkdir("/run/systemd", 0755) != 0 || ::mkdir("/run/systemd/journal", 0755) != 0) return {};
    UniqueFd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, "/run/systemd/journal/socket");
    if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) return {};
    return socket;
}

/// Of a process of its own: what the journal gets goes to `out`.
int log_into_own_journal(int out) {
    const auto socket = journal_socket();
    if (!socket) return kImpossible;
    ::setenv("JOURNAL_STREAM", stderr_stream().c_str(), 1);
    if (!set_up({})) return 1;
    logger("jobs").with(JobId{12}).with(ItemId{17}).warning("token=abc123 is late");
    std::array<char, 4096> datagram{};
    const auto size = ::recv(socket.get(), datagram.data(), datagram.size(), MSG_DONTWAIT);
    if (size <= 0) return 1;
    return ::write(out, datagram.data(), static_cast<std::size_t>(size)) == size ? 0 : 1;
}

} // namespace

TEST(Journald, ALineIsFields) {
    const Line line{"2026-03-14T09:26:53.589Z", Level::error, "http", {}, {}, "two\nlines"};
    EXPECT_THAT(journald_fields(line), ElementsAre("MESSAGE=http: two\\nlines", "PRIORITY=3",
                                                   "SYSLOG_IDENTIFIER=passerelle", "PASSERELLE_ROOM=http"));
    const Line of_item{"", Level::debug, "jobs", JobId{3}, ItemId{4}, "m"};
    EXPECT_THAT(journald_fields(of_item),
                ElementsAre("MESSAGE=jobs: m job=3 item=4", "PRIORITY=7", "SYSLOG_IDENTIFIER=passerelle",
                            "PASSERELLE_ROOM=jobs", "PASSERELLE_JOB=3", "PASSERELLE_ITEM=4"));
}

TEST(Journald, IsThereWhereStandardErrorLeadsToIt) {
    ::unsetenv("JOURNAL_STREAM");
    EXPECT_FALSE(stderr_leads_to_journald());
    ::setenv("JOURNAL_STREAM", stderr_stream().c_str(), 1);
    EXPECT_TRUE(stderr_leads_to_journald());
    ::setenv("JOURNAL_STREAM", (stderr_stream() + "1").c_str(), 1); // a child's that went elsewhere
    EXPECT_FALSE(stderr_leads_to_journald());
    ::unsetenv("JOURNAL_STREAM");
}

TEST(Journald, GetsTheFieldsOfALineWithoutItsSecrets) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const UniqueFd in(ends[0]);
    UniqueFd out(ends[1]);
    const auto child = ::fork();
    if (child == 0) ::_exit(log_into_own_journal(out.get()));
    out.reset();
    std::string datagram(4096, '\0');
    datagram.resize(static_cast<std::size_t>(std::max<ssize_t>(0, ::read(in.get(), datagram.data(), datagram.size()))));
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    if (WEXITSTATUS(status) == kImpossible) GTEST_SKIP() << "no file system of our own can be made here";
    EXPECT_EQ(WEXITSTATUS(status), 0);
    EXPECT_THAT(datagram,
                AllOf(HasSubstr("PRIORITY=4\n"), HasSubstr("PASSERELLE_ROOM=jobs\n"), HasSubstr("PASSERELLE_JOB=12\n"),
                      HasSubstr("PASSERELLE_ITEM=17\n"), HasSubstr("MESSAGE=jobs: "), HasSubstr("is late"),
                      Not(HasSubstr("abc123")), Not(HasSubstr("CODE_FILE"))));
}

} // namespace passerelle::log
