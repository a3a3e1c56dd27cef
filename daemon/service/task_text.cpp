// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/service/task_text.hpp"

#include <nlohmann/json.hpp>

namespace passerelle::service {
namespace {

nlohmann::json read(const std::string& text) {
    return text.empty() ? nlohmann::json::object() : nlohmann::json::parse(text);
}

} // namespace

std::string task_text(const RunTask& task) {
    return nlohmann::json{{"below", task.below}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string task_text(const ShareTask& task) {
    return nlohmann::json{{"notify", task.notify}}.dump();
}

RunTask run_task_of(const std::string& text) {
    return {read(text).value("below", "")};
}

ShareTask share_task_of(const std::string& text) {
    return {read(text).value("notify", false)};
}

} // namespace passerelle::service
