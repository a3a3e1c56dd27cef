// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/part_readers.hpp"

#include "daemon/convert/xml_events.hpp"

#include <vector>

namespace passerelle::convert {
namespace {

class DrawingReader final : public XmlHandler {
  public:
    explicit DrawingReader(WordList& words) : words_(words) {}

    void start(std::string_view name, const XmlAttributes& attributes) override {
        // Behind "a14" stands the face of a control or of an embedded object, which is counted as what it is.
        if (is_choice(name))
            skipped_.push_back(is_skipped() || name == "mc:Fallback" || attributes.get("Requires") == "a14");
        if (is_skipped()) return;
        if (name == "a:t") in_text_ = true;
        if (name == "a:br") words_.end_word();
        if (name == "xdr:pic") ++pictures;
        if (name == "xdr:sp" || name == "xdr:cxnSp") ++shapes;
        if (name == "c:chart" || name == "cx:chart") ++charts;
    }
    void end(std::string_view name) override {
        if (is_choice(name) && !skipped_.empty()) skipped_.pop_back();
        if (name == "a:t") in_text_ = false;
        if (name == "a:p") words_.end_word();
    }
    void text(std::string_view piece) override {
        if (in_text_ && !is_skipped()) words_.add(piece);
    }

    std::uint64_t pictures = 0;
    std::uint64_t charts = 0;
    std::uint64_t shapes = 0;

  private:
    static bool is_choice(std::string_view name) { return name == "mc:Choice" || name == "mc:Fallback"; }
    [[nodiscard]] bool is_skipped() const { return !skipped_.empty() && skipped_.back(); }

    WordList& words_;
    std::vector<bool> skipped_; ///< choices around
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
