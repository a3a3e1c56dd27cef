// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/part_readers.hpp"

#include "daemon/convert/xml_events.hpp"

namespace passerelle::convert {
namespace {

class DrawingReader final : public XmlHandler {
  public:
    explicit DrawingReader(WordList& words) : words_(words) {}

    void start(std::string_view name, const XmlAttributes&) override {
        if (name == "mc:Fallback") ++skipped_;
        if (skipped_ > 0) return;
        if (name == "a:t") in_text_ = true;
        if (name == "a:br") words_.end_word();
        if (name == "xdr:pic") ++pictures;
        if (name == "xdr:sp" || name == "xdr:cxnSp") ++shapes;
        if (name == "c:chart" || name == "cx:chart") ++charts;
    }
    void end(std::string_view name) override {
        if (name == "mc:Fallback") --skipped_;
        if (name == "a:t") in_text_ = false;
        if (name == "a:p") words_.end_word();
    }
    void text(std::string_view piece) override {
        if (in_text_ && skipped_ == 0) words_.add(piece);
    }

    std::uint64_t pictures = 0;
    std::uint64_t charts = 0;
    std::uint64_t shapes = 0;

  private:
    WordList& words_;
    int skipped_ = 0;
    bool in_text_ = false;
};

} // namespace

bool read_drawing_text(const Package& package, const std::string& part, WordList& words) {
    DrawingReader reader(words);
    return read_xml(package.zip(), part, reader);
}

bool read_sheet_drawing(const Package& package, const std::string& part, Census& census) {
    DrawingReader reader(census.asides);
    if (!read_xml(package.zip(), part, reader)) return false;
    census.facts.add(Fact::pictures, reader.pictures);
    census.facts.add(Fact::charts, reader.charts);
    census.facts.add(Fact::shapes, reader.shapes);
    return true;
}

} // namespace passerelle::convert
