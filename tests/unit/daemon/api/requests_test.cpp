// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/routes.hpp"
#include "tests/unit/daemon/api/api_kit.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace passerelle::api {
namespace {

class Requests : public ApiTest {
  protected:
    /// What the answer to a body names as wrong; empty where it was taken.
    std::string wrong_in(const std::string& method, const std::string& path, const std::string& body) {
        const auto answer = ask(method, path, as("camille", true), body);
        if (answer.status < 300) return "";
        EXPECT_EQ(answer.status, 400) << answer.body;
        EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
        const auto problem = json(answer);
        return problem["code"].get<std::string>() + " " + problem["parameters"].value("field", "");
    }
};

std::string places(int count) {
    std::string list;
    for (int at = 0; at < count; ++at)
        list += (at == 0 ? "" : ",") + fmt::format(R"({{"folder":"f{0}","name":"n{0}"}})", at);
    return list;
}

TEST_F(Requests, AWrongMethodIsToldTheRightOnes) {
    for (const auto& route : routes()) {
        std::string path(route.path);
        if (const auto at = path.find("{id}"); at != std::string::npos) path.replace(at, 4, "1");
        for (const std::string method : {"TRACE", "OPTIONS", "LOCK"}) {
            const auto answer = ask(method, path, as("camille", true));
            EXPECT_EQ(answer.status, 405) << method << ' ' << path;
            EXPECT_NE(answer.header("Allow").find(route.method), std::string::npos) << path;
        }
    }
    EXPECT_EQ(ask("DELETE", "/jobs", as("camille")).header("Allow"), "GET, POST");
}

TEST_F(Requests, WhatThereIsNotIsNotFound) {
    for (const auto& path : {"/", "/nowhere", "/jobs/", "/jobs/abc", "/jobs/-1", "/jobs/1/nowhere", "/jobs/1/items/2",
                             "/jobs/99999999999999999999", "//jobs", "/jobs/../jobs", "/%6Aobs"})
        EXPECT_EQ(get(path).status, 404) << path;
    EXPECT_EQ(json(get("/nowhere"))["code"], "api.unknown_path");
    EXPECT_EQ(json(get("/jobs/0"))["code"], "job.unknown");
}

TEST_F(Requests, AWrongOrderNamesTheField) {
    const std::string part = R"("parts":[{"place":"inbox","path":"a.zip"}])";
    const std::string who = R"("login":"c","app_password":"p")";
    const auto order = [&](const std::string& more) { return "{" + part + "," + who + more + "}"; };
    const std::pair<std::string, std::string> cases[] = {
        {"{", "api.bad_body "},
        {"[]", "api.bad_body "},
        {"null", "api.bad_body "},
        {"\"\xff\"", "api.bad_body "},
        {"{\"parts\":" + std::string(20, '[') + std::string(20, ']') + "}", "api.bad_body "},
        {"{}", "api.bad_field parts"},
        {"{" + who + R"(,"parts":[]})", "api.bad_field parts"},
        {"{" + who + R"(,"parts":{}})", "api.bad_field parts"},
        {"{" + who + R"(,"parts":["a.zip"]})", "api.bad_field parts.0"},
        {"{" + who + R"(,"parts":[{"place":"disk","path":"a"}]})", "api.bad_field parts.0.place"},
        {"{" + who + R"(,"parts":[{"place":"inbox"}]})", "api.bad_field parts.0.path"},
        {"{" + who + R"(,"parts":[{"place":"inbox","path":"../a"}]})", "api.bad_field parts.0.path"},
        {"{" + who + R"(,"parts":[{"place":"inbox","path":"/etc/passwd"}]})", "api.bad_field parts.0.path"},
        {"{" + who + R"(,"parts":[{"place":"inbox","path":"a/./b"}]})", "api.bad_field parts.0.path"},
        {"{" + who + R"(,"parts":[{"place":"inbox","path":"a\u0000b"}]})", "api.bad_field parts.0.path"},
        {"{" + who + R"(,"parts":[{"place":"inbox","path":"a","size":1}]})", "api.unknown_field parts.0.size"},
        {"{" + part + R"(,"app_password":"p"})", "api.bad_field login"},
        {"{" + part + R"(,"login":"c"})", "api.bad_field app_password"},
        {"{" + part + R"(,"login":"c","app_password":7})", "api.bad_field app_password"},
        {order(R"(,"user":"")"), "api.bad_field user"},
        {order(R"(,"delta":"yes")"), "api.bad_field delta"},
        {order(R"(,"surprise":1)"), "api.unknown_field surprise"},
        {order(R"(,"choices":[])"), "api.bad_field choices"},
        {order(R"(,"choices":{"originals":"burn"})"), "api.bad_field choices.originals"},
        {order(R"(,"choices":{"gone":"burn"})"), "api.bad_field choices.gone"},
        {order(R"(,"choices":{"convert":{"text":1}})"), "api.bad_field choices.convert.text"},
        {order(R"(,"choices":{"convert":{"pictures":true}})"), "api.unknown_field choices.convert.pictures"},
        {order(R"(,"choices":{"workers":0})"), "api.bad_field choices.workers"},
        {order(R"(,"choices":{"workers":17})"), "api.bad_field choices.workers"},
        {order(R"(,"choices":{"workers":2.5})"), "api.bad_field choices.workers"},
        {order(R"(,"choices":{"workers":1e30})"), "api.bad_field choices.workers"},
        {order(R"(,"choices":{"include":["a",""]})"), "api.bad_field choices.include.1"},
        {order(R"(,"choices":{"destination":"a/../b"})"), "api.bad_field choices.destination"},
        {order(R"(,"choices":{"language":"de"})"), "api.bad_field choices.language"},
        {order(R"(,"choices":{"teams":{"Bureau":"Le bureau"}})"), "api.bad_field choices.teams"},
        {order(R"(,"choices":{"teams":[{"folder":"Bureau"}]})"), "api.bad_field choices.teams.0.name"},
        {order(R"(,"choices":{"teams":[{"folder":"","name":"B"}]})"), "api.bad_field choices.teams.0.folder"},
        {order(R"(,"choices":{"teams":[{"folder":"a/b","name":"B"}]})"), "api.bad_field choices.teams.0.folder"},
        {order(R"(,"choices":{"teams":[{"folder":"..","name":"B"}]})"), "api.bad_field choices.teams.0.folder"},
        {order(R"(,"choices":{"team_folders":[{"folder":"a","name":"B/C"}]})"),
         "api.bad_field choices.team_folders.0.name"},
        {order(R"(,"choices":{"teams":[{"folder":"a","name":")" + std::string(256, 'n') + "\"}]}"),
         "api.bad_field choices.teams.0.name"},
        {order(R"(,"choices":{"teams":[{"folder":"a","name":"B","quota":1}]})"),
         "api.unknown_field choices.teams.0.quota"},
        {order(R"(,"choices":{"team_folders":[)" + places(201) + "]}"), "api.bad_field choices.team_folders"},
        {order(R"(,"choices":{"team_folders":[)" + places(200) + "]}"), ""},
        {order(R"(,"choices":{"teams":[{"folder":"a","name":"B"},{"folder":"a","name":"C"}]})"),
         "api.bad_field choices.teams.1.folder"},
        {order(R"(,"choices":{"teams":[{"folder":"a","name":"B"},{"folder":"b","name":"B"}]})"),
         "api.bad_field choices.teams.1.name"},
        {order(R"(,"choices":{"teams":[{"folder":"a","name":"B"}],"team_folders":[{"folder":"a","name":"C"}]})"),
         "api.bad_field choices.teams.0.folder"},
        {order(""), ""},
    };
    for (const auto& [body, wrong] : cases)
        EXPECT_EQ(wrong_in("POST", "/jobs", body), wrong) << body;
}

TEST_F(Requests, OtherWrongBodiesNameTheFieldToo) {
    const std::string person = R"({"principal":{"kind":"user","email":"a@b.c","name":""},"decision":)";
    struct Case {
        std::string method, path, body, wrong;
    };
    const Case cases[] = {
        {"PUT", of_job("/choices"), R"({"destination":7})", "api.bad_field destination"},
        {"PUT", of_job("/choices"), R"({"destinaton":"a"})", "api.unknown_field destinaton"},
        {"PUT", of_job("/credentials"), R"({"login":"c"})", "api.bad_field app_password"},
        {"POST", of_job("/start"), R"({"pilot":"/a"})", "api.bad_field pilot"},
        {"POST", of_job("/pause"), R"({"really":true})", "api.unknown_field really"},
        {"POST", of_job("/resume"), "[]", "api.bad_body "},
        {"POST", of_job("/cancel"), R"({"a":1})", "api.unknown_field a"},
        {"POST", of_job("/undo"), R"({"a":1})", "api.unknown_field a"},
        {"POST", of_job("/retry"), R"({"items":[1,0]})", "api.bad_field items.1"},
        {"POST", of_job("/retry"), R"({"items":[-1]})", "api.bad_field items.0"},
        {"POST", of_job("/apply-shares"), R"({"notify":1})", "api.bad_field notify"},
        {"PATCH", of_job("/items"), "{}", "api.bad_field decisions"},
        {"PATCH", of_job("/items"), R"({"decisions":[{"item":1,"wish":"eat"}]})", "api.bad_field decisions.0.wish"},
        {"PATCH", of_job("/items"), R"({"decisions":[{"wish":"skip"}]})", "api.bad_field decisions.0.item"},
        {"PUT", of_job("/people"), R"({"decisions":[{}]})", "api.bad_field decisions.0.principal"},
        {"PUT", of_job("/people"), "{\"decisions\":[" + person + R"({"kind":"account"}}]})",
         "api.bad_field decisions.0.decision.target"},
        {"PUT", of_job("/people"), "{\"decisions\":[" + person + R"({"kind":"nobody","target":"x"}}]})",
         "api.bad_field decisions.0.decision.target"},
        {"PUT", of_job("/people"), "{\"decisions\":[" + person + R"({"kind":"king"}}]})",
         "api.bad_field decisions.0.decision.kind"},
        {"PUT", "/admin/limits", R"({"jobs_at_once":0})", "api.bad_field jobs_at_once"},
        {"PUT", "/admin/limits", R"({"bytes_per_second":-5})", "api.bad_field bytes_per_second"},
        {"PUT", "/admin/limits", R"({"jobs":1})", "api.unknown_field jobs"},
        {"PUT", "/admin/log-levels", R"({"default":"loud"})", "api.bad_field default"},
        {"PUT", "/admin/log-levels", R"({"rooms":{"http":"loud"}})", "api.bad_field rooms.http"},
        {"PUT", "/admin/log-levels", R"({"rooms":[]})", "api.bad_field rooms"},
    };
    for (const auto& [method, path, body, wrong] : cases)
        EXPECT_EQ(wrong_in(method, path, body), wrong) << method << ' ' << path << ' ' << body;
    EXPECT_EQ(json(get(of_job("")))["state"], "review");
}

TEST_F(Requests, AWrongAddressNamesTheParameter) {
    const std::pair<std::string, std::string> cases[] = {
        {of_job("/items?state=lost"), "api.bad_field state"},
        {of_job("/items?state=done,lost"), "api.bad_field state"},
        {of_job("/items?verdict=fine"), "api.bad_field verdict"},
        {of_job("/items?limit=0"), "api.bad_field limit"},
        {of_job("/items?limit=1001"), "api.bad_field limit"},
        {of_job("/items?limit=ten"), "api.bad_field limit"},
        {of_job("/items?after=-1"), "api.bad_field after"},
        {of_job("/items?after=99999999999999999999"), "api.bad_field after"},
        {of_job("/items?after=1&after=2"), "api.bad_field after"},
        {of_job("/items?text=%ff"), "api.bad_field ?"},
        {of_job("/items?text=%4"), "api.bad_field ?"},
        {of_job("/items?text=" + std::string(501, 'a')), "api.bad_field text"},
        {of_job("/items?offset=1"), "api.unknown_field offset"},
        {of_job("/report?format=pdf"), "api.bad_field format"},
        {"/events?wait=61", "api.bad_field wait"},
        {"/events?since=1", "api.unknown_field since"},
        {"/admin/log?level=loud", "api.bad_field level"},
        {"/admin/log?since=yesterday", "api.bad_field since"},
        {"/admin/log?limit=2001", "api.bad_field limit"},
        {"/admin/log?job=0", "api.bad_field job"},
        {"/admin/jobs?state=lost", "api.bad_field state"},
    };
    for (const auto& [path, wrong] : cases)
        EXPECT_EQ(wrong_in("GET", path, ""), wrong) << path;
}

TEST_F(Requests, WhatIsTooLargeIsToldHowLargeItMayBe) {
    for (const auto& route : routes()) {
        if (route.largest_body == 0) continue;
        std::string path(route.path);
        if (const auto at = path.find("{id}"); at != std::string::npos) path.replace(at, 4, "1");
        const auto type = route.body == Body::csv ? "text/csv" : "application/json";
        const auto announced = "Content-Type: " + std::string(type) + "\r\nX-Passerelle-Admin: 1\r\nContent-Length: " +
                               std::to_string(route.largest_body + 1) + "\r\n";
        Wire wire(server_.port());
        wire.send(head(std::string(route.method), path, announced)); // and nothing of the body: nobody waits for it
        const auto answer = wire.read_to_end().value_or("");
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 413")) << path << answer;
        EXPECT_NE(answer.find("\"limit\":\"" + std::to_string(route.largest_body) + "\""), std::string::npos) << path;
    }
}

TEST_F(Requests, ABodyOfAnotherTypeIsRefused) {
    const auto order = R"({"parts":[{"place":"inbox","path":"a.zip"}],"login":"c","app_password":"p"})";
    for (const auto& type : {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""})
        EXPECT_EQ(ask("POST", "/jobs", as("camille") + Fields{{"Content-Type", type}}, order).status, 415) << type;
    EXPECT_EQ(
        ask("POST", "/jobs", as("camille") + Fields{{"Content-Type", "Application/JSON; charset=utf-8"}}, order).status,
        201);
    EXPECT_EQ(ask("PUT", of_job("/accesses"), as("camille"), "{}").status, 415);
    EXPECT_EQ(ask("GET", "/jobs", as("camille"), "{}").status, 413); // no body belongs there
}

TEST_F(Requests, WhatWasOrderedArrives) {
    const auto answer = ask("POST", "/jobs", as("camille") + Fields{{"Accept-Language", "en"}},
                            R"({"parts":[{"place":"files","path":"Téléchargements/a.zip"}],"login":"camille@ex.org",
                                "app_password":"aaaa-bbbb","choices":{"destination":"Ancien Drive","originals":"beside","gone":"trash",
                                "convert":{"presentations":false},"exclude":["*.tmp"],"workers":3,
                                "team_folders":[{"folder":"Bureau","name":"Bureau de l'association"}],
                                "teams":[{"folder":"Fête","name":"Comité"}]},"delta":true})");
    ASSERT_EQ(answer.status, 201);
    EXPECT_EQ(json(answer)["choices"]["team_folders"],
              nlohmann::json::parse(R"([{"folder":"Bureau","name":"Bureau de l'association"}])"));
    EXPECT_EQ(json(answer)["choices"]["teams"], nlohmann::json::parse(R"([{"folder":"Fête","name":"Comité"}])"));
    EXPECT_EQ(answer.header("Location"), "/api/v1/jobs/2");
    EXPECT_EQ(answer.body.find("aaaa-bbbb"), std::string::npos);
    const auto order = service_.last_order();
    EXPECT_EQ(order.user_id, "camille");
    EXPECT_EQ(order.login, "camille@ex.org");
    EXPECT_EQ(order.app_password.reveal(), "aaaa-bbbb");
    ASSERT_EQ(order.parts.size(), 1u);
    EXPECT_EQ(order.parts[0], (service::ExportPart{service::ExportPart::Place::files, "Téléchargements/a.zip"}));
    EXPECT_TRUE(order.delta);
    EXPECT_EQ(order.choices.destination, "Ancien Drive");
    EXPECT_EQ(order.choices.originals, Originals::beside);
    EXPECT_EQ(order.choices.synchronise, Gone::trash);
    EXPECT_FALSE(order.choices.convert.presentations);
    EXPECT_TRUE(order.choices.convert.text);
    EXPECT_EQ(order.choices.exclude, std::vector<std::string>{"*.tmp"});
    EXPECT_EQ(order.choices.workers, 3u);
    EXPECT_EQ(order.choices.team_folders, (std::map<std::string, std::string>{{"Bureau", "Bureau de l'association"}}));
    EXPECT_EQ(order.choices.teams, (std::map<std::string, std::string>{{"Fête", "Comité"}}));
    EXPECT_EQ(order.choices.language, Language::english); // that of the request
}

TEST_F(Requests, ItemsComeByPages) {
    std::set<std::int64_t> seen;
    std::size_t pages = 0;
    for (nlohmann::json next = 0; !next.is_null(); ++pages) {
        const auto page = json(get(of_job("/items?limit=40&after=" + next.dump())));
        for (const auto& item : page["items"])
            EXPECT_TRUE(seen.insert(item["id"].get<std::int64_t>()).second);
        next = page["next"];
    }
    EXPECT_EQ(seen.size(), 250u);
    EXPECT_EQ(pages, 7u);
    const auto left_out = json(get(of_job("/items?state=skipped%2Cfailed&below=Comptabilit%C3%A9")));
    EXPECT_FALSE(left_out["items"].empty());
    for (const auto& item : left_out["items"]) {
        EXPECT_TRUE(item["state"] == "skipped" || item["state"] == "failed");
        EXPECT_TRUE(item["source"].get<std::string>().starts_with("Comptabilité/"));
    }
    EXPECT_EQ(json(get(of_job("/items?text=document+7.xlsx")))["items"].size(), 1u);
    EXPECT_EQ(json(get(of_job("/items?state=done&verdict=check&limit=1000")))["items"].size(), 31u);
}

TEST_F(Requests, WhatTheStateForbidsIsAConflict) {
    const auto answer = ask("POST", of_job("/resume"), as("camille"));
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(json(answer)["code"], "job.wrong_state");
    EXPECT_EQ(ask("POST", of_job("/start"), as("camille"), "{}").status, 202);
    EXPECT_EQ(ask("DELETE", of_job(""), as("camille")).status, 409);
    EXPECT_EQ(ask("POST", of_job("/cancel"), as("camille")).status, 202);
    EXPECT_EQ(ask("DELETE", of_job(""), as("camille")).status, 204);
    EXPECT_EQ(get(of_job("")).status, 404);
}

TEST_F(Requests, TextsComeInTheLanguageAskedFor) {
    const auto text = [&](const std::string& accepted) {
        return ask("GET", of_job(""), as("camille") + Fields{{"Accept-Language", accepted}}).header("Content-Language");
    };
    EXPECT_EQ(text(""), "fr");
    EXPECT_EQ(text("en"), "en");
    EXPECT_EQ(text("en-GB,en;q=0.9"), "en");
    EXPECT_EQ(text("de, en;q=0.3, fr;q=0.8"), "fr");
    EXPECT_EQ(text("en;q=0.2,fr;q=0.1"), "en");
    EXPECT_EQ(text("FR-ca"), "fr");
    EXPECT_EQ(text("frx, enough"), "fr");
    EXPECT_EQ(text(";;q=,,,;q=x"), "fr");
    const auto french = json(ask("GET", "/jobs/9", as("camille")));
    const auto english = json(ask("GET", "/jobs/9", as("camille") + Fields{{"Accept-Language", "en"}}));
    EXPECT_NE(french["text"], english["text"]);
    EXPECT_NE(french["advice"], english["advice"]);
}

TEST_F(Requests, ErrorsHaveTheirStatus) {
    struct Case {
        Error error;
        int status;
    };
    Error busy(ErrorKind::retryable, "server.overloaded", "");
    Error waiting(ErrorKind::retryable, "service.wait_for_something", "");
    waiting.retry_after = std::chrono::seconds(17);
    const Case cases[] = {{busy, 502},
                          {waiting, 503},
                          {Error(ErrorKind::conflict, "target.changed", ""), 409},
                          {Error(ErrorKind::permanent, "export.not_an_archive", "x.zip"), 422},
                          {Error(ErrorKind::job, "disk.full", ""), 507},
                          {Error(ErrorKind::job, "journal.unavailable", ""), 500}};
    for (const auto& [error, status] : cases) {
        service_.fail_next("job", error);
        const auto answer = get(of_job(""));
        EXPECT_EQ(answer.status, status) << error.code;
        EXPECT_EQ(json(answer)["code"], error.code);
        EXPECT_EQ(json(answer)["status"], status);
        EXPECT_EQ(json(answer)["type"], "urn:passerelle:" + error.code);
        EXPECT_EQ(answer.header("Retry-After"), status == 503 ? "17" : "");
    }
    service_.fail_next("job", std::nullopt);
    const auto broken = get(of_job(""));
    EXPECT_EQ(broken.status, 500);
    EXPECT_EQ(json(broken)["code"], "api.internal");
    EXPECT_EQ(broken.body.find("/secret/path"), std::string::npos);
    EXPECT_EQ(get(of_job("")).status, 200);
}

TEST_F(Requests, AReportTravelsWhole) {
    const auto answer = get(of_job("/report?format=csv"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Content-Type"), "text/csv; charset=utf-8");
    EXPECT_EQ(answer.header("Content-Disposition"), "attachment; filename=\"passerelle-1.csv\"");
    EXPECT_TRUE(answer.body.starts_with("csv;line;0\n"));
    EXPECT_TRUE(answer.body.ends_with("csv;line;99999\n"));
    EXPECT_EQ(std::ranges::count(answer.body, '\n'), 100'000);
    const auto book = get(of_job("/report?format=ods"));
    EXPECT_EQ(book.status, 200);
    EXPECT_EQ(book.header("Content-Type"), "application/vnd.oasis.opendocument.spreadsheet");
    EXPECT_EQ(book.header("Content-Disposition"), "attachment; filename=\"passerelle-1.ods\"");
    EXPECT_EQ(get(of_job("/report")).header("Content-Type"), "text/html; charset=utf-8");
}

TEST_F(Requests, PlacesSayWhetherTheServerHasTheApps) {
    const auto some = json(get(of_job("/places")));
    EXPECT_EQ(some["folders"].dump(), R"(["Bureau","Fête"])");
    EXPECT_EQ(some["team_folders"][0].dump(), R"({"free_bytes":null,"name":"Archives"})");
    EXPECT_EQ(some["team_folders"][1]["free_bytes"], 5'000'000'000);
    EXPECT_EQ(some["teams"].dump(), R"(["Comité des fêtes"])");
    const auto none = json(get("/jobs/" + std::to_string(service_.add_job("camille").value) + "/places"));
    EXPECT_TRUE(none["team_folders"].is_null());
    EXPECT_TRUE(none["teams"].is_null());
    EXPECT_EQ(ask("GET", of_job("/places"), as("mallory")).status, 404);
}

TEST_F(Requests, ATableOfAccessesGoesThereAndBack) {
    EXPECT_EQ(get(of_job("/accesses")).body, "Dossier;Qui;Droits\r\n");
    const std::string table(1'000'000, ';');
    const auto answer = ask("PUT", of_job("/accesses"), as("camille") + Fields{{"Content-Type", "text/csv"}}, table);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(service_.last_csv(), table);
    EXPECT_EQ(ask("PUT", of_job("/accesses"), as("camille") + Fields{{"Content-Type", "text/csv"}}).status, 200);
    EXPECT_EQ(service_.last_csv(), ""); // takes the correction back
}

} // namespace
} // namespace passerelle::api
