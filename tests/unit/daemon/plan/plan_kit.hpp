// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/plan/plan.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

/// What the plan's tests share: name rules as servers give them, inventories from a list of paths, a target in memory.
namespace passerelle::plan {

/// A fresh Nextcloud 34.
inline nextcloud::NameRules rules_of_34() {
    nextcloud::NameRules rules;
    rules.forbidden_names = {".htaccess"};
    rules.forbidden_characters = {"\\", "/"};
    rules.forbidden_extensions = {".filepart", ".part"};
    return rules;
}

/// Nextcloud 28 advertises the forbidden names alone; the rest is known of it.
inline nextcloud::NameRules rules_of_28() {
    auto rules = rules_of_34();
    rules.max_name_bytes = 248;
    return rules;
}

/// Nextcloud 34 with "Windows compatible filenames" switched on.
inline nextcloud::NameRules rules_for_windows() {
    auto rules = rules_of_34();
    rules.windows_compatible = true;
    for (const auto* character : {"<", ">", ":", "\"", "|", "?", "*"})
        rules.forbidden_characters.emplace_back(character);
    rules.forbidden_basenames = {"con", "prn", "aux", "nul", "com1", "lpt1", "com¹"};
    rules.forbidden_extensions.insert(rules.forbidden_extensions.end(), {" ", "."});
    return rules;
}

/// An item: a path that ends in a slash is a folder.
inline sources::Item item(std::string path, std::uint64_t size = 1000) {
    sources::Item made;
    made.kind = path.ends_with('/') ? ItemKind::folder : ItemKind::file;
    if (made.kind == ItemKind::folder)
        path.pop_back();
    else
        made.size = size;
    made.path = std::move(path);
    return made;
}

inline sources::Item titled(std::string path, std::string title) {
    auto made = item(std::move(path));
    made.title = std::move(title);
    return made;
}

inline sources::Inventory inventory(const std::vector<std::string>& paths) {
    sources::Inventory made;
    for (const auto& path : paths)
        made.items.push_back(item(path));
    return made;
}

inline sources::Inventory inventory_of(std::vector<sources::Item> items) {
    sources::Inventory made;
    made.items = std::move(items);
    return made;
}

/// A target in memory that notes which folders were asked for.
class MemoryTarget final : public Target {
  public:
    MemoryTarget() { folders_[""]; }

    void add_folder(const std::string& path) {
        if (folders_.contains(path)) return;
        folders_[path];
        add_to_parent(path, true, 0);
    }
    void add_file(const std::string& path, std::uint64_t size) { add_to_parent(path, false, size); }

    Result<std::optional<std::vector<Entry>>> list(const std::string& folder) override {
        asked.push_back(folder);
        if (folder == failing) return Error(ErrorKind::job, "server.unauthorized", "");
        const auto found = folders_.find(folder);
        if (found == folders_.end()) return std::optional<std::vector<Entry>>{};
        return std::optional(found->second);
    }

    [[nodiscard]] bool holds_folder(const std::string& path) const { return folders_.contains(path); }

    [[nodiscard]] bool holds_file(const std::string& path) const {
        const auto slash = path.rfind('/');
        const auto parent = folders_.find(slash == std::string::npos ? std::string() : path.substr(0, slash));
        if (parent == folders_.end()) return false;
        const auto is_it = [&](const Entry& entry) { return !entry.folder && entry.name == path.substr(slash + 1); };
        return std::ranges::any_of(parent->second, is_it);
    }

    std::vector<std::string> asked;
    std::string failing = "(none)";

  private:
    void add_to_parent(const std::string& path, bool folder, std::uint64_t size) {
        const auto slash = path.rfind('/');
        const auto parent = slash == std::string::npos ? std::string() : path.substr(0, slash);
        add_folder(parent);
        folders_[parent].push_back({path.substr(slash + 1), folder, size});
    }

    std::map<std::string, std::vector<Entry>> folders_;
};

/// A choice of files as they are.
inline Choices unconverted() {
    Choices choices;
    choices.convert = {false, false, false};
    return choices;
}

inline Plan plan_of(const sources::Inventory& made, const Choices& choices, Target& target,
                    const nextcloud::NameRules& rules = rules_of_34()) {
    return make_plan(made, choices, rules, target).value();
}

inline Plan plan_of(const sources::Inventory& made, const Choices& choices = {},
                    const nextcloud::NameRules& rules = rules_of_34()) {
    MemoryTarget target;
    return plan_of(made, choices, target, rules);
}

inline std::vector<std::string> codes_of(const std::vector<Reason>& reasons) {
    std::vector<std::string> codes;
    for (const auto& reason : reasons)
        codes.push_back(reason.code);
    return codes;
}

/// A reason's parameter; "(missing)" where it has none of that name.
inline std::string parameter(const Reason& reason, const std::string& name) {
    const auto found = std::ranges::find(reason.parameters, name, &Reason::Parameter::first);
    return found == reason.parameters.end() ? "(missing)" : found->second;
}

} // namespace passerelle::plan
