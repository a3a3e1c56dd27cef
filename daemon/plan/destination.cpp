// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/destination.hpp"

#include "core/reason_codes.hpp"
#include "daemon/plan/unicode.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::plan {

namespace {

std::vector<std::string> parts_of(const std::string& path) {
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= path.size() && !path.empty();) {
        const auto end = std::min(path.find('/', start), path.size());
        parts.push_back(path.substr(start, end - start));
        start = end + 1;
    }
    return parts;
}

/// The person chose this name, so it is not changed silently: the error proposes the nearest one that the server takes.
Result<void> check_names(const std::string& path, const NameCleaner& names) {
    std::string proposal;
    for (const auto& part : parts_of(path))
        proposal += fmt::format("{}{}", proposal.empty() ? "" : "/", names.clean(part).name);
    if (proposal == path) return {};
    return Error(ErrorKind::job, codes::target_destination_name, "", {{"before", path}, {"after", proposal}});
}

/// The entry of this name; where there is none, one that differs by case only.
const Target::Entry* find_entry(const std::vector<Target::Entry>& entries, const std::string& name) {
    const auto exact = std::ranges::find(entries, name, [](const auto& entry) { return unicode::nfc(entry.name); });
    if (exact != entries.end()) return &*exact;
    const auto alike = std::ranges::find(entries, unicode::case_key(name),
                                         [](const auto& entry) { return unicode::case_key(entry.name); });
    return alike == entries.end() ? nullptr : &*alike;
}

} // namespace

Result<Destination> find_destination(const std::string& wanted, const NameCleaner& names, Target& target) {
    const auto path = unicode::nfc(wanted);
    if (auto checked = check_names(path, names); !checked) return failure(checked);
    Destination destination{"", true, {}, {}};
    for (const auto& part : parts_of(path)) {
        std::string name = part;
        if (destination.exists) {
            const auto entries = target.list(destination.path);
            if (!entries) return entries.error();
            const auto* entry = *entries ? find_entry(**entries, part) : nullptr;
            if (entry && !entry->folder)
                return Error(ErrorKind::job, codes::target_destination_is_file, "", {{"path", path}});
            destination.exists = entry != nullptr;
            if (entry) name = unicode::nfc(entry->name);
        }
        destination.path += fmt::format("{}{}", destination.path.empty() ? "" : "/", name);
        if (!destination.exists && destination.first_missing.empty()) destination.first_missing = destination.path;
    }
    if (destination.path != path)
        destination.reasons.emplace_back(codes::target_destination_spelling,
                                         std::vector<Reason::Parameter>{{"before", path}, {"after", destination.path}});
    return destination;
}

} // namespace passerelle::plan
