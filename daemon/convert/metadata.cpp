// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/metadata.hpp"

#include "daemon/convert/package.hpp"
#include "daemon/convert/word_list.hpp"
#include "daemon/convert/xml_events.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <utility>

namespace passerelle::convert {
namespace {

constexpr std::size_t kMaxValueBytes = 1 << 16;
constexpr std::size_t kMomentLength = 19; // "2014-05-06T07:08:09"

using Field = std::pair<std::string_view, std::string Metadata::*>;
constexpr std::array<Field, 5> kCore = {{{"dc:title", &Metadata::title},
                                         {"dc:creator", &Metadata::author},
                                         {"cp:lastModifiedBy", &Metadata::last_author},
                                         {"dcterms:created", &Metadata::created},
                                         {"dcterms:modified", &Metadata::modified}}};
constexpr std::array<Field, 5> kOpenDocument = {{{"dc:title", &Metadata::title},
                                                 {"meta:initial-creator", &Metadata::author},
                                                 {"dc:creator", &Metadata::last_author},
                                                 {"meta:creation-date", &Metadata::created},
                                                 {"dc:date", &Metadata::modified}}};
constexpr std::array kCompared = {&Metadata::title,   &Metadata::author,   &Metadata::last_author,
                                  &Metadata::created, &Metadata::modified, &Metadata::language};

class PropertiesReader final : public XmlHandler {
  public:
    PropertiesReader(Metadata& metadata, const std::array<Field, 5>& fields) : metadata_(metadata), fields_(fields) {}
    void start(std::string_view name, const XmlAttributes&) override {
        value_ = nullptr;
        for (const auto& [element, member] : fields_)
            if (element == name) (value_ = &(metadata_.*member))->clear();
    }
    void end(std::string_view) override { value_ = nullptr; }
    void text(std::string_view piece) override {
        if (value_ && value_->size() + piece.size() <= kMaxValueBytes) *value_ += piece;
    }

  private:
    Metadata& metadata_;
    const std::array<Field, 5>& fields_;
    std::string* value_ = nullptr;
};

void shorten_moments(Metadata& metadata) {
    for (std::string* moment : {&metadata.created, &metadata.modified})
        if (moment->size() > kMomentLength) moment->resize(kMomentLength);
}

bool is_same_text(const std::string& before, const std::string& after) {
    WordList left;
    WordList right;
    left.add(before);
    left.end_word();
    right.add(after);
    right.end_word();
    return left.words().empty() || left.words() == right.words();
}

/// Two moments that are one in different zones: zones differ by quarters of an hour, and by a day and more nowhere.
bool is_same_in_other_zone(const std::string& before, const std::string& after) {
    const auto seconds = [](const std::string& text) -> std::optional<std::int64_t> {
        std::tm moment{};
        if (!strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &moment)) return std::nullopt;
        return timegm(&moment);
    };
    constexpr std::int64_t kQuarter = 15 * 60;
    constexpr std::int64_t kFarthest = 14 * 4 * kQuarter;
    const auto left = seconds(before);
    const auto right = seconds(after);
    return left && right && std::abs(*left - *right) <= kFarthest && (*left - *right) % kQuarter == 0;
}

} // namespace

Metadata read_core_properties(const Package& package) {
    Metadata metadata;
    PropertiesReader reader(metadata, kCore);
    for (const Relationship& part : package.relationships(""))
        if (part.type == "core-properties" && !read_xml(package.zip(), part.target, reader)) return {};
    shorten_moments(metadata);
    return metadata;
}

Metadata read_opendocument_metadata(const ZipFile& zip) {
    Metadata metadata;
    PropertiesReader reader(metadata, kOpenDocument);
    if (!read_xml(zip, "meta.xml", reader)) return {};
    shorten_moments(metadata);
    return metadata;
}

std::string lost_metadata(const Metadata& before, const Metadata& after) {
    std::string values;
    const auto lost = [&](std::string Metadata::*member) {
        // "en" may become "en-US".
        if (member == &Metadata::language) return !after.language.starts_with(before.language);
        const bool is_moment = member == &Metadata::created || member == &Metadata::modified;
        if (is_moment && before.in_other_zone && is_same_in_other_zone(before.*member, after.*member)) return false;
        return !is_same_text(before.*member, after.*member);
    };
    for (const auto member : kCompared)
        if (lost(member)) values += (values.empty() ? "" : ", ") + before.*member;
    return values;
}

} // namespace passerelle::convert
