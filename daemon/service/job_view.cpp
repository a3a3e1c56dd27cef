// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/job_view.hpp"

namespace passerelle::service {

std::string_view to_string(JobState state) {
    switch (state) {
    case JobState::draft:
        return "draft";
    case JobState::planning:
        return "planning";
    case JobState::review:
        return "review";
    case JobState::queued:
        return "queued";
    case JobState::running:
        return "running";
    case JobState::paused:
        return "paused";
    case JobState::stopped:
        return "stopped";
    case JobState::finished:
        return "finished";
    case JobState::cancelled:
        return "cancelled";
    }
    return "";
}

} // namespace passerelle::service
