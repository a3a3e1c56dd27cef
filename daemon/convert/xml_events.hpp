// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/zip_file.hpp"

#include <string>
#include <string_view>

namespace passerelle::convert {

/// The attributes of one element. Lives as long as the event.
class XmlAttributes {
  public:
    virtual ~XmlAttributes() = default;
    /// The first one called so, either with its usual prefix ("r:id") or, without one, in whatever namespace ("val").
    /// Empty when there is none.
    [[nodiscard]] virtual std::string_view get(std::string_view name) const = 0;
};

/// Takes the events of an XML stream. Elements are named as office documents usually write them ("w:t", "text:p"),
/// whatever prefix this document has chosen; an element of an unknown namespace has the prefix "?".
class XmlHandler {
  public:
    virtual ~XmlHandler() = default;
    virtual void start(std::string_view /*name*/, const XmlAttributes& /*attributes*/) {}
    virtual void end(std::string_view /*name*/) {}
    /// Called several times for one text as it comes.
    virtual void text(std::string_view /*piece*/) {}
};

/// Streams one part of a document. False when it is missing, not well-formed, too large or too deep, or declares a
/// document type (there are no entities in an office document).
[[nodiscard]] bool read_xml(const ZipFile& zip, const std::string& part, XmlHandler& handler);

} // namespace passerelle::convert
