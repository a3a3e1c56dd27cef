// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>

namespace passerelle::service {

/// For whom a call speaks: an account of the Nextcloud that the daemon is paired with. Only the companion app says so,
/// and proves itself with the pairing secret. Administrators see and do everything; everybody else their own jobs, and
/// is told of other people's that they are unknown. A value.
struct Caller {
    std::string user_id;
    bool administrator = false;
};

} // namespace passerelle::service
