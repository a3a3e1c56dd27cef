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

using Document = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;

Document document_of(const std::string& body) {
    return Document(xmlReadMemory(body.data(), static_cast<int>(body.size()), nullptr, nullptr,
                                  XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
                    &xmlFreeDoc);
}

/// The first element of this name of Nextcloud's; null where there is none.
xmlNode* find_element(xmlNode* parent, const char* name) {
    for (xmlNode* child = parent->children; child != nullptr; child = child->next) {
        if (child->type != XML_ELEMENT_NODE) continue;
        if (property_of(child).is(kNextcloudNamespace, name)) return child;
        if (xmlNode* inner = find_element(child, name)) return inner;
    }
    return nullptr;
}

} // namespace

std::optional<std::vector<std::map<std::string, std::string>>> parse_team_rules(const std::string& body) {
    const auto document = document_of(body);
    xmlNode* list = document ? find_element(xmlDocGetRootElement(document.get()), "acl-list") : nullptr;
    if (list == nullptr) return std::nullopt;
    std::vector<std::map<std::string, std::string>> rules;
    for (xmlNode* rule = list->children; rule != nullptr; rule = rule->next) {
        if (rule->type != XML_ELEMENT_NODE) continue;
        auto& fields = rules.emplace_back();
        for (xmlNode* field = rule->children; field != nullptr; field = field->next)
            if (field->type == XML_ELEMENT_NODE) fields[property_of(field).name] = property_of(field).value;
    }
    return rules;
}

std::string Property::qualified() const {
    if (name_space == kDavNamespace) return "d:" + name;
    if (name_space == kOwnCloudNamespace) return "oc:" + name;
    if (name_space == kNextcloudNamespace) return "nc:" + name;
    return "x1:" + name;
}

std::optional<std::vector<Property>> parse_properties(const std::string& body) {
    std::vector<Property> properties;
    if (body.empty()) return properties;
    const auto document = document_of(body);
    if (!document) return std::nullopt;
    collect(xmlDocGetRootElement(document.get()), false, properties);
    return properties;
}

} // namespace passerelle::fakes
