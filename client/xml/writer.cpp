// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/xml/writer.hpp"

#include <libxml/xmlwriter.h>
#include <new>

namespace passerelle::xml {
namespace {

const xmlChar* raw(const std::string& text) {
    return reinterpret_cast<const xmlChar*>(text.c_str());
}

// Writing into memory fails only for want of memory.
void check(int outcome) {
    if (outcome < 0) throw std::bad_alloc();
}

} // namespace

struct Writer::State {
    std::unique_ptr<xmlBuffer, decltype(&xmlBufferFree)> buffer{xmlBufferCreate(), &xmlBufferFree};
    std::unique_ptr<xmlTextWriter, decltype(&xmlFreeTextWriter)> handle{nullptr, &xmlFreeTextWriter};
};

Writer::Writer() : state_(std::make_unique<State>()) {
    if (!state_->buffer) throw std::bad_alloc();
    state_->handle.reset(xmlNewTextWriterMemory(state_->buffer.get(), 0));
    if (!state_->handle) throw std::bad_alloc();
    check(xmlTextWriterStartDocument(state_->handle.get(), nullptr, "UTF-8", nullptr));
}
Writer::~Writer() = default;
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;

Writer& Writer::start(const std::string& name) {
    check(xmlTextWriterStartElement(state_->handle.get(), raw(name)));
    return *this;
}

Writer& Writer::attribute(const std::string& name, const std::string& value) {
    check(xmlTextWriterWriteAttribute(state_->handle.get(), raw(name), raw(value)));
    return *this;
}

Writer& Writer::text(const std::string& text) {
    check(xmlTextWriterWriteString(state_->handle.get(), raw(text)));
    return *this;
}

Writer& Writer::end() {
    check(xmlTextWriterEndElement(state_->handle.get()));
    return *this;
}

Writer& Writer::element(const std::string& name, const std::string& text) {
    start(name);
    if (!text.empty()) this->text(text);
    return end();
}

std::string Writer::take() {
    check(xmlTextWriterFlush(state_->handle.get()));
    auto* buffer = state_->buffer.get();
    std::string written(reinterpret_cast<const char*>(xmlBufferContent(buffer)),
                        static_cast<std::size_t>(xmlBufferLength(buffer)));
    xmlBufferEmpty(buffer);
    return written;
}

std::string Writer::finish() {
    check(xmlTextWriterEndDocument(state_->handle.get()));
    return take();
}

} // namespace passerelle::xml
