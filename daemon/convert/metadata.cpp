// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/metadata.hpp"

#include "daemon/convert/package.hpp"
#include "daemon/convert/word_list.hpp"
#include "daemon/convert/xml_events.hpp"

#include <array>
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
        return !is_same_text(before.*member, after.*member);
    };
    for (const auto member : kCompared)
        if (lost(member)) values += (values.empty() ? "" : ", ") + before.*member;
    return values;
}

} // namespace passerelle::convert
