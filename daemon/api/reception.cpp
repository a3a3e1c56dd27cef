// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/reception.hpp"

#include "core/reason_codes.hpp"
#include "daemon/api/language.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/text.hpp"
#include "daemon/log/log.hpp"

#include <exception>

namespace passerelle::api {
namespace {

constexpr std::size_t kQuickThreads = 3;
constexpr std::size_t kSlowThreads = 2;

/// Every answer, the errors too.
void finish(Answer& answer, Language language) {
    answer.headers.emplace_back("Content-Language", to_string(language));
    answer.headers.emplace_back("X-Content-Type-Options", "nosniff");
    for (const auto& [name, value] : answer.headers)
        if (name == "Cache-Control") return;
    answer.headers.emplace_back("Cache-Control", "no-store");
}

/// An invariant is broken: the caller learns no more than that.
Answer internal(const std::exception& broken, Language language) {
    log::logger("api").error("a request failed: {}", broken.what());
    return problem(refusal(codes::api_internal), language);
}

Answer answer_to(Quick handler, const Call& call, const Bench& bench) {
    try {
        auto answer = handler(call, bench);
        return answer ? std::move(*answer) : problem(answer.error(), call.language);
    } catch (const std::exception& broken) {
        return internal(broken, call.language);
    }
}

/// The body's type is the one that the route takes. JSON is asked for by name, which a form of a web page cannot send.
Result<void> check_type(const RequestHead& head, const Route& route) {
    auto given = head.header("Content-Type");
    const auto type = trimmed(take_until(given, ';'));
    const std::string_view wanted = route.body == Body::csv ? "text/csv" : "application/json";
    const bool empty = head.header("Content-Length").empty() && head.header("Transfer-Encoding").empty();
    if (empty || head.header("Content-Length") == "0" || same_without_case(type, wanted)) return {};
    if (route.body == Body::none) return {}; // there is no room for one anyway
    return refusal(codes::api_wrong_type, {{"allowed", std::string(wanted)}});
}

Result<Match> find(const RequestHead& head) {
    auto match = find_route(head.method, head.path);
    if (match.route != nullptr) return match;
    if (match.allowed.empty()) return refusal(codes::api_unknown_path);
    return refusal(codes::api_wrong_method, {{"allowed", match.allowed}});
}

template <class... Cases> struct Overloaded : Cases... { using Cases::operator()...; };
template <class... Cases> Overloaded(Cases...) -> Overloaded<Cases...>; // clang 14 does not guess it

} // namespace

Reception::Reception(const ServerOptions& options, Services services)
    : bench_{.services = services, .scratch_dir = options.scratch_dir}, authorisation_(options.pairing_secret),
      most_polls_(options.bounds.polls), polls_(std::make_shared<std::atomic<std::size_t>>(0)),
      quick_(kQuickThreads, options.bounds.waiting), slow_(kSlowThreads, options.bounds.waiting) {}

Admission Reception::admit(const RequestHead& head) {
    const auto language = language_of(head.header("Accept-Language"));
    const auto refuse = [&](const Error& error) {
        auto answer = problem(error, language);
        if (error.code == codes::api_wrong_method)
            answer.headers.emplace_back("Allow", error.parameters.front().second);
        finish(answer, language);
        return Admission{.refusal = std::move(answer), .take = {}};
    };
    if (const auto checked = Authorisation::check_host(head); !checked) return refuse(checked.error());
    if (const auto checked = authorisation_.check_secret(head); !checked) return refuse(checked.error());
    const auto match = find(head);
    if (!match) return refuse(match.error());
    const auto& route = *match->route;
    const auto caller = Authorisation::caller(head, route.who);
    if (!caller) return refuse(caller.error());
    if (const auto checked = check_type(head, route); !checked) return refuse(checked.error());
    Call call{.caller = *caller, .language = language, .job = match->job, .query = head.query, .body = ""};
    return {.refusal = {},
            .largest_body = route.largest_body,
            .take = [this, &route, call = std::move(call)](std::string body, const Reply& reply) mutable {
                call.body = std::move(body);
                take(route, std::move(call), reply);
            }};
}

void Reception::take(const Route& route, Call call, Reply reply) {
    const auto language = call.language;
    const auto finished = [reply, language, &route, begun = std::chrono::steady_clock::now()](Answer answer) {
        finish(answer, language);
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
        log::logger("api").debug("{} {}: {} in {:.1f} ms", route.method, route.path, answer.status, took.count());
        reply(std::move(answer));
    };
    const auto on = [&](Workers& workers, Quick handler) {
        return workers.offer(
            [this, handler, call = std::move(call), finished] { finished(answer_to(handler, call, bench_)); });
    };
    const bool taken = std::visit(Overloaded{[&](Quick handler) { return on(quick_, handler); },
                                             [&](Slow handler) { return on(slow_, handler.answer); },
                                             [&](Poll handler) {
                                                 poll(handler, call, finished);
                                                 return true;
                                             }},
                                  route.handler);
    if (!taken) finished(problem(refusal(codes::api_busy), language));
}

void Reception::poll(Poll handler, const Call& call, const Reply& reply) {
    if (polls_->fetch_add(1) >= most_polls_) {
        polls_->fetch_sub(1);
        return reply(problem(refusal(codes::api_busy), call.language));
    }
    try {
        handler(call, bench_, [reply, polls = polls_](Answer answer) {
            polls->fetch_sub(1);
            reply(std::move(answer));
        });
    } catch (const std::exception& broken) { // on the listener's thread, which serves everybody
        polls_->fetch_sub(1);
        reply(internal(broken, call.language));
    }
}

void Reception::close() {
    quick_.close();
    slow_.close();
}

void Reception::stop() {
    quick_.stop();
    slow_.stop();
}

} // namespace passerelle::api
