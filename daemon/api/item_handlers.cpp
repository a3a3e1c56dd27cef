// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/json_writers.hpp"
#include "daemon/api/orders.hpp"
#include "daemon/api/query.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/api/text.hpp"

#include <algorithm>

namespace passerelle::api {
namespace {

constexpr std::size_t kMostItems = 1000;
constexpr std::size_t kUsualItems = 100;

std::vector<ItemState> states_of(std::string_view text, Mistake& mistake) {
    std::vector<ItemState> states;
    while (!text.empty()) {
        const auto state = read_word<ItemState>(take_until(text, ','));
        if (!state) mistake.set(bad_field("state", all_words<ItemState>()));
        if (state) states.push_back(*state);
        if (states.size() > kWords<ItemState>.size()) mistake.set(bad_field("state", all_words<ItemState>()));
    }
    return states;
}

Result<service::ItemQuery> item_query_of(const Call& call) {
    Mistake mistake;
    QueryReader query(call.query, mistake);
    service::ItemQuery wanted;
    wanted.filter.states = states_of(query.text("state", 200), mistake);
    wanted.filter.reason_code = query.text("reason", 100);
    wanted.filter.verdict = query.word<VerdictKind>("verdict");
    wanted.text = query.text("text", 500);
    wanted.below = query.text("below", 4096);
    wanted.after = {static_cast<std::int64_t>(query.number("after", 0, kMostId, 0))};
    wanted.limit = query.number("limit", 1, kMostItems, kUsualItems);
    query.close();
    return mistake.or_value(std::move(wanted));
}

} // namespace

Result<Answer> contents(const Call& call, const Bench& bench) {
    auto contents = bench.services.desk.contents(call.caller, call.job);
    if (!contents) return failure(contents);
    return json_answer(json_of(*contents, call.language));
}

Result<Answer> items(const Call& call, const Bench& bench) {
    auto query = item_query_of(call);
    if (!query) return failure(query);
    auto page = bench.services.desk.items(call.caller, call.job, *query);
    if (!page) return failure(page);
    const bool is_last = page->size() < query->limit;
    return json_answer(
        {{"items", json_of_each(*page, call.language)}, {"next", is_last ? Json() : Json(page->back().id.value)}});
}

Result<Answer> decide_items(const Call& call, const Bench& bench) {
    auto decisions = read_item_decisions(call.body);
    if (!decisions) return failure(decisions);
    auto kept = bench.services.desk.decide_items(call.caller, call.job, *decisions);
    if (!kept) return failure(kept);
    return Answer{.status = 204};
}

Result<Answer> preview_undo(const Call& call, const Bench& bench) {
    auto preview = bench.services.desk.preview_undo(call.caller, call.job);
    if (!preview) return failure(preview);
    const auto removed = std::ranges::count(*preview, true, &jobs::UndoneThing::removed);
    return json_answer({{"removed", removed},
                        {"kept", preview->size() - static_cast<std::size_t>(removed)},
                        {"items", json_of_each(*preview, call.language)}});
}

} // namespace passerelle::api
