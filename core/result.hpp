// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace passerelle {

/// What a caller can do about an error.
enum class ErrorKind {
    retryable, ///< the same act may succeed later: a lock, an overloaded server, a cut connection
    permanent, ///< the same act will fail again
    conflict,  ///< the target is not what the act expected: it exists already, or somebody changed it
    item,      ///< this item cannot be handled; the others can
    job,       ///< nothing more of this job can succeed now: wrong password, no space left, server gone
};

/// What went wrong, from the outside world: a server, an export, a file, a person. A value.
struct Error {
    ErrorKind kind = ErrorKind::permanent;
    std::string code;                                  ///< a reason code of core/reason_codes.hpp
    std::string message;                               ///< technical detail for the log; never a secret
    std::optional<std::chrono::seconds> retry_after{}; ///< how long the server asked to wait
    std::vector<Reason::Parameter> parameters{};       ///< fill the reason's texts

    Error(ErrorKind error_kind, std::string_view error_code, std::string error_message,
          std::vector<Reason::Parameter> error_parameters = {})
        : kind(error_kind), code(error_code), message(std::move(error_message)),
          parameters(std::move(error_parameters)) {}
};

/// The error as a ledger line gives it; the technical detail travels as the parameter `detail`.
[[nodiscard]] Reason reason_of(const Error& error);

[[nodiscard]] std::string_view to_string(ErrorKind kind);

/// A value, or what went wrong. Used for whatever a server, an export or a person can cause.
template <class T> class [[nodiscard]] Result : public tl::expected<T, Error> {
  public:
    using tl::expected<T, Error>::expected;
    Result(tl::expected<T, Error> other) : tl::expected<T, Error>(std::move(other)) {}
    Result(Error error) : tl::expected<T, Error>(tl::unexpect, std::move(error)) {}
};

/// Passes an error on in another type: `if (!answer) return failure(answer);`
template <class T> [[nodiscard]] tl::unexpected<Error> failure(Result<T>& failed) {
    return tl::unexpected<Error>(std::move(failed.error()));
}

} // namespace passerelle
