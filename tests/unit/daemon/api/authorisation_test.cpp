// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/routes.hpp"
#include "tests/unit/daemon/api/api_kit.hpp"

namespace passerelle::api {
namespace {

class Authorised : public ApiTest {
  protected:
    /// Each route of the table with the test's job in it.
    template <class Visit> void each_route(Visit visit) {
        for (const auto& route : routes()) {
            std::string path(route.path);
            if (const auto at = path.find("{id}"); at != std::string::npos)
                path.replace(at, 4, std::to_string(job_.value));
            SCOPED_TRACE(std::string(route.method) + " " + path);
            visit(route, std::string(route.method), path);
        }
    }
};

TEST_F(Authorised, NothingIsToldWithoutTheSecret) {
    each_route([&](const Route&, const std::string& method, const std::string& path) {
        const auto answer = ask(method, path, {{"X-Passerelle-User", "camille"}, {"X-Passerelle-Admin", "1"}});
        EXPECT_EQ(answer.status, 401);
        EXPECT_EQ(json(answer)["code"], "api.unauthorized");
        EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer");
    });
}

TEST_F(Authorised, AWrongSecretIsToldLikeAMissingOne) {
    const auto without = ask("GET", "/jobs", {{"X-Passerelle-User", "camille"}});
    const std::string same_length(kSecret.size(), 'x');
    for (const auto& wrong : {"Bearer " + same_length, "Bearer " + std::string(kSecret) + "x", std::string("Bearer "),
                              "Basic " + std::string(kSecret), std::string(kSecret)}) {
        const auto answer = ask("GET", "/jobs", {{"Authorization", wrong}, {"X-Passerelle-User", "camille"}});
        EXPECT_EQ(answer.status, 401) << wrong;
        EXPECT_EQ(answer.body, without.body) << wrong;
    }
    EXPECT_EQ(ask("GET", "/nowhere", {}).status, 401); // what there is, is not told either
}

TEST_F(Authorised, AnotherPersonsJobIsUnknown) {
    each_route([&](const Route& route, const std::string& method, const std::string& path) {
        if (route.path.find("{id}") == std::string_view::npos) return;
        const std::string body = route.body == Body::csv ? "Dossier;Qui;Droits\r\n"
                                 : method == "PATCH"     ? R"({"decisions":[{"item":1,"wish":"skip"}]})"
                                 : path.ends_with("people")
                                     ? R"({"decisions":[{"principal":{"kind":"user","email":"a@b.c","name":""},)"
                                       R"("decision":{"kind":"nobody"}}]})"
                                 : path.ends_with("credentials")      ? R"({"login":"m","app_password":"p"})"
                                 : route.path.starts_with("/bridges") ? R"({"automatic":true})"
                                                                      : "{}";
        const Fields type{{"Content-Type", route.body == Body::csv ? "text/csv" : "application/json"}};
        const auto sent = route.body == Body::none ? std::string() : body;
        const auto answer = ask(method, path, as("mallory") + type, sent);
        const auto unknown = route.path.starts_with("/bridges") ? "bridge.unknown" : "job.unknown";
        EXPECT_EQ(answer.status, 404);
        EXPECT_EQ(json(answer)["code"], unknown);
        std::string nowhere(route.path);
        nowhere.replace(nowhere.find("{id}"), 4, "999");
        const auto missing = ask(method, nowhere, as("camille") + type, sent);
        EXPECT_EQ(missing.status, 404); // told like one that never was
        EXPECT_EQ(json(missing)["code"], unknown);
    });
    EXPECT_EQ(json(get(of_job("")))["state"], "review"); // nobody has touched it
}

TEST_F(Authorised, TheAdministratorsPartIsClosedToOthers) {
    each_route([&](const Route& route, const std::string& method, const std::string& path) {
        if (route.who != Who::administrator) return;
        for (const auto& fields : {as("camille"), as("camille") + Fields{{"X-Passerelle-Admin", "0"}},
                                   as("camille") + Fields{{"X-Passerelle-Admin", "true"}}}) {
            const auto answer = ask(method, path, fields, route.body == Body::none ? "" : "{}");
            EXPECT_EQ(answer.status, 403);
            EXPECT_EQ(json(answer)["code"], "service.not_yours");
        }
    });
    EXPECT_EQ(ask("GET", "/inbox?user=jeanne", as("camille")).status, 403);
    const auto bridge_of_others = R"({"job":1,"login":"m","app_password":"p"})";
    EXPECT_EQ(ask("POST", "/bridges", as("mallory"), bridge_of_others).status, 404);
    EXPECT_EQ(ask("GET", "/events?everybody=1", as("camille")).status, 403);
    const auto for_jeanne =
        R"({"parts":[{"place":"inbox","path":"a.zip"}],"user":"jeanne","login":"j","app_password":"p"})";
    EXPECT_EQ(ask("POST", "/jobs", as("camille"), for_jeanne).status, 403);
    EXPECT_EQ(ask("POST", "/jobs", as("camille", true), for_jeanne).status, 201);
    const auto of_a_workspace =
        R"({"parts":[{"place":"inbox","path":"W/a@b"}],"login":"j","app_password":"p","workspace":"W"})";
    EXPECT_EQ(ask("POST", "/jobs", as("camille"), of_a_workspace).status, 403);
    EXPECT_EQ(json(ask("POST", "/jobs", as("camille", true), of_a_workspace))["workspace"]["inbox_of"], "camille");
}

TEST_F(Authorised, AnAdministratorSeesEveryJob) {
    service_.add_job("jeanne");
    EXPECT_EQ(ask("GET", of_job(""), as("root", true)).status, 200);
    EXPECT_EQ(json(ask("GET", "/admin/jobs", as("root", true)))["jobs"].size(), 2u);
    EXPECT_EQ(json(ask("GET", "/admin/jobs?user=jeanne", as("root", true)))["jobs"].size(), 1u);
    EXPECT_EQ(json(ask("GET", "/admin/jobs?state=running", as("root", true)))["jobs"].size(), 0u);
    EXPECT_EQ(json(ask("GET", "/jobs", as("root", true)))["jobs"].size(), 0u); // their own
    EXPECT_EQ(json(get("/jobs"))["jobs"].size(), 1u);
}

TEST_F(Authorised, APersonIsNamed) {
    each_route([&](const Route& route, const std::string& method, const std::string& path) {
        if (route.who == Who::paired) return;
        const auto answer = ask(method, path, {{"Authorization", "Bearer " + std::string(kSecret)}});
        EXPECT_EQ(answer.status, 400);
        EXPECT_EQ(json(answer)["parameters"]["field"], "X-Passerelle-User");
    });
    for (const auto& user : {std::string("a%"), std::string("%ff"), std::string("a%00b"), std::string(257, 'u')})
        EXPECT_EQ(ask("GET", "/jobs", as(user)).status, 400) << user;
    service_.add_job("élodie");
    EXPECT_EQ(json(ask("GET", "/jobs", as("%C3%A9lodie")))["jobs"].size(), 1u);
}

TEST_F(Authorised, OnlyLocalNamesAreAnswered) {
    const auto port = std::to_string(server_.port());
    const auto status_for = [&](const std::string& host) {
        Wire wire(server_.port());
        wire.send("GET /api/v1/version HTTP/1.1\r\n" + host + "Authorization: Bearer " + std::string(kSecret) +
                  "\r\nConnection: close\r\n\r\n");
        return wire.read_to_end().value_or("").substr(0, 12);
    };
    for (const auto& host : {"127.0.0.1:" + port, "localhost:" + port, "LocalHost:" + port, std::string("127.0.0.1")})
        EXPECT_EQ(status_for("Host: " + host + "\r\n"), "HTTP/1.1 200") << host;
    for (const auto& host : {std::string("evil.example"), "evil.example:" + port, std::string("127.0.0.1.evil.example"),
                             std::string("127.0.0.1:1"), std::string("")})
        EXPECT_EQ(status_for("Host: " + std::string(host) + "\r\n"), "HTTP/1.1 421") << host;
    EXPECT_EQ(status_for(""), "HTTP/1.1 421");
}

TEST_F(Authorised, NobodyCanTryManySecrets) {
    int looked_at = 0;
    RawAnswer last;
    for (int attempt = 0; attempt < 200 && last.status != 429; ++attempt) {
        last = ask("GET", "/jobs", {{"Authorization", "Bearer wrong"}});
        looked_at += last.status == 401 ? 1 : 0;
    }
    EXPECT_EQ(last.status, 429);
    EXPECT_EQ(json(last)["code"], "api.too_many_attempts");
    EXPECT_FALSE(last.header("Retry-After").empty());
    EXPECT_GE(looked_at, 50);
    EXPECT_LT(looked_at, 100);
}

} // namespace
} // namespace passerelle::api
