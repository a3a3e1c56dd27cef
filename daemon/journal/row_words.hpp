// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/journal/ledger.hpp"
#include "daemon/journal/shares.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

/// The spelling of the journal's own words, and reading words back from rows that this program wrote.
namespace passerelle::journal {

[[nodiscard]] constexpr std::string_view to_string(Role role) {
    return role == Role::main ? "main" : "original";
}

[[nodiscard]] constexpr std::string_view to_string(Method method) {
    switch (method) {
    case Method::bulk:
        return "bulk";
    case Method::put:
        return "put";
    case Method::chunked:
        return "chunked";
    case Method::ingest:
        return "ingest";
    case Method::move:
        return "move";
    }
    return "put";
}

[[nodiscard]] constexpr std::string_view to_string(UploadState state) {
    switch (state) {
    case UploadState::ready:
        return "ready";
    case UploadState::sending:
        return "sending";
    case UploadState::arrived:
        return "arrived";
    }
    return "ready";
}

[[nodiscard]] constexpr std::string_view to_string(SharedWith with) {
    switch (with) {
    case SharedWith::user:
        return "user";
    case SharedWith::group:
        return "group";
    case SharedWith::email:
        return "email";
    case SharedWith::team:
        return "team";
    }
    return "user";
}

[[nodiscard]] inline SharedWith shared_with_of(std::string_view text) {
    for (const auto with : {SharedWith::group, SharedWith::email, SharedWith::team})
        if (text == to_string(with)) return with;
    return SharedWith::user;
}

[[nodiscard]] inline TeamAct team_act_of(std::string_view text) {
    for (const auto act :
         {TeamAct::group, TeamAct::member, TeamAct::admission, TeamAct::rules, TeamAct::advanced, TeamAct::manager})
        if (text == to_string(act)) return act;
    return TeamAct::folder;
}

[[nodiscard]] inline ShareState share_state_of(std::string_view text) {
    for (const auto state : {ShareState::made, ShareState::changed, ShareState::left, ShareState::refused,
                             ShareState::gone, ShareState::undone})
        if (text == to_string(state)) return state;
    return ShareState::planned;
}

[[nodiscard]] inline Role role_of(std::string_view text) {
    return text == "original" ? Role::original : Role::main;
}

[[nodiscard]] inline Method method_of(std::string_view text) {
    if (text == "bulk") return Method::bulk;
    if (text == "chunked") return Method::chunked;
    if (text == "move") return Method::move;
    return text == "ingest" ? Method::ingest : Method::put;
}

[[nodiscard]] inline UploadState upload_state_of(std::string_view text) {
    return text == "arrived" ? UploadState::arrived : text == "sending" ? UploadState::sending : UploadState::ready;
}

/// A word in a column. A word that core/words.hpp does not know means a damaged file: std::runtime_error.
template <class Word> [[nodiscard]] Word word_of(const std::string& text) {
    if (const auto word = from_string<Word>(text)) return *word;
    throw std::runtime_error("unknown word in the journal: " + text);
}

} // namespace passerelle::journal
