// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/share_lines.hpp"

#include <fmt/format.h>

namespace passerelle::jobs {

using journal::SharedWith;
using journal::ShareLine;

std::optional<SharedWith> shared_with(nextcloud::ShareType type) {
    switch (type) {
    case nextcloud::ShareType::user:
        return SharedWith::user;
    case nextcloud::ShareType::group:
        return SharedWith::group;
    case nextcloud::ShareType::email:
        return SharedWith::email;
    case nextcloud::ShareType::team:
        return SharedWith::team;
    case nextcloud::ShareType::link:
    case nextcloud::ShareType::federated:
    case nextcloud::ShareType::other:
        return std::nullopt;
    }
    return std::nullopt;
}

nextcloud::ShareType type_of(SharedWith with) {
    switch (with) {
    case SharedWith::user:
        return nextcloud::ShareType::user;
    case SharedWith::group:
        return nextcloud::ShareType::group;
    case SharedWith::email:
        return nextcloud::ShareType::email;
    case SharedWith::team:
        return nextcloud::ShareType::team;
    }
    return nextcloud::ShareType::user;
}

std::optional<std::chrono::year_month_day> date_of(const ShareLine& line) {
    if (!line.expires) return std::nullopt;
    return std::chrono::year_month_day(*line.expires);
}

std::string essence(const nextcloud::Share& share, bool is_folder) {
    const auto day =
        share.expires ? std::chrono::sys_days(*share.expires).time_since_epoch().count() : std::chrono::days::rep{0};
    return fmt::format("{} {} {}", nextcloud::comparable_permissions(share.type, is_folder, share.permissions),
                       share.download_allowed ? "download" : "view", day);
}

nextcloud::Share as_wanted(const ShareLine& line) {
    nextcloud::Share share;
    share.type = type_of(line.with);
    share.permissions = line.permissions;
    share.download_allowed = line.may_download;
    share.expires = date_of(line);
    return share;
}

} // namespace passerelle::jobs
