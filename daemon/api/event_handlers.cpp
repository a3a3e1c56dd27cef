// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/api/json_writers.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/query.hpp"
#include "daemon/api/routes.hpp"

namespace passerelle::api {
namespace {

constexpr std::uint64_t kMostSeconds = 60;
constexpr std::uint64_t kUsualSeconds = 25;

struct Question {
    std::uint64_t after = 0;
    std::chrono::seconds wait{};
    bool everybody = false;
};

Result<Question> question_of(const Call& call) {
    Mistake mistake;
    QueryReader query(call.query, mistake);
    Question question;
    question.after = query.number("after", 0, kMostId, 0);
    question.wait = std::chrono::seconds(query.number("wait", 0, kMostSeconds, kUsualSeconds));
    question.everybody = query.number("everybody", 0, 1, 0) == 1;
    query.close();
    if (question.everybody && !call.caller.administrator) mistake.set(refusal(codes::service_not_yours));
    return mistake.or_value(question);
}

} // namespace

void events(const Call& call, const Bench& bench, Reply reply) {
    const auto question = question_of(call);
    if (!question) return reply(problem(question.error(), call.language));
    const auto deadline = std::chrono::steady_clock::now() + question->wait;
    bench.services.desk.events(
        call.caller, question->everybody, question->after, deadline,
        [reply = std::move(reply)](std::uint64_t newest, const std::vector<service::Event>& events) {
            reply(json_answer({{"newest", newest}, {"events", json_of_each(events)}}));
        });
}

} // namespace passerelle::api
