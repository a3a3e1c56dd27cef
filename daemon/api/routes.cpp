// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/routes.hpp"

#include "daemon/api/text.hpp"

#include <array>

namespace passerelle::api {
namespace {

constexpr std::uint64_t kSmall = 64 * kKiB;
constexpr std::uint64_t kList = 256 * kKiB;
constexpr std::uint64_t kTable = 1 * kMiB;
constexpr std::uint64_t kCsv = 16 * kMiB; // what sharing::parse_csv() takes
constexpr std::uint64_t kNone = 0;

// clang-format off
constexpr std::array kRoutes{
    Route{"GET",    "/health",                 Who::paired,        Body::none, kNone,  health},
    Route{"GET",    "/version",                Who::paired,        Body::none, kNone,  version},
    Route{"GET",    "/metrics",                Who::paired,        Body::none, kNone,  metrics},
    Route{"GET",    "/reasons",                Who::paired,        Body::none, kNone,  reasons},
    Route{"GET",    "/inbox",                  Who::person,        Body::none, kNone,  Slow{inbox}},
    Route{"GET",    "/jobs",                   Who::person,        Body::none, kNone,  jobs},
    Route{"POST",   "/jobs",                   Who::person,        Body::json, kSmall, create_job},
    Route{"GET",    "/jobs/{id}",              Who::person,        Body::none, kNone,  job},
    Route{"DELETE", "/jobs/{id}",              Who::person,        Body::none, kNone,  Slow{remove_job}},
    Route{"PUT",    "/jobs/{id}/choices",      Who::person,        Body::json, kSmall, Slow{choose}},
    Route{"PUT",    "/jobs/{id}/credentials",  Who::person,        Body::json, kSmall, authorise},
    Route{"POST",   "/jobs/{id}/start",        Who::person,        Body::json, kSmall, start},
    Route{"POST",   "/jobs/{id}/pause",        Who::person,        Body::json, kSmall, pause},
    Route{"POST",   "/jobs/{id}/resume",       Who::person,        Body::json, kSmall, resume},
    Route{"POST",   "/jobs/{id}/cancel",       Who::person,        Body::json, kSmall, cancel},
    Route{"POST",   "/jobs/{id}/retry",        Who::person,        Body::json, kList,  retry},
    Route{"POST",   "/jobs/{id}/apply-shares", Who::person,        Body::json, kSmall, apply_shares},
    Route{"POST",   "/jobs/{id}/undo",         Who::person,        Body::json, kSmall, undo},
    Route{"GET",    "/jobs/{id}/undo",         Who::person,        Body::none, kNone,  Slow{preview_undo}},
    Route{"GET",    "/jobs/{id}/contents",     Who::person,        Body::none, kNone,  Slow{contents}},
    Route{"GET",    "/jobs/{id}/items",        Who::person,        Body::none, kNone,  items},
    Route{"PATCH",  "/jobs/{id}/items",        Who::person,        Body::json, kList,  decide_items},
    Route{"GET",    "/jobs/{id}/people",       Who::person,        Body::none, kNone,  Slow{people}},
    Route{"PUT",    "/jobs/{id}/people",       Who::person,        Body::json, kTable, Slow{decide_people}},
    Route{"GET",    "/jobs/{id}/shares",       Who::person,        Body::none, kNone,  Slow{shares}},
    Route{"GET",    "/jobs/{id}/places",       Who::person,        Body::none, kNone,  Slow{places}},
    Route{"GET",    "/jobs/{id}/accesses",     Who::person,        Body::none, kNone,  Slow{accesses}},
    Route{"PUT",    "/jobs/{id}/accesses",     Who::person,        Body::csv,  kCsv,   Slow{correct_accesses}},
    Route{"GET",    "/jobs/{id}/report",       Who::person,        Body::none, kNone,  Slow{report_of_job}},
    Route{"GET",    "/bridges",                Who::person,        Body::none, kNone,  bridges},
    Route{"POST",   "/bridges",                Who::person,        Body::json, kSmall, build_bridge},
    Route{"PUT",    "/bridges/{id}",           Who::person,        Body::json, kSmall, change_bridge},
    Route{"PUT",    "/bridges/{id}/credentials", Who::person,      Body::json, kSmall, authorise_bridge},
    Route{"DELETE", "/bridges/{id}/credentials", Who::person,      Body::none, kNone,  withdraw_bridge},
    Route{"DELETE", "/bridges/{id}",           Who::person,        Body::none, kNone,  remove_bridge},
    Route{"GET",    "/events",                 Who::person,        Body::none, kNone,  events},
    Route{"GET",    "/admin/jobs",             Who::administrator, Body::none, kNone,  all_jobs},
    Route{"GET",    "/admin/bridges",          Who::administrator, Body::none, kNone,  all_bridges},
    Route{"GET",    "/admin/limits",           Who::administrator, Body::none, kNone,  limits},
    Route{"PUT",    "/admin/limits",           Who::administrator, Body::json, kSmall, set_limits},
    Route{"GET",    "/admin/log",              Who::administrator, Body::none, kNone,  Slow{log_lines}},
    Route{"GET",    "/admin/log-levels",       Who::administrator, Body::none, kNone,  log_levels},
    Route{"PUT",    "/admin/log-levels",       Who::administrator, Body::json, kSmall, set_log_levels},
};
// clang-format on

constexpr std::string_view kBase = "/api/v1";

/// The number where `path` fits the pattern, 0 where the pattern has none.
std::optional<std::int64_t> fit(std::string_view pattern, std::string_view path) {
    std::int64_t number = 0;
    while (!pattern.empty() && !path.empty()) {
        const auto wanted = take_until(pattern, '/');
        const auto found = take_until(path, '/');
        if (wanted == "{id}") {
            const auto id = whole_number(found);
            if (!id) return std::nullopt;
            number = *id;
        } else if (wanted != found) {
            return std::nullopt;
        }
    }
    if (!pattern.empty() || !path.empty()) return std::nullopt;
    return number;
}

} // namespace

std::span<const Route> routes() {
    return kRoutes;
}

Match find_route(std::string_view method, std::string_view path) {
    Match match;
    if (!path.starts_with(kBase) || path.ends_with('/')) return match;
    path.remove_prefix(kBase.size());
    for (const auto& route : kRoutes) {
        const auto number = fit(route.path, path);
        if (!number) continue;
        match.job = {*number};
        match.allowed.append(match.allowed.empty() ? "" : ", ").append(route.method);
        if (route.method == method) match.route = &route;
    }
    return match;
}

} // namespace passerelle::api
