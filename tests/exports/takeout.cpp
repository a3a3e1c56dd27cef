// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/takeout.hpp"

#include "tests/exports/archive_browser.hpp"

#include <chrono>
#include <fmt/format.h>

namespace passerelle::exports {
namespace fs = std::filesystem;

namespace {

std::string last_part(std::string_view path) {
    return std::string(path.substr(path.rfind('/') + 1));
}

int year_of(Timestamp moment) {
    return static_cast<int>(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(moment)).year());
}

} // namespace

TakeoutBuilder& TakeoutBuilder::made_at(Timestamp moment) {
    made_at_ = moment;
    return *this;
}

TakeoutBuilder& TakeoutBuilder::batch(int number) {
    batch_ = number;
    return *this;
}

TakeoutBuilder& TakeoutBuilder::format(PackFormat format) {
    format_ = format;
    return *this;
}

TakeoutBuilder& TakeoutBuilder::style(ZipStyle style) {
    style_ = style;
    return *this;
}

TakeoutBuilder& TakeoutBuilder::without_browser() {
    browser_part_.reset();
    return *this;
}

TakeoutBuilder& TakeoutBuilder::browser_part(int part) {
    browser_part_ = part;
    return *this;
}

TakeoutBuilder& TakeoutBuilder::missing_part(int part) {
    missing_.insert(part);
    return *this;
}

TakeoutBuilder& TakeoutBuilder::file(std::string path, Bytes content, std::optional<Sidecar> sidecar) {
    Thing thing{.path = std::move(path), .content = std::move(content)};
    if (sidecar)
        thing.sidecar =
            SidecarFile{sidecar_path(thing.path, sidecar->naming), to_json(*sidecar, last_part(thing.path))};
    things_.push_back(std::move(thing));
    return *this;
}

TakeoutBuilder& TakeoutBuilder::folder(std::string path, std::optional<Sidecar> sidecar) {
    file(std::move(path), "", std::move(sidecar));
    things_.back().path += '/';
    return *this;
}

TakeoutBuilder& TakeoutBuilder::part(int part) {
    things_.back().parts = {part};
    return sidecar_part(part);
}

TakeoutBuilder& TakeoutBuilder::sidecar_part(int part) {
    if (things_.back().sidecar) things_.back().sidecar->part = part;
    return *this;
}

TakeoutBuilder& TakeoutBuilder::also_in_part(int part) {
    things_.back().parts.insert(part);
    return *this;
}

TakeoutBuilder& TakeoutBuilder::loose() {
    things_.back().loose = true;
    return *this;
}

TakeoutBuilder& TakeoutBuilder::modified(Timestamp moment) {
    things_.back().modified = moment;
    return *this;
}

TakeoutBuilder& TakeoutBuilder::contacts(const std::vector<Contact>& contacts, const std::string& group) {
    const std::string name = group.empty() ? all_contacts(locale_) : group;
    return file(fmt::format("{}/{}/{}.vcf", product_folder(locale_, Product::contacts), name, name), to_vcf(contacts));
}

TakeoutBuilder& TakeoutBuilder::calendar(const std::string& name, const std::vector<Event>& events) {
    return file(fmt::format("{}/{}.ics", product_folder(locale_, Product::calendar), mangled(name)),
                to_ics(name, events));
}

TakeoutBuilder& TakeoutBuilder::note(const Note& note) {
    const std::string base = fmt::format("{}/{}", product_folder(locale_, Product::keep), mangled(note.title, 50));
    return file(base + ".html", to_html(note)).file(base + ".json", to_json(note));
}

TakeoutBuilder& TakeoutBuilder::tasks(const std::vector<TaskList>& lists) {
    return file(product_folder(locale_, Product::tasks) + "/Tasks.json", to_json(lists));
}

TakeoutBuilder& TakeoutBuilder::mail(const std::string& label, const std::vector<Message>& messages) {
    return file(fmt::format("{}/{}.mbox", product_folder(locale_, Product::mail), mangled(label)), to_mbox(messages));
}

TakeoutBuilder& TakeoutBuilder::photo(const std::string& name, Bytes content, const Photo& photo,
                                      const std::string& album) {
    const std::string folder = album.empty() ? photos_of_year(locale_, year_of(photo.taken)) : album;
    const std::string base = fmt::format("{}/{}/", product_folder(locale_, Product::photos), folder);
    file(base + name, std::move(content));
    things_.back().sidecar = SidecarFile{base + photo_sidecar_name(name), to_json(photo, name)};
    return *this;
}

TakeoutBuilder& TakeoutBuilder::group(const std::string& email, const std::vector<GroupMember>& members) {
    const std::string base = fmt::format("{}/{}/", product_folder(locale_, Product::other), email);
    return file(base + "info.csv", group_info_csv(email, email))
        .file(base + "members.csv", members_csv(email, members));
}

std::string TakeoutBuilder::part_name(int part) const {
    const std::string batch = batch_ ? fmt::format("-{}", *batch_) : "";
    const char* extension = format_ == PackFormat::zip ? "zip" : "tgz";
    return fmt::format("takeout-{}{}-{:03}.{}", compact_time(made_at_), batch, part, extension);
}

std::string TakeoutBuilder::browser_page() const {
    std::vector<std::string> paths;
    for (const Thing& thing : things_) {
        if (!thing.path.ends_with('/')) paths.push_back(thing.path);
        if (thing.sidecar) paths.push_back(thing.sidecar->path);
    }
    return archive_browser(locale_, paths);
}

std::map<int, std::vector<Packed>> TakeoutBuilder::packed_parts() const {
    std::map<int, std::vector<Packed>> parts;
    if (browser_part_) parts[*browser_part_].push_back({"Takeout/" + browser_name(locale_), browser_page(), made_at_});
    for (const Thing& thing : things_) {
        if (!thing.loose)
            for (const int part : thing.parts)
                parts[part].push_back({"Takeout/" + thing.path, thing.content, thing.modified.value_or(made_at_)});
        if (thing.sidecar)
            parts[thing.sidecar->part].push_back({"Takeout/" + thing.sidecar->path, thing.sidecar->text, made_at_});
    }
    return parts;
}

std::vector<fs::path> TakeoutBuilder::write(const fs::path& directory) const {
    std::vector<fs::path> written;
    for (const auto& [part, entries] : packed_parts()) {
        if (missing_.contains(part)) continue;
        written.push_back(directory / part_name(part));
        if (format_ == PackFormat::zip) write_zip(written.back(), entries, style_);
        if (format_ == PackFormat::tgz) write_tgz(written.back(), entries);
    }
    for (const Thing& thing : things_) {
        const int part = *thing.parts.begin();
        if (!thing.loose || missing_.contains(part)) continue;
        const fs::path name = last_part(thing.path);
        written.push_back(directory / fmt::format("{}-{:03}{}", name.stem().string(), part, name.extension().string()));
        write_file(written.back(), thing.content, thing.modified.value_or(made_at_));
    }
    return written;
}

std::map<std::string, Bytes> TakeoutBuilder::files() const {
    std::map<std::string, Bytes> files;
    for (const Thing& thing : things_)
        if (!thing.path.ends_with('/')) files.insert_or_assign(thing.path, thing.content);
    return files;
}

std::vector<fs::path> write_workspace(const fs::path& directory,
                                      const std::map<std::string, TakeoutBuilder>& accounts) {
    std::vector<fs::path> written;
    for (const auto& [email, takeout] : accounts) {
        const std::vector<fs::path> parts = takeout.write(directory / email);
        written.insert(written.end(), parts.begin(), parts.end());
    }
    return written;
}

} // namespace passerelle::exports
