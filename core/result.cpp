// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/result.hpp"

namespace passerelle {

Reason reason_of(const Error& error) {
    Reason reason(error.code, error.parameters);
    if (!error.message.empty()) reason.parameters.emplace_back("detail", error.message);
    return reason;
}

std::string_view to_string(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::retryable:
        return "retryable";
    case ErrorKind::permanent:
        return "permanent";
    case ErrorKind::conflict:
        return "conflict";
    case ErrorKind::item:
        return "item";
    case ErrorKind::job:
        return "job";
    }
    return "permanent";
}

} // namespace passerelle
