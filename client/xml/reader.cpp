// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/xml/reader.hpp"

#include "core/reason_codes.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <libxml/xmlreader.h>
#include <mutex>
#include <span>
#include <string>
#include <utility>

namespace passerelle::xml {
namespace {

// No XML_PARSE_NOENT: entities are not replaced. No XML_PARSE_HUGE: the library's own bounds (10 MB a text) stay in
// force.
constexpr int kParserOptions = XML_PARSE_NONET | XML_PARSE_NOCDATA;

Error malformed(std::string detail) {
    return Error(ErrorKind::permanent, codes::xml_malformed, std::move(detail));
}

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

class MemoryBytes final : public ByteReader {
  public:
    explicit MemoryBytes(std::string_view bytes) : rest_(bytes) {}

    Result<std::size_t> read(std::span<std::byte> buffer) override {
        const std::size_t count = std::min(buffer.size(), rest_.size());
        if (count > 0) std::memcpy(buffer.data(), rest_.data(), count);
        rest_.remove_prefix(count);
        return count;
    }

  private:
    std::string_view rest_;
};

} // namespace

struct Reader::State {
    State(std::unique_ptr<ByteReader> document, Limits given) : bytes(std::move(document)), limits(given) {
        static std::once_flag library_ready;
        std::call_once(library_ready, xmlInitParser);
        handle.reset(xmlReaderForIO(&State::pull, nullptr, this, nullptr, nullptr, kParserOptions));
        if (handle) xmlTextReaderSetStructuredErrorHandler(handle.get(), &State::keep_complaint, this);
    }

    static int pull(void* context, char* buffer, int length) {
        auto& self = *static_cast<State*>(context);
        if (self.error) return -1;
        auto count = self.bytes->read(std::as_writable_bytes(std::span(buffer, static_cast<std::size_t>(length))));
        if (!count) {
            self.error = std::move(count.error());
            return -1;
        }
        self.bytes_read += *count;
        if (self.bytes_read > self.limits.max_bytes) {
            self.error = malformed(fmt::format("more than {} bytes", self.limits.max_bytes));
            return -1;
        }
        return static_cast<int>(*count);
    }

    // The first complaint names the cause; those after it are its consequences.
    static void keep_complaint(void* context, xmlErrorPtr complaint) {
        auto& self = *static_cast<State*>(context);
        if (self.error || complaint == nullptr || complaint->level < XML_ERR_ERROR) return;
        std::string text = complaint->message == nullptr ? "not well-formed" : complaint->message;
        while (!text.empty() && text.back() == '\n')
            text.pop_back();
        self.error = malformed(fmt::format("line {}: {}", complaint->line, text));
    }

    Error failed() {
        if (!error) error = malformed("not well-formed");
        return *error;
    }

    Error refused(std::string detail) {
        error = malformed(std::move(detail));
        return *error;
    }

    std::unique_ptr<ByteReader> bytes;
    Limits limits;
    std::uint64_t bytes_read = 0;
    std::optional<Error> error;
    std::unique_ptr<xmlTextReader, decltype(&xmlFreeTextReader)> handle{nullptr, &xmlFreeTextReader};
    Node node = Node::start;
    bool end_owed = false; ///< the library reports `<a/>` as one node
};

Reader::Reader(std::string_view document, Limits limits) : Reader(std::make_unique<MemoryBytes>(document), limits) {}
Reader::Reader(std::unique_ptr<ByteReader> document, Limits limits)
    : state_(std::make_unique<State>(std::move(document), limits)) {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

Result<bool> Reader::next() {
    State& state = *state_;
    if (state.error) return *state.error;
    if (!state.handle) return state.failed();
    if (std::exchange(state.end_owed, false)) {
        state.node = Node::end;
        return true;
    }
    while (true) {
        const int outcome = xmlTextReaderRead(state.handle.get());
        if (outcome < 0 || state.error) return state.failed();
        if (outcome == 0) return false;
        if (depth() > state.limits.max_depth)
            return state.refused(fmt::format("deeper than {}", state.limits.max_depth));
        switch (xmlTextReaderNodeType(state.handle.get())) {
        case XML_READER_TYPE_ELEMENT:
            state.node = Node::start;
            state.end_owed = xmlTextReaderIsEmptyElement(state.handle.get()) == 1;
            return true;
        case XML_READER_TYPE_END_ELEMENT:
            state.node = Node::end;
            return true;
        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_CDATA:
        case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
            state.node = Node::text;
            return true;
        case XML_READER_TYPE_DOCUMENT_TYPE:
        case XML_READER_TYPE_ENTITY_REFERENCE:
            return state.refused("a document type or an entity of its own");
        default:
            break;
        }
    }
}

Node Reader::node() const {
    return state_->node;
}

int Reader::depth() const {
    return xmlTextReaderDepth(state_->handle.get());
}

std::string_view Reader::name() const {
    if (state_->node == Node::text) return {};
    return view(xmlTextReaderConstLocalName(state_->handle.get()));
}

std::string_view Reader::ns() const {
    if (state_->node == Node::text) return {};
    return view(xmlTextReaderConstNamespaceUri(state_->handle.get()));
}

std::optional<std::string> Reader::attribute(std::string_view attribute_ns, std::string_view attribute_name) const {
    xmlTextReaderPtr handle = state_->handle.get();
    std::optional<std::string> found;
    if (state_->node != Node::start) return found;
    for (int more = xmlTextReaderMoveToFirstAttribute(handle); more == 1;
         more = xmlTextReaderMoveToNextAttribute(handle)) {
        if (view(xmlTextReaderConstLocalName(handle)) != attribute_name) continue;
        if (view(xmlTextReaderConstNamespaceUri(handle)) != attribute_ns) continue;
        found = view(xmlTextReaderConstValue(handle));
        break;
    }
    xmlTextReaderMoveToElement(handle);
    return found;
}

std::string_view Reader::text() const {
    if (state_->node != Node::text) return {};
    return view(xmlTextReaderConstValue(state_->handle.get()));
}

} // namespace passerelle::xml
