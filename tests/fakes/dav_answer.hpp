// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/fakes/http_message.hpp"
#include "tests/fakes/server_release.hpp"
#include "tests/fakes/tree.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace passerelle::fakes {

/// <d:error> as sabre/dav writes it. `exception` is the PHP class; `more` is XML put after the message.
[[nodiscard]] HttpResponse dav_error(int status, std::string_view exception, std::string_view message,
                                     std::string_view more = "");

[[nodiscard]] HttpResponse not_found(std::string_view message); ///< 404
[[nodiscard]] HttpResponse file_not_found(const ServerRelease& release,
                                          const std::string& path); ///< 404 "File with name … could not be located"
[[nodiscard]] HttpResponse conflict(std::string_view message);      ///< 409
[[nodiscard]] HttpResponse already_exists();                        ///< 405 to MKCOL
[[nodiscard]] HttpResponse precondition_failed(std::string_view header, std::string_view message); ///< 412
[[nodiscard]] HttpResponse locked(const std::string& path);                                        ///< 423
/// 507: `required` bytes do not fit.
[[nodiscard]] HttpResponse insufficient_storage(const ServerRelease& release, const std::string& path,
                                                std::uint64_t required, std::int64_t available);
[[nodiscard]] HttpResponse invalid_path(std::string_view reason); ///< 400 with <o:reason>
/// The text that goes with a refused X-OC-MTime.
[[nodiscard]] std::string mtime_complaint(const ServerRelease& release, std::string_view header);
/// 500 with that text.
[[nodiscard]] HttpResponse invalid_mtime(const ServerRelease& release, std::string_view header);
[[nodiscard]] HttpResponse not_implemented(std::string_view method); ///< 501

/// An answer without a body: 201, 204.
[[nodiscard]] HttpResponse done(int status);

/// 207 around ready <d:response> elements.
[[nodiscard]] HttpResponse multistatus(std::string_view responses);

[[nodiscard]] std::string xml_escape(std::string_view text);

/// The file id as headers and bulk answers give it: at least eight digits, then the instance's id.
[[nodiscard]] std::string instance_file_id(const Node& node);

} // namespace passerelle::fakes
