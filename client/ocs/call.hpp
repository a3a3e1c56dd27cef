// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/transport.hpp"
#include "client/http/url.hpp"

#include <stop_token>
#include <string>

/// What the calls about people and shares have in common. Private to the room.
namespace passerelle::ocs {

/// Below /ocs/v2.php, with `query` ("&path=…") after what every call carries, and `form` as the body where there is
/// one. The language is forced: it is by their English messages alone that some refusals can be told apart, and an
/// account's own language would translate them.
[[nodiscard]] http::Request call(std::string method, const http::Url& server, std::string_view path,
                                 std::string_view query = {}, std::string form = {});

/// The same for an app's own address: below `app`, "/index.php/apps/…".
[[nodiscard]] http::Request call_app(std::string method, const http::Url& server, std::string_view app,
                                     std::string_view path, std::string form = {});

/// What a refusal says: `ocs.meta`. Empty and 0 where the answer is no OCS document.
struct Meta {
    int statuscode = 0;
    std::string message;
};
[[nodiscard]] Meta meta_of(const http::Response& answer);

/// `share.password_confirmation` (permanent) where a 403 asks for the password, `share.refused` (item) with the
/// server's words for another 4xx with words; else http::error_of().
[[nodiscard]] Error refusal(const http::Response& answer);

} // namespace passerelle::ocs
