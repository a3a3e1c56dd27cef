// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/xml_events.hpp"

#include "core/units.hpp"

#include <array>
#include <libxml/parser.h>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

namespace passerelle::convert {
namespace {

constexpr std::uint64_t kMaxPartBytes = kGiB;
constexpr std::size_t kMaxDepth = 256;

// Office documents come with transitional or strict (purl.oclc.org) names; to a reader they are the same.
constexpr std::array<std::pair<std::string_view, std::string_view>, 52> kPrefixes = {{
    {"http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w:"},
    {"http://purl.oclc.org/ooxml/wordprocessingml/main", "w:"},
    {"http://schemas.openxmlformats.org/drawingml/2006/main", "a:"},
    {"http://purl.oclc.org/ooxml/drawingml/main", "a:"},
    {"http://schemas.openxmlformats.org/drawingml/2006/picture", "pic:"},
    {"http://purl.oclc.org/ooxml/drawingml/picture", "pic:"},
    {"http://schemas.openxmlformats.org/drawingml/2006/chart", "c:"},
    {"http://purl.oclc.org/ooxml/drawingml/chart", "c:"},
    {"http://schemas.microsoft.com/office/drawing/2014/chartex", "cx:"},
    {"http://schemas.openxmlformats.org/drawingml/2006/diagram", "dgm:"},
    {"http://purl.oclc.org/ooxml/drawingml/diagram", "dgm:"},
    {"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing", "xdr:"},
    {"http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing", "xdr:"},
    {"http://schemas.openxmlformats.org/officeDocument/2006/math", "m:"},
    {"http://purl.oclc.org/ooxml/officeDocument/math", "m:"},
    {"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "x:"},
    {"http://purl.oclc.org/ooxml/spreadsheetml/main", "x:"},
    {"http://schemas.openxmlformats.org/presentationml/2006/main", "p:"},
    {"http://purl.oclc.org/ooxml/presentationml/main", "p:"},
    {"http://schemas.microsoft.com/office/powerpoint/2018/8/main", "p188:"},
    {"http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r:"},
    {"http://purl.oclc.org/ooxml/officeDocument/relationships", "r:"},
    {"http://schemas.openxmlformats.org/markup-compatibility/2006", "mc:"},
    {"http://schemas.openxmlformats.org/package/2006/relationships", "rel:"},
    {"http://schemas.openxmlformats.org/package/2006/content-types", "ct:"},
    {"urn:schemas-microsoft-com:vml", "v:"},
    {"urn:schemas-microsoft-com:office:office", "o:"},
    {"urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office:"},
    {"http://openoffice.org/2009/office", "officeooo:"},
    {"urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text:"},
    {"urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table:"},
    {"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw:"},
    {"urn:oasis:names:tc:opendocument:xmlns:presentation:1.0", "presentation:"},
    {"urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style:"},
    {"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", "svg:"},
    {"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0", "calcext:"},
    {"http://www.w3.org/1999/xlink", "xlink:"},
    {"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", "manifest:"},
    {"http://purl.org/dc/elements/1.1/", "dc:"},
    {"urn:oasis:names:tc:opendocument:xmlns:animation:1.0", "anim:"},
    {"urn:oasis:names:tc:opendocument:xmlns:form:1.0", "form:"},
    {"urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0", "field:"},
    {"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0", "loext:"},
    {"http://schemas.microsoft.com/office/word/2010/wordml", "w14:"},
    {"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main", "x14:"},
    {"http://schemas.microsoft.com/office/powerpoint/2010/main", "p14:"},
    {"http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "wps:"},
    {"http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "cp:"},
    {"http://purl.org/dc/terms/", "dcterms:"},
    {"urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "meta:"},
    {"urn:oasis:names:tc:opendocument:xmlns:smil-compatible:1.0", "smil:"},
    {"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0", "fo:"},
}};

std::string_view view(const xmlChar* text) {
    return text ? reinterpret_cast<const char*>(text) : std::string_view();
}

/// The usual prefix of each namespace. libxml2 keeps one copy of a name, so that its address is enough to know it
/// again.
class Prefixes {
  public:
    std::string_view of(const xmlChar* uri) {
        if (!uri) return {};
        const auto [known, is_new] = known_.try_emplace(uri, "?:");
        if (is_new) {
            for (const auto& [name, prefix] : kPrefixes) {
                if (view(uri) == name) known->second = prefix;
            }
        }
        return known->second;
    }

  private:
    std::unordered_map<const xmlChar*, std::string_view> known_;
};

/// libxml2 hands attributes over as five pointers each: local name, prefix, namespace, value's begin and end.
class SaxAttributes final : public XmlAttributes {
  public:
    SaxAttributes(Prefixes& prefixes, const xmlChar** values, int count)
        : prefixes_(prefixes), values_(values), count_(count) {}

    std::string_view get(std::string_view name) const override {
        const auto colon = name.find(':');
        const std::string_view prefix = colon == std::string_view::npos ? "" : name.substr(0, colon + 1);
        const std::string_view local = name.substr(prefix.size());
        for (int i = 0; i < count_; ++i) {
            const xmlChar** attribute = values_ + 5 * i;
            if (view(attribute[0]) != local || (!prefix.empty() && prefixes_.of(attribute[2]) != prefix)) continue;
            return {reinterpret_cast<const char*>(attribute[3]), static_cast<std::size_t>(attribute[4] - attribute[3])};
        }
        return {};
    }

  private:
    Prefixes& prefixes_;
    const xmlChar** values_;
    int count_;
};

struct FreeParser {
    void operator()(xmlParserCtxt* parser) const {
        // Whatever the handler says, libxml2 makes a document of its own to keep declared entities in.
        if (parser->myDoc) ::xmlFreeDoc(parser->myDoc);
        parser->myDoc = nullptr;
        ::xmlFreeParserCtxt(parser);
    }
};

class Parser {
  public:
    explicit Parser(XmlHandler& handler) : handler_(handler) {
        xmlSAXHandler events{};
        events.initialized = XML_SAX2_MAGIC;
        events.startElementNs = [](void* self, const xmlChar* local, const xmlChar*, const xmlChar* uri, int,
                                   const xmlChar**, int attributes, int, const xmlChar** values) {
            static_cast<Parser*>(self)->start(local, uri, values, attributes);
        };
        events.endElementNs = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
            static_cast<Parser*>(self)->end();
        };
        events.characters = events.cdataBlock = [](void* self, const xmlChar* text, int length) {
            auto* parser = static_cast<Parser*>(self);
            if (!parser->refused_) {
                parser->handler_.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
            }
        };
        events.internalSubset = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
            auto* parser = static_cast<Parser*>(self);
            parser->refused_ = true;
            ::xmlStopParser(parser->parser_.get());
        };
        parser_.reset(::xmlCreatePushParserCtxt(&events, this, nullptr, 0, nullptr));
        if (parser_) ::xmlCtxtUseOptions(parser_.get(), XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    }

    bool feed(std::string_view piece, bool last) {
        if (!parser_) return false;
        return ::xmlParseChunk(parser_.get(), piece.data(), static_cast<int>(piece.size()), last ? 1 : 0) ==
                   XML_ERR_OK &&
               !refused_;
    }

  private:
    void start(const xmlChar* local, const xmlChar* uri, const xmlChar** values, int count) {
        if (open_.size() >= kMaxDepth) refused_ = true;
        if (refused_) return;
        open_.push_back(std::string(prefixes_.of(uri)) + std::string(view(local)));
        handler_.start(open_.back(), SaxAttributes(prefixes_, values, count));
    }

    void end() {
        if (refused_ || open_.empty()) return;
        handler_.end(open_.back());
        open_.pop_back();
    }

    XmlHandler& handler_;
    std::unique_ptr<xmlParserCtxt, FreeParser> parser_;
    std::vector<std::string> open_;
    Prefixes prefixes_;
    bool refused_ = false;
};

} // namespace

bool read_xml(const ZipFile& zip, const std::string& part, XmlHandler& handler) {
    Parser parser(handler);
    return zip.read(part, kMaxPartBytes, [&](std::string_view piece) { return parser.feed(piece, false); }) &&
           parser.feed({}, true);
}

} // namespace passerelle::convert
