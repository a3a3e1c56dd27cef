// SPDX-License-Identifier: AGPL-3.0-or-later
// The service is killed in every phase of its work, and started again: it goes on by itself, loses nothing, and sends
// nothing twice.
#include "tests/fakes/raw_client.hpp"
#include "tests/fault/mixed_export.hpp"
#include "tests/program/scene.hpp"

#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

namespace passerelle::program {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using fakes::Fault;
using nlohmann::json;

constexpr auto kLimit = 60s;

fakes::DoubleOptions two_accounts() {
    fakes::DoubleOptions options;
    options.accounts = {{.user = "alice"}, {.user = "bob", .app_password = "bobs-password"}};
    return options;
}

/// `passerelle serve`, and alice who calls it. Confined to a thread.
class Service {
  public:
    explicit Service(const Scene& scene)
        : scene_(scene),
          settings_(scene.folder().write("service.toml", fmt::format("[server]\nmax_attempts = 4\n[service]\nlisten = "
                                                                     "\"127.0.0.1:0\"\nnextcloud_url = \"{}\"\n"
                                                                     "export_rest_seconds = 10\n",
                                                                     scene.server.url()))) {
        const auto paired = scene_.run({"pair", "--config", settings_.string()});
        EXPECT_EQ(paired.exit_code, 0) << paired.err;
        std::ifstream(scene_.state() / "pairing.secret") >> secret_;
        start();
    }

    void start() {
        program_.reset(new Program(scene_.start({"serve", "--config", settings_.string()})));
        std::string url;
        ASSERT_TRUE(eventually(
            [&] {
                const auto told = program_->errors();
                const auto begin = told.find("http://127.0.0.1:");
                const auto end = told.find(".\n", begin);
                if (end != std::string::npos) url = told.substr(begin, end - begin);
                return !url.empty() || program_->has_ended();
            },
            kLimit))
            << program_->errors();
        ASSERT_FALSE(url.empty()) << program_->errors();
        client_ = std::make_unique<fakes::RawClient>(url);
    }
    void kill() {
        program_->signal(SIGKILL);
        (void)program_->wait();
    }
    [[nodiscard]] Outcome stop() {
        program_->signal(SIGTERM);
        return program_->wait();
    }

    /// What alice is answered; a test that asks for what is refused has failed.
    json ask(const std::string& method, const std::string& path, const json& body = nullptr) {
        fakes::Fields fields{{"Authorization", "Bearer " + secret_}, {"X-Passerelle-User", "alice"}};
        std::string text;
        if (!body.is_null()) {
            fields.emplace_back("Content-Type", "application/json");
            text = body.dump();
        }
        auto answer = client_->send(method, "/api/v1" + path, fields, text);
        if (!answer) { // an idle connection was closed
            client_->close();
            answer = client_->send(method, "/api/v1" + path, fields, text);
        }
        if (!answer || answer->status >= 400) {
            ADD_FAILURE() << method << " " << path << ": " << (answer ? answer->body : "no answer");
            return {};
        }
        return answer->body.empty() ? json() : json::parse(answer->body);
    }
    json job(int number) { return ask("GET", fmt::format("/jobs/{}", number)); }
    std::size_t jobs() { return ask("GET", "/jobs").at("jobs").size(); }

    int order(const std::vector<json>& parts) {
        const auto made = ask("POST", "/jobs",
                              {{"parts", parts},
                               {"login", "alice"},
                               {"app_password", "app-password"},
                               {"delta", false},
                               {"choices", {{"destination", "A"}}}});
        return made.at("id").get<int>();
    }
    void authorise(int number) {
        ask("PUT", fmt::format("/jobs/{}/credentials", number), {{"login", "alice"}, {"app_password", "app-password"}});
    }
    /// Waits until nothing is left to do for the job, and this is its state.
    void wait_for(int number, const std::string& state) {
        json seen;
        ASSERT_TRUE(eventually(
            [&] {
                seen = job(number);
                return (seen.at("state") == state && seen.at("task") == "none") || seen.at("state") == "stopped";
            },
            kLimit))
            << seen.dump(1);
        ASSERT_EQ(seen.at("state"), state) << seen.dump(1);
    }

  private:
    const Scene& scene_;
    const fs::path settings_;
    std::string secret_;
    std::unique_ptr<Program> program_;
    std::unique_ptr<fakes::RawClient> client_;
};

class KilledService : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        adopt_orphans();
        export_folder = new Folder;
        parts = mixed_export().write(export_folder->path());
        KilledService undisturbed;
        const int job = undisturbed.reviewed();
        undisturbed.service.ask("POST", fmt::format("/jobs/{}/start", job), json::object());
        undisturbed.service.wait_for(job, "finished");
        expected = comparable(undisturbed.scene.server.tree());
        ASSERT_GT(expected.size(), 80u);
    }
    static void TearDownTestSuite() { delete export_folder; }
    void TestBody() override {}

    KilledService() : scene(two_accounts()), service(scene) {}

    /// The export lies in alice's inbox.
    std::vector<json> into_inbox() {
        const auto inbox = scene.state() / "inbox/alice";
        fs::create_directories(inbox);
        std::vector<json> named;
        for (const auto& part : parts) {
            fs::copy(part, inbox / part.filename());
            named.push_back({{"place", "inbox"}, {"path", part.filename().string()}});
        }
        return named;
    }
    int reviewed() {
        const int job = service.order(into_inbox());
        service.wait_for(job, "review");
        return job;
    }
    void run(int job) { service.ask("POST", fmt::format("/jobs/{}/start", job), json::object()); }

    /// Acts, and kills the service when the server is about to do what the fault fits; the server does it all the same.
    template <class Act> void kill_at(Fault fault, const Act& act) {
        const auto gate = std::make_shared<fakes::Gate>(); // shared with the request that stands at it
        fault.kind = Fault::Kind::slow;
        fault.delay = 60s;
        fault.gate = gate;
        scene.server.fault(fault);
        act();
        ASSERT_TRUE(gate->wait_for_arrival(kLimit))
            << "there was no such request; the last one was " << scene.server.verbs().back();
        service.kill();
        gate->open();
        ASSERT_TRUE(eventually([] { return !has_children(); }, kLimit)) << "a worker has outlived the service";
        ASSERT_TRUE(eventually([&] { return scene.server.idle(); }, kLimit));
        scene.server.clear_faults();
        service.start();
    }

    void expect_all_there(int job) {
        EXPECT_EQ(comparable(scene.server.tree()), expected);
        for (const auto& [path, count] : scene.server.writes())
            EXPECT_EQ(count, 1) << path;
        scene.expect_true_report(job);
        EXPECT_EQ(service.jobs(), 1u);
        EXPECT_EQ(service.stop().exit_code, 0);
        scene.expect_tidy();
        EXPECT_FALSE(has_children());
    }
    [[nodiscard]] std::size_t count(const std::string& method, const std::string& end_of_path) const {
        std::size_t found = 0;
        for (const auto& request : scene.server.requests())
            found += request.method == method && request.path.ends_with(end_of_path) ? 1 : 0;
        return found;
    }

    static inline Folder* export_folder = nullptr; // shared: what all tests read
    static inline std::vector<fs::path> parts;
    static inline fakes::TreeSnapshot expected;
    Scene scene;
    Service service;
};

struct Moment {
    std::string name;
    Fault fault;
};

class KilledRun : public KilledService, public ::testing::WithParamInterface<Moment> {};

} // namespace

TEST_F(KilledService, WhileItPlans) {
    int job = 0;
    kill_at({.method = "PROPFIND"}, [&] { job = service.order(into_inbox()); });
    service.wait_for(job, "review");
    EXPECT_TRUE(scene.server.tree().empty()) << "nothing is written before the person says so";
    run(job);
    service.wait_for(job, "finished");
    expect_all_there(job);
}

TEST_P(KilledRun, GoesOnByItself) {
    const int job = reviewed();
    kill_at(GetParam().fault, [&] { run(job); });
    service.wait_for(job, "finished");
    expect_all_there(job);
}

INSTANTIATE_TEST_SUITE_P(While, KilledRun,
                         ::testing::Values(Moment{"ABatchIsSent", {.method = "POST", .path_suffix = "/bulk"}},
                                           Moment{"AFileIsSent", {.method = "PUT", .path_suffix = "Daté 5.txt"}},
                                           Moment{"AConvertedDocumentIsSent", {.path_suffix = "Lettre 2.odt"}},
                                           Moment{"AChunkIsSent", {.method = "PUT", .path_suffix = "/00002"}},
                                           Moment{"ChunksAreJoined", {.method = "MOVE", .path_suffix = "Film.bin"}},
                                           Moment{"ItFinishes", {.method = "PROPPATCH"}}),
                         [](const auto& tested) { return tested.param.name; });

/// The queue of a service that is killed at moments that nobody chose, again and again.
TEST_F(KilledService, SixTimesInOneRun) {
    const int job = reviewed();
    const auto first = scene.server.requests().size();
    run(job);
    exports::Dice dice(20261130);
    int kills = 0;
    for (int round = 0; round < 6; ++round) {
        const auto goal = scene.server.requests().size() + 3 + dice.below(12);
        ASSERT_TRUE(eventually(
            [&] { return scene.server.requests().size() >= goal || service.job(job).at("state") == "finished"; },
            kLimit));
        if (service.job(job).at("state") == "finished") break;
        service.kill();
        ++kills;
        ASSERT_TRUE(eventually([] { return !has_children(); }, kLimit));
        ASSERT_TRUE(eventually([&] { return scene.server.idle(); }, kLimit));
        service.start();
    }
    EXPECT_GE(kills, 2) << scene.server.requests().size() - first << " requests";
    service.wait_for(job, "finished");
    expect_all_there(job);
}

TEST_F(KilledService, WhileItFetchesTheExport) {
    constexpr std::uint64_t kSlices = 13; // 101 MB by 8 MiB
    for (const auto& part : parts) {
        std::ostringstream bytes;
        bytes << std::ifstream(part, std::ios::binary).rdbuf();
        scene.server.put_file("Archives/" + part.filename().string(), bytes.str());
    }
    ASSERT_EQ(parts.size(), 1u);
    const auto archive = parts.front().filename().string();
    int job = 0;
    kill_at({.method = "GET", .path_suffix = archive, .skip = 4}, [&] {
        job = service.order({{{"place", "files"}, {"path", "Archives/" + archive}}});
    });
    service.wait_for(job, "review");
    EXPECT_EQ(count("GET", archive), kSlices + 1) << "only the slice that was on its way comes again";
    run(job);
    service.wait_for(job, "finished");
    scene.server.remove("Archives");
    EXPECT_EQ(comparable(scene.server.tree()), expected);
    scene.expect_true_report(job);
    EXPECT_EQ(service.stop().exit_code, 0);
    scene.expect_tidy();
}

TEST_F(KilledService, WhileItShares) {
    const int job = reviewed();
    run(job);
    service.wait_for(job, "finished");
    service.authorise(job);
    kill_at({.method = "POST", .path_suffix = "/shares"}, [&] {
        service.ask("POST", fmt::format("/jobs/{}/apply-shares", job), {{"notify", false}});
    });
    service.wait_for(job, "finished");
    service.authorise(job);
    const auto lines = service.ask("GET", fmt::format("/jobs/{}/shares", job)).at("applied");
    ASSERT_FALSE(lines.empty());
    for (const auto& line : lines)
        EXPECT_EQ(line.at("state"), "made") << line.dump();
    EXPECT_EQ(count("POST", "/shares"), lines.size()) << "what the server did is not asked for again";
    expect_all_there(job);
}

TEST_F(KilledService, WhileItUndoes) {
    const int job = reviewed();
    run(job);
    service.wait_for(job, "finished");
    service.authorise(job);
    kill_at({.method = "DELETE", .skip = 20},
            [&] { service.ask("POST", fmt::format("/jobs/{}/undo", job), json::object()); });
    service.wait_for(job, "finished");
    EXPECT_TRUE(scene.server.tree().empty());
    const auto statement = service.job(job).at("statement");
    EXPECT_EQ(statement.at("skipped"), statement.at("seen"));
    scene.expect_true_report(job);
    std::map<std::string, int> taken;
    for (const auto& request : scene.server.requests())
        if (request.method == "DELETE" && request.status < 300) ++taken[request.path];
    for (const auto& [path, times] : taken)
        EXPECT_EQ(times, 1) << path;
    EXPECT_EQ(service.stop().exit_code, 0);
    scene.expect_tidy();
}

TEST_F(KilledService, WhileANewExportOfABridgeComesToRestAndIsPlanned) {
    const int first = reviewed();
    run(first);
    service.wait_for(first, "finished");
    service.ask("POST", "/bridges",
                {{"job", first}, {"login", "alice"}, {"app_password", "app-password"}, {"automatic", true}});
    const Folder later;
    auto again = mixed_export().file("Drive/Nouveau.txt", "tout neuf").made_at(exports::at(2026, 5, 6));
    for (const auto& part : again.write(later.path()))
        fs::copy(part, scene.state() / "inbox/alice" / part.filename());
    const auto bridge = [&] { return service.ask("GET", "/bridges").at("bridges").at(0); };
    ASSERT_TRUE(eventually([&] { return bridge().at("state") == "arriving"; }, kLimit));
    service.kill();
    kill_at({.method = "PROPFIND"}, [&] { service.start(); });
    ASSERT_TRUE(eventually([&] { return !bridge().at("latest_job").is_null(); }, kLimit));
    const int second = bridge().at("latest_job");
    service.wait_for(second, "finished");
    EXPECT_EQ(service.jobs(), 2u) << "it came once";
    EXPECT_EQ(scene.server.bytes_of("A/Nouveau.txt"), "tout neuf");
    for (const auto& [path, count] : scene.server.writes())
        EXPECT_EQ(count, 1) << path;
    EXPECT_EQ(service.job(second).at("statement").at("pending").at("items"), 0);
    EXPECT_EQ(service.stop().exit_code, 0);
    scene.expect_tidy();
}

} // namespace passerelle::program
