// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/log/log.hpp"

#include "core/reason_codes.hpp"
#include "daemon/log/files.hpp"
#include "daemon/log/journald.hpp"
#include "daemon/log/redact.hpp"

#include <chrono>
#include <memory>
#include <mutex>
#include <spdlog/details/log_msg.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <vector>

namespace passerelle::log {

namespace {

namespace fs = std::filesystem;

/// Where lines go. Internally locked.
class Outlet {
  public:
    virtual ~Outlet() = default;
    virtual void write(const Line& line) = 0;
};
/// Shared with the lines that are being written when outlets change.
using Outlets = std::vector<std::shared_ptr<Outlet>>;

/// A sink of spdlog's, which does the locking and the rotation, and the form that its lines have.
class SinkOutlet : public Outlet {
  public:
    SinkOutlet(std::shared_ptr<spdlog::sinks::sink> sink, Format format) : sink_(std::move(sink)), format_(format) {
        sink_->set_pattern("%v");
    }
    void write(const Line& line) override {
        const auto text = format_ == Format::json ? to_json(line) : to_text(line);
        sink_->log(spdlog::details::log_msg(line.room, spdlog::level::info, text));
        if (line.level != Level::debug) sink_->flush();
    }

  private:
    std::shared_ptr<spdlog::sinks::sink> sink_;
    Format format_;
};

class JournaldOutlet : public Outlet {
  public:
    void write(const Line& line) override { send_to_journald(line); }
};

std::shared_ptr<Outlet> stderr_outlet(Format format) {
    if (stderr_leads_to_journald()) return std::make_shared<JournaldOutlet>();
    return std::make_shared<SinkOutlet>(std::make_shared<spdlog::sinks::stderr_sink_mt>(), format);
}

/// Everything that loggers share. Internally locked.
class Registry {
  public:
    static Registry& instance() {
        static auto* const registry = new Registry; // never destroyed: a thread may write while the program ends
        return *registry;
    }

    const Room& room(std::string_view name) {
        const std::lock_guard lock(mutex_);
        auto& room = rooms_[std::string(name)];
        if (!room) room.reset(new Room{std::string(name), {level_of(std::string(name))}});
        return *room;
    }

    void apply(const Options& options, Outlets outlets) {
        const std::lock_guard lock(mutex_);
        options_ = options;
        outlets_ = std::move(outlets);
        for (auto& [name, room] : rooms_)
            room->level = level_of(name);
    }

    Outlets outlets() {
        const std::lock_guard lock(mutex_);
        return outlets_;
    }
    Options options() {
        const std::lock_guard lock(mutex_);
        return options_;
    }

  private:
    [[nodiscard]] Level level_of(const std::string& name) const {
        const auto found = options_.rooms.find(name);
        return found == options_.rooms.end() ? options_.level : found->second;
    }

    std::mutex mutex_;
    Options options_{.level = Level::warning};
    Outlets outlets_{stderr_outlet(Format::text)};
    std::map<std::string, std::unique_ptr<Room>> rooms_;
};

Result<std::shared_ptr<Outlet>> file_outlet(const Options& options, bool anew) {
    const auto folder = options.file.parent_path();
    std::error_code made;
    if (fs::create_directories(folder, made)) fs::permissions(folder, fs::perms::owner_all, made);
    try {
        auto file = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(options.file.string(), options.file_bytes,
                                                                           options.kept_files, anew);
        return std::make_shared<SinkOutlet>(std::move(file), Format::json);
    } catch (const spdlog::spdlog_ex& error) {
        return Error(ErrorKind::permanent, codes::log_unavailable, error.what(), {{"file", options.file.string()}});
    }
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view{}
                                           : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace

Logger logger(std::string_view room) {
    return Logger(Registry::instance().room(room));
}

namespace {

Result<void> set_up(const Options& options, bool file_anew) {
    Outlets outlets;
    if (options.on_stderr) outlets.push_back(stderr_outlet(options.stderr_format));
    if (!options.file.empty()) {
        auto file = file_outlet(options, file_anew);
        if (!file) return failure(file);
        outlets.push_back(std::move(*file));
    }
    Registry::instance().apply(options, std::move(outlets));
    return {};
}

} // namespace

Result<void> set_up(const Options& options) {
    return set_up(options, false);
}

Result<void> begin_new_file() {
    return set_up(Registry::instance().options(), true);
}

Result<std::map<std::string, Level>> parse_rooms(std::string_view text) {
    std::map<std::string, Level> rooms;
    while (!trimmed(text).empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const auto part = trimmed(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
        const auto sign = std::min(part.find('='), part.size());
        const auto name = trimmed(part.substr(0, sign));
        const auto level = level_from(trimmed(part.substr(std::min(sign + 1, part.size()))));
        if (name.empty() || !level)
            return Error(ErrorKind::permanent, codes::log_rooms, "", {{"text", std::string(part)}});
        rooms[std::string(name)] = *level;
    }
    return rooms;
}

Logger Logger::with(JobId job) const {
    auto logger = *this;
    logger.job_ = job;
    return logger;
}

Logger Logger::with(ItemId item) const {
    auto logger = *this;
    logger.item_ = item;
    return logger;
}

void Logger::write(Level level, const std::string& message) const {
    const Line line{time_text(std::chrono::system_clock::now()), level, room_->name, job_, item_, redacted(message)};
    for (const auto& outlet : Registry::instance().outlets()) {
        try {
            outlet->write(line);
        } catch (const spdlog::spdlog_ex&) {
            // A full disk costs the line, not the migration; the other outlets still have it.
        }
    }
}

} // namespace passerelle::log
