// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace passerelle::log {

/// The file that was put aside `number` files ago, as the rotating sink names it: "passerelle.1.jsonl" is the youngest.
[[nodiscard]] std::filesystem::path put_aside(const std::filesystem::path& file, std::size_t number);

/// "2026-03-14T09:26:53.589Z"; later moments are greater texts.
[[nodiscard]] std::string time_text(std::chrono::system_clock::time_point moment);

} // namespace passerelle::log
