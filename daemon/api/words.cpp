// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/api/words.hpp"

namespace passerelle::api {

std::string_view to_string(service::ExportPart::Place word) {
    return word == service::ExportPart::Place::inbox ? "inbox" : "files";
}

std::string_view to_string(service::ItemDecision::Wish word) {
    switch (word) {
    case service::ItemDecision::Wish::skip:
        return "skip";
    case service::ItemDecision::Wish::upload:
        return "upload";
    case service::ItemDecision::Wish::convert:
        return "convert";
    }
    return "";
}

std::string_view to_string(jobs::Activity word) {
    switch (word) {
    case jobs::Activity::reading:
        return "reading";
    case jobs::Activity::converting:
        return "converting";
    case jobs::Activity::uploading:
        return "uploading";
    case jobs::Activity::finishing:
        return "finishing";
    case jobs::Activity::waiting:
        return "waiting";
    }
    return "";
}

std::string_view to_string(sharing::PrincipalKind word) {
    switch (word) {
    case sharing::PrincipalKind::user:
        return "user";
    case sharing::PrincipalKind::group:
        return "group";
    case sharing::PrincipalKind::domain:
        return "domain";
    case sharing::PrincipalKind::anyone:
        return "anyone";
    case sharing::PrincipalKind::anyone_with_link:
        return "anyone_with_link";
    }
    return "";
}

std::string_view to_string(sharing::RecipientKind word) {
    switch (word) {
    case sharing::RecipientKind::user:
        return "user";
    case sharing::RecipientKind::group:
        return "group";
    case sharing::RecipientKind::new_group:
        return "new_group";
    case sharing::RecipientKind::email:
        return "email";
    case sharing::RecipientKind::guest:
        return "guest";
    case sharing::RecipientKind::team:
        return "team";
    case sharing::RecipientKind::new_team:
        return "new_team";
    case sharing::RecipientKind::undecided:
        return "undecided";
    case sharing::RecipientKind::domain:
        return "domain";
    case sharing::RecipientKind::public_:
        return "public";
    }
    return "";
}

std::string_view to_string(sharing::MatchState word) {
    switch (word) {
    case sharing::MatchState::found:
        return "found";
    case sharing::MatchState::suggested:
        return "suggested";
    case sharing::MatchState::ambiguous:
        return "ambiguous";
    case sharing::MatchState::unknown:
        return "unknown";
    case sharing::MatchState::outsider:
        return "outsider";
    }
    return "";
}

std::string_view to_string(sharing::DecisionKind word) {
    switch (word) {
    case sharing::DecisionKind::undecided:
        return "undecided";
    case sharing::DecisionKind::account:
        return "account";
    case sharing::DecisionKind::group:
        return "group";
    case sharing::DecisionKind::new_group:
        return "new_group";
    case sharing::DecisionKind::email:
        return "email";
    case sharing::DecisionKind::guest:
        return "guest";
    case sharing::DecisionKind::team:
        return "team";
    case sharing::DecisionKind::new_team:
        return "new_team";
    case sharing::DecisionKind::nobody:
        return "nobody";
    }
    return "";
}

std::string_view to_string(sharing::Right word) {
    switch (word) {
    case sharing::Right::none:
        return "none";
    case sharing::Right::view:
    case sharing::Right::comment: // Nextcloud has no such right on a share
        return "view";
    case sharing::Right::edit:
        return "edit";
    case sharing::Right::manage:
        return "manage";
    }
    return "";
}

} // namespace passerelle::api
