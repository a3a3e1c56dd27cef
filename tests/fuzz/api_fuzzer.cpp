// SPDX-License-Identifier: AGPL-3.0-or-later
// libFuzzer's target for what a request of the API may hold: its first byte chooses the reader, the rest is the body,
// the query or a header. What is taken keeps the bounds of docs/api/openapi.yaml; what is refused has a status of 400.
#include "daemon/api/language.hpp"
#include "daemon/api/orders.hpp"
#include "daemon/api/paths.hpp"
#include "daemon/api/problem.hpp"
#include "daemon/api/query.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/api/text.hpp"

#include <cstdlib>
#include <string_view>

using namespace passerelle;

namespace {

void hold(bool promise) {
    if (!promise) std::abort();
}

template <class Value> bool taken(const Result<Value>& read) {
    if (!read) {
        hold(api::status_of(read.error()) == 400);
        const auto answer = api::problem(read.error(), Language::french);
        hold(answer.body.size() < 4096); // a refusal repeats no more than a name of what was sent
    }
    return read.has_value();
}

void order(std::string_view text) {
    const auto read = api::read_job_order(text, Language::french);
    if (!taken(read)) return;
    hold(!read->parts.empty() && read->parts.size() <= 1000);
    for (const auto& part : read->parts)
        hold(!part.path.empty() && api::is_relative_path(part.path) && api::is_plain_text(part.path));
    hold(api::is_relative_path(read->choices.destination) && read->choices.workers >= 1 && read->choices.workers <= 16);
    hold(!read->login.empty() && read->login.size() <= 255 && !read->app_password.empty());
}

void decisions(std::string_view text) {
    if (const auto read = api::read_item_decisions(text); taken(read))
        for (const auto& decision : *read)
            hold(decision.item.value > 0);
    if (const auto read = api::read_people_decisions(text); taken(read)) hold(!read->empty() && read->size() <= 5000);
    if (const auto read = api::read_retry(text); taken(read)) hold(read->size() <= 10'000);
}

void small_ones(std::string_view text) {
    taken(api::read_choices(text, Language::english));
    taken(api::read_credentials(text));
    taken(api::read_apply_shares(text));
    taken(api::read_nothing(text));
    if (const auto read = api::read_start(text); taken(read)) hold(api::is_relative_path(*read));
    if (const auto read = api::read_limits(text); taken(read))
        hold(read->jobs_at_once >= 1 && read->jobs_at_once <= 64);
    if (const auto read = api::read_log_levels(text); taken(read)) hold(read->size() <= 51);
}

void address(std::string_view text) {
    api::Mistake mistake;
    api::QueryReader query(text, mistake);
    const auto number = query.number("limit", 1, 1000, 100);
    const auto below = query.text("below", 4096);
    query.close();
    if (taken(mistake.or_value(true))) hold(number >= 1 && number <= 1000 && below.size() <= 4096);
    const auto match = api::find_route("GET", text);
    hold(match.route == nullptr || match.job.value >= 0);
    static_cast<void>(api::language_of(text));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    constexpr void (*kReaders[])(std::string_view) = {order, decisions, small_ones, address};
    kReaders[data[0] % std::size(kReaders)](text);
    return 0;
}
