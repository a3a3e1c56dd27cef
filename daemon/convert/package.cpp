// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/package.hpp"

#include "daemon/convert/xml_events.hpp"

#include <algorithm>

namespace passerelle::convert {
namespace {

std::string folder_of(const std::string& part) {
    const auto slash = part.rfind('/');
    return slash == std::string::npos ? std::string() : part.substr(0, slash + 1);
}

/// A target as seen from the part's folder: "../media/image1.png" or "/word/document.xml".
std::string resolve(const std::string& folder, std::string_view target) {
    std::string path = target.starts_with('/') ? std::string() : folder;
    std::string result;
    path += target.starts_with('/') ? target.substr(1) : target;
    std::size_t begin = 0;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string step = path.substr(begin, end - begin);
        begin = end + 1;
        if (step == "..") {
            const auto slash = result.rfind('/');
            result.erase(slash == std::string::npos ? 0 : slash);
        } else if (!step.empty() && step != ".") {
            if (!result.empty()) result += '/';
            result += step;
        }
    }
    return result;
}

class RelationshipReader final : public XmlHandler {
  public:
    explicit RelationshipReader(std::string folder) : folder_(std::move(folder)) {}
    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name != "rel:Relationship") return;
        const std::string_view type = attributes.get("Type");
        const bool outside = attributes.get("TargetMode") == "External";
        found.push_back({std::string(attributes.get("Id")), std::string(type.substr(type.rfind('/') + 1)),
                         outside ? std::string() : resolve(folder_, attributes.get("Target"))});
    }
    std::vector<Relationship> found;

  private:
    std::string folder_;
};

/// The content type of one part.
class TypeReader final : public XmlHandler {
  public:
    explicit TypeReader(const std::string& part) : name_("/" + part), extension_(part.substr(part.rfind('.') + 1)) {}
    void start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "ct:Override" && attributes.get("PartName") == name_) type = attributes.get("ContentType");
        if (name == "ct:Default" && attributes.get("Extension") == extension_ && type.empty()) {
            type = attributes.get("ContentType");
        }
    }
    std::string type;

  private:
    std::string name_;
    std::string extension_;
};

std::string format_of(std::string_view type) {
    const auto contains = [&](std::string_view part) { return type.find(part) != std::string_view::npos; };
    if (contains("wordprocessingml") || contains("ms-word.")) return "docx";
    if (contains("ms-excel.sheet.binary")) return "xlsb";
    if (contains("spreadsheetml") || contains("ms-excel.")) return "xlsx";
    if (contains("presentationml") || contains("ms-powerpoint.")) return "pptx";
    return {};
}

} // namespace

std::optional<Package> Package::open(ZipFile zip) {
    Package package(std::move(zip));
    for (const Relationship& relationship : package.relationships("")) {
        if (relationship.type == "officeDocument") package.main_part_ = relationship.target;
    }
    TypeReader types(package.main_part_);
    if (package.main_part_.empty() || !read_xml(package.zip_, "[Content_Types].xml", types)) return std::nullopt;
    package.format_ = format_of(types.type);
    if (package.format_.empty() || !package.zip_.has(package.main_part_)) return std::nullopt;
    return package;
}

std::vector<Relationship> Package::relationships(const std::string& part) const {
    const std::string folder = folder_of(part);
    RelationshipReader reader(folder);
    if (!read_xml(zip_, folder + "_rels/" + part.substr(folder.size()) + ".rels", reader)) return {};
    return std::move(reader.found);
}

bool Package::has_macros() const {
    const auto& parts = zip_.parts();
    return std::any_of(parts.begin(), parts.end(), [](const ZipFile::Part& part) {
        return part.name.ends_with("vbaProject.bin") || part.name.starts_with("xl/macrosheets/");
    });
}

bool Package::is_signed() const {
    const auto& parts = zip_.parts();
    return std::any_of(parts.begin(), parts.end(),
                       [](const ZipFile::Part& part) { return part.name.starts_with("_xmlsignatures/"); });
}

} // namespace passerelle::convert
