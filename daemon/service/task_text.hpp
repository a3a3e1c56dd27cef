// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>

namespace passerelle::service {

/// What a run needs to know beside its job.
struct RunTask {
    std::string below; ///< a pilot: only this folder of the export
};
/// What sharing needs to know.
struct ShareTask {
    bool notify = false;
};

// The words of journal::ServiceJob::task_text; an empty text stands for the defaults.
[[nodiscard]] std::string task_text(const RunTask& task);
[[nodiscard]] std::string task_text(const ShareTask& task);
[[nodiscard]] RunTask run_task_of(const std::string& text);
[[nodiscard]] ShareTask share_task_of(const std::string& text);

} // namespace passerelle::service
