// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/units.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What Takeout writes for products that are not files. All are values; each text is what stands in the file.
namespace passerelle::exports {

struct Contact {
    std::string given;
    std::string family;
    std::string email{};
    std::string phone{};
    std::string note{};
};
/// vCard 3.0, one card after the other.
[[nodiscard]] std::string to_vcf(const std::vector<Contact>& contacts);

struct Event {
    std::string uid;
    std::string summary;
    Timestamp start;
    Timestamp end;
    std::string location{};
    std::string recurrence{}; ///< "FREQ=WEEKLY;BYDAY=SA"
};
/// One calendar; `name` stands in X-WR-CALNAME.
[[nodiscard]] std::string to_ics(std::string_view name, const std::vector<Event>& events);

struct CheckItem {
    std::string text;
    bool checked = false;
};
struct Note {
    std::string title;
    std::string text{};
    std::vector<CheckItem> list{}; ///< instead of a text
    std::vector<std::string> labels{};
    std::vector<std::string> attachments{}; ///< names of files beside the note
    std::vector<std::string> sharees{};     ///< e-mail addresses
    bool pinned = false;
    bool trashed = false;
    bool archived = false;
    Timestamp created{};
    Timestamp edited{};
    std::string color = "DEFAULT";
};
[[nodiscard]] std::string to_json(const Note& note);
[[nodiscard]] std::string to_html(const Note& note);

struct Task {
    std::string title;
    std::string notes{};
    bool completed = false;
    std::optional<Timestamp> due{}; ///< only its date is written
    std::string parent{};           ///< id of the task that this one is a step of
    std::string id{};               ///< empty: made from the place in the list
};
struct TaskList {
    std::string title;
    std::vector<Task> tasks;
};
[[nodiscard]] std::string to_json(const std::vector<TaskList>& lists);

struct Message {
    std::string from;
    std::string to;
    std::string subject;
    Timestamp sent;
    std::vector<std::string> labels;
    std::string text;
};
/// An mbox; labels are encoded (RFC 2047) and folded as Gmail does it.
[[nodiscard]] std::string to_mbox(const std::vector<Message>& messages);

struct Photo {
    Timestamp taken{};
    std::string title{}; ///< empty: the file's name
    double latitude = 0;
    double longitude = 0;
    std::string description{};
    bool favorited = false;
};
[[nodiscard]] std::string to_json(const Photo& photo, std::string_view file_name);
/// "IMG_1.jpg.supplemental-metadata.json", the part before ".json" cut at 46 characters.
[[nodiscard]] std::string photo_sidecar_name(std::string_view file_name);

struct GroupMember {
    std::string email;
    std::string role = "Member"; ///< Owner, Manager, Member
};
/// The members.csv of a Google group; the address is the second column.
[[nodiscard]] std::string members_csv(std::string_view group, const std::vector<GroupMember>& members);
/// The info.csv of a Google group.
[[nodiscard]] std::string group_info_csv(std::string_view group, std::string_view description);

} // namespace passerelle::exports
