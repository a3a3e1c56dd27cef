// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/dav_xml.hpp"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <memory>

namespace passerelle::fakes {
namespace {

std::string text_of(const xmlChar* text) {
    return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

Property property_of(xmlNode* element) {
    const std::unique_ptr<xmlChar, decltype(xmlFree)> value(xmlNodeGetContent(element), xmlFree);
    return {element->ns == nullptr ? "" : text_of(element->ns->href), text_of(element->name), text_of(value.get())};
}

void collect(xmlNode* parent, bool in_prop, std::vector<Property>& properties) {
    for (xmlNode* child = parent->children; child != nullptr; child = child->next) {
        if (child->type != XML_ELEMENT_NODE) continue;
        if (in_prop) {
            properties.push_back(property_of(child));
        } else {
            collect(child, property_of(child).is(kDavNamespace, "prop"), properties);
        }
    }
}

} // namespace

std::string Property::qualified() const {
    if (name_space == kDavNamespace) return "d:" + name;
    if (name_space == kOwnCloudNamespace) return "oc:" + name;
    if (name_space == kNextcloudNamespace) return "nc:" + name;
    return "x1:" + name;
}

std::optional<std::vector<Property>> parse_properties(const std::string& body) {
    std::vector<Property> properties;
    if (body.empty()) return properties;
    const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
        xmlReadMemory(body.data(), static_cast<int>(body.size()), nullptr, nullptr,
                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
        &xmlFreeDoc);
    if (!document) return std::nullopt;
    collect(xmlDocGetRootElement(document.get()), false, properties);
    return properties;
}

} // namespace passerelle::fakes
