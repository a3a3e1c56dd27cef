// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/ocs_handlers.hpp"

#include "tests/fakes/php_json.hpp"

#include <algorithm>
#include <cstdio>

namespace passerelle::fakes {
namespace {

using Json = nlohmann::ordered_json;

HttpResponse json_answer(int status, const Json& value) {
    HttpResponse response;
    response.status = status;
    response.body = php_json(value);
    return response.set("Content-Type", "application/json; charset=utf-8");
}

HttpResponse ocs(int status, int statuscode, const std::string& message, const Json& data) {
    const Json meta = {{"status", status < 300 ? "ok" : "failure"}, {"statuscode", statuscode}, {"message", message}};
    return json_answer(status, {{"ocs", {{"meta", meta}, {"data", data}}}});
}

Json version_of(const ServerRelease& release) {
    int major = 0;
    int minor = 0;
    int micro = 0;
    std::sscanf(release.version.c_str(), "%d.%d.%d", &major, &minor, &micro);
    return {{"major", major}, {"minor", minor},          {"micro", micro}, {"string", release.version},
            {"edition", ""},  {"extendedSupport", false}};
}

Json file_capabilities(const ServerRelease& release) {
    Json files = {{"bigfilechunking", true}, {"blacklisted_files", {".htaccess"}}};
    if (release.advertises_name_rules) {
        const bool windows = release.windows_compatible;
        Json characters = windows ? Json{"<", ">", ":", "\"", "|", "?", "*", "\\", "/"} : Json{"\\", "/"};
        Json basenames = Json::array();
        if (windows) {
            basenames = {"con", "prn", "aux", "nul"};
            for (int port = 0; port < 10; ++port) {
                basenames.push_back("com" + std::to_string(port));
                basenames.push_back("lpt" + std::to_string(port));
            }
        }
        files["forbidden_filenames"] = {".htaccess"};
        files["forbidden_filename_basenames"] = basenames;
        files["forbidden_filename_characters"] = characters;
        files["forbidden_filename_extensions"] =
            windows ? Json{" ", ".", ".filepart", ".part"} : Json{".filepart", ".part"};
        files["windows_compatible_filenames"] = windows;
    }
    if (release.advertises_chunk_limits) files["chunked_upload"] = {{"max_size", 104857600}, {"max_parallel_count", 5}};
    files["undelete"] = true;
    files["versioning"] = true;
    return files;
}

} // namespace

HttpResponse status_answer(const ServerRelease& release, bool maintenance) {
    const Json status = {{"installed", true},
                         {"maintenance", maintenance},
                         {"needsDbUpgrade", false},
                         {"version", release.full_version},
                         {"versionstring", release.version},
                         {"edition", ""},
                         {"productname", "Nextcloud"},
                         {"extendedSupport", false}};
    HttpResponse response = json_answer(200, status);
    response.chunked = true;
    return response.set("Content-Type", "application/json");
}

HttpResponse capabilities_answer(const ServerRelease& release, bool logged_in) {
    Json capabilities = {
        {"core",
         {{"pollinterval", 60},
          {"webdav-root", "remote.php/webdav"},
          {"reference-api", true},
          {"mod-rewrite-working", true}}},
        {"bruteforce", {{"delay", 0}, {"allow-listed", false}}},
        {"files", file_capabilities(release)},
        {"dav", {{"chunking", "1.0"}, {"bulkupload", "1.0"}}},
        {"files_sharing", {{"api_enabled", true}, {"resharing", true}, {"default_permissions", 31}}},
        {"theming", {{"name", "Nextcloud"}, {"productName", "Nextcloud"}, {"url", "https://nextcloud.com"}}},
    };
    if (release.companion)
        capabilities["passerelle"] = {{"version", "0.2.0"},     {"ingest", "1.0"},  {"max_batch_bytes", 33'554'432},
                                      {"max_batch_parts", 500}, {"sharing", "1.0"}, {"max_shares", 100},
                                      {"max_addresses", 200}};
    if (!logged_in) {
        for (const char* key : {"core", "files", "dav", "files_sharing", "passerelle"})
            capabilities.erase(key);
    }
    return ocs(200, 200, "OK", {{"version", version_of(release)}, {"capabilities", capabilities}});
}

HttpResponse user_answer(const ServerRelease& release, const UserSpace& user, const std::vector<std::string>& groups) {
    const std::int64_t limit = user.quota;
    const std::int64_t used = user.used_bytes();
    const double relative = limit > 0 ? 100.0 * static_cast<double>(used) / static_cast<double>(limit) : 0;
    const Json quota = {{"free", user.free_bytes()},
                        {"used", used},
                        {"total", limit < 0 ? limit : std::max(limit, used)},
                        {"relative", limit > 0 ? Json(relative) : Json(0)},
                        {"quota", limit}};
    return ocs(200, 200, "OK",
               {{"enabled", true},
                {"id", user.id},
                {"backend", "Database"},
                {"subadmin", Json::array()},
                {"quota", quota},
                {"email", user.id + "@" + release.mail_domain},
                {"displayname", user.id},
                {"display-name", user.id},
                {"groups", groups},
                {"language", "fr"},
                {"locale", ""}});
}

HttpResponse ocs_data(int status, const Json& data) {
    return ocs(status, status, status < 300 ? "OK" : "", data);
}

HttpResponse ocs_failure(int status, int statuscode, const std::string& message) {
    return ocs(status, statuscode, message, Json::array());
}

HttpResponse ocs_unauthorized(const ServerRelease& release, bool tried) {
    if (!release.anonymous_ocs_xml)
        return ocs_failure(401, 997, tried ? "Unauthorised" : "Current user is not logged in");
    HttpResponse response;
    response.status = 401;
    response.body =
        "<?xml version=\"1.0\"?>\n<ocs>\n <meta>\n  <status>failure</status>\n  <statuscode>997</statuscode>\n"
        "  <message>Unauthorised</message>\n </meta>\n <data/>\n</ocs>\n";
    return response.set("Content-Type", "text/xml; charset=UTF-8");
}

HttpResponse ocs_success() {
    return ocs(200, 200, "OK", Json::array());
}

HttpResponse ocs_data(const std::string& json) {
    return ocs(200, 200, "OK", Json::parse(json));
}

HttpResponse csrf_failure() {
    HttpResponse response = json_answer(412, {{"message", "CSRF check failed"}});
    response.reason = "Precondition failed";
    return response;
}

} // namespace passerelle::fakes
