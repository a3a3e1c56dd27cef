// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/products.hpp"

#include "tests/exports/markup.hpp"
#include "tests/exports/names.hpp"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>

namespace passerelle::exports {
namespace {

using Json = nlohmann::ordered_json;

/// "20240712T090000Z", which iCalendar shares with the archives' names.
std::string ics_time(Timestamp moment) {
    return compact_time(moment);
}

std::uint64_t microseconds(Timestamp moment) {
    return static_cast<std::uint64_t>(to_epoch(moment)) * 1'000'000;
}

std::string base64(std::string_view text) {
    std::string encoded(4 * ((text.size() + 2) / 3) + 1, '\0');
    const int length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    encoded.resize(static_cast<std::size_t>(length));
    return encoded;
}

/// RFC 2047: encoded words of at most 75 characters, each on its own folded line; no word ends within a character.
std::string encoded_header(std::string_view text) {
    std::string header;
    while (!text.empty()) {
        std::size_t length = std::min<std::size_t>(text.size(), 42);
        while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xc0) == 0x80)
            --length;
        header += fmt::format("{}=?UTF-8?B?{}?=", header.empty() ? "" : "\r\n ", base64(text.substr(0, length)));
        text.remove_prefix(length);
    }
    return header;
}

std::string mail_date(Timestamp moment) {
    static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(moment - day);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000", kDays[std::chrono::weekday(day).c_encoding()],
                       unsigned(date.day()), kMonths[unsigned(date.month()) - 1], int(date.year()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

Json to_json(const Task& task, std::size_t index) {
    Json json = {{"id", task.id.empty() ? fmt::format("dGFjaGU{:03}", index) : task.id},
                 {"title", task.title},
                 {"status", task.completed ? "completed" : "needsAction"}};
    if (!task.notes.empty()) json["notes"] = task.notes;
    if (task.due) json["due"] = iso_time(std::chrono::floor<std::chrono::days>(*task.due));
    if (task.completed) json["completed"] = iso_time(kExportTime);
    if (!task.parent.empty()) json["parent"] = task.parent;
    json["updated"] = iso_time(kExportTime);
    json["position"] = fmt::format("{:020}", index);
    json["links"] = Json::array();
    return json;
}

} // namespace

std::string to_vcf(const std::vector<Contact>& contacts) {
    std::string vcf;
    for (const Contact& contact : contacts) {
        vcf +=
            fmt::format("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{0} {1}\r\nN:{1};{0};;;\r\n", contact.given, contact.family);
        if (!contact.email.empty()) vcf += fmt::format("EMAIL;TYPE=INTERNET:{}\r\n", contact.email);
        if (!contact.phone.empty()) vcf += fmt::format("TEL;TYPE=CELL:{}\r\n", contact.phone);
        if (!contact.note.empty()) vcf += fmt::format("NOTE:{}\r\n", contact.note);
        vcf += "CATEGORIES:myContacts\r\nEND:VCARD\r\n";
    }
    return vcf;
}

std::string to_ics(std::string_view name, const std::vector<Event>& events) {
    std::string ics =
        fmt::format("BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nVERSION:2.0\r\n"
                    "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:{}\r\nX-WR-TIMEZONE:Europe/Paris\r\n",
                    name);
    for (const Event& event : events) {
        ics += fmt::format("BEGIN:VEVENT\r\nDTSTART:{}\r\nDTEND:{}\r\nDTSTAMP:{}\r\nUID:{}\r\nSUMMARY:{}\r\n",
                           ics_time(event.start), ics_time(event.end), ics_time(kExportTime), event.uid, event.summary);
        if (!event.location.empty()) ics += fmt::format("LOCATION:{}\r\n", event.location);
        if (!event.recurrence.empty()) ics += fmt::format("RRULE:{}\r\n", event.recurrence);
        ics += "STATUS:CONFIRMED\r\nEND:VEVENT\r\n";
    }
    return ics + "END:VCALENDAR\r\n";
}

std::string to_json(const Note& note) {
    Json json = {{"color", note.color},
                 {"isTrashed", note.trashed},
                 {"isPinned", note.pinned},
                 {"isArchived", note.archived},
                 {"title", note.title}};
    if (note.list.empty()) json["textContent"] = note.text;
    for (const CheckItem& item : note.list)
        json["listContent"].push_back({{"text", item.text}, {"isChecked", item.checked}});
    for (const std::string& label : note.labels)
        json["labels"].push_back({{"name", label}});
    for (const std::string& file : note.attachments)
        json["attachments"].push_back(
            {{"filePath", file}, {"mimetype", file.ends_with(".png") ? "image/png" : "image/jpeg"}});
    for (const std::string& email : note.sharees)
        json["sharees"].push_back({{"email", email}, {"isOwner", false}, {"type", "WRITER"}});
    json["userEditedTimestampUsec"] = microseconds(note.edited);
    json["createdTimestampUsec"] = microseconds(note.created);
    return json.dump();
}

std::string to_html(const Note& note) {
    std::string body = escaped(note.text);
    for (const CheckItem& item : note.list)
        body += fmt::format("<li class=\"listitem{}\"><span class=\"text\">{}</span></li>\n",
                            item.checked ? " checked" : "", escaped(item.text));
    return fmt::format(
        "<!DOCTYPE html>\n<html><head><meta charset=\"UTF-8\"><title>{0}</title></head>\n<body>"
        "<div class=\"note\"><div class=\"title\">{0}</div>\n<div class=\"content\">{1}</div></div></body></html>\n",
        escaped(note.title), body);
}

std::string to_json(const std::vector<TaskList>& lists) {
    Json json = {{"kind", "tasks#taskLists"}, {"items", Json::array()}};
    for (const TaskList& list : lists) {
        Json tasks = Json::array();
        for (std::size_t index = 0; index < list.tasks.size(); ++index)
            tasks.push_back(to_json(list.tasks[index], index));
        json["items"].push_back(
            {{"kind", "tasks#tasks"}, {"title", list.title}, {"updated", iso_time(kExportTime)}, {"items", tasks}});
    }
    return json.dump(2);
}

std::string to_mbox(const std::vector<Message>& messages) {
    std::string mbox;
    for (std::size_t index = 0; index < messages.size(); ++index) {
        const Message& message = messages[index];
        std::string labels;
        for (const std::string& label : message.labels)
            labels += (labels.empty() ? "" : ",") + label;
        const std::string id = fmt::format("{}", 1'700'000'000'000'000'000 + index);
        mbox += fmt::format("From {}@xxx {}\r\nX-GM-THRID: {}\r\nX-Gmail-Labels: {}\r\n", id, mail_date(message.sent),
                            id, encoded_header(labels));
        mbox += fmt::format("From: {}\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@example.org>\r\n",
                            message.from, message.to, encoded_header(message.subject), mail_date(message.sent), id);
        mbox += fmt::format("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=\"UTF-8\"\r\n\r\n{}\r\n\r\n",
                            message.text);
    }
    return mbox;
}

std::string to_json(const Photo& photo, std::string_view file_name) {
    const Json json = {{"title", photo.title.empty() ? std::string(file_name) : photo.title},
                       {"description", photo.description},
                       {"imageViews", "3"},
                       {"creationTime", {{"timestamp", std::to_string(to_epoch(photo.taken) + 3600)}}},
                       {"photoTakenTime", {{"timestamp", std::to_string(to_epoch(photo.taken))}}},
                       {"geoData", {{"latitude", photo.latitude}, {"longitude", photo.longitude}, {"altitude", 0.0}}},
                       {"favorited", photo.favorited},
                       {"archived", false},
                       {"trashed", false}};
    return json.dump(2);
}

std::string photo_sidecar_name(std::string_view file_name) {
    return first_characters(std::string(file_name) + ".supplemental-metadata", 46) + ".json";
}

std::string members_csv(std::string_view group, const std::vector<GroupMember>& members) {
    std::string csv = "Group Email,Member Email,Member Name,Role,Status\r\n";
    for (const GroupMember& member : members)
        csv += fmt::format("{},{},,{},Active\r\n", group, member.email, member.role);
    return csv;
}

std::string group_info_csv(std::string_view group, std::string_view description) {
    return fmt::format("Group Email,Description\r\n{},\"{}\"\r\n", group, description);
}

} // namespace passerelle::exports
