// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/opendocument.hpp"

#include "daemon/convert/xml_events.hpp"
#include "daemon/convert/zip_file.hpp"

namespace passerelle::convert {
namespace {

constexpr std::uint64_t kMaxTypeBytes = 256;

std::string media_type(const std::string& format) {
    const std::string prefix = "application/vnd.oasis.opendocument.";
    if (format == "odt") return prefix + "text";
    if (format == "ods") return prefix + "spreadsheet";
    if (format == "odp") return prefix + "presentation";
    return {};
}

class RootReader final : public XmlHandler {
  public:
    void start(std::string_view name, const XmlAttributes&) override {
        if (root.empty()) root = name;
    }
    std::string root;
};

} // namespace

std::optional<std::string> check_opendocument(const std::filesystem::path& file, const std::string& format) {
    const auto zip = ZipFile::open(file);
    if (!zip) return "no zip";
    if (zip->parts().empty() || zip->parts().front().name != "mimetype" || !zip->parts().front().stored) {
        return "its type does not stand first";
    }
    if (zip->read("mimetype", kMaxTypeBytes) != media_type(format)) return "another type";
    RootReader content;
    if (!read_xml(*zip, "content.xml", content)) return "its content cannot be read";
    if (content.root != "office:document-content") return "its content is none";
    return std::nullopt;
}

} // namespace passerelle::convert
