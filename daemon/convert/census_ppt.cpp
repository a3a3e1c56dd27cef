// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/census.hpp"
#include "daemon/convert/legacy_text.hpp"
#include "daemon/convert/little_endian.hpp"
#include "daemon/convert/ppt_shapes.hpp"

namespace passerelle::convert {
namespace {

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxString = std::size_t{64} << 10;
constexpr std::size_t kMaxSlides = 10'000; // more than anybody shows

// What the instances of SlideListWithText and of HeadersFooters are for ([MS-PPT] 2.4.14.1, 2.4.15.1).
constexpr std::uint16_t kSlides = 0;
constexpr std::uint16_t kNotes = 2;
constexpr std::uint16_t kOfSlides = 3;

struct ListedSlide {
    std::uint32_t object = 0; ///< its number in the persist directory
    PptTexts outline;
};

class PresentationReader {
  public:
    PresentationReader(CompoundFile& file, const CompoundFile::Entry& entry) : file_(file), stream_(file, entry) {}

    std::optional<Census> read() {
        auto live = find_live_presentation(file_, stream_);
        if (!live) return std::nullopt;
        objects_ = std::move(live->objects);
        census_.is_certain = false;
        census_.facts.set_unknown(Fact::charts); // an embedded one becomes a chart or stays an object
        stream_.each(live->document, [&](const PptRecord& record) { document(record); });
        if (slides_.size() > kMaxSlides) return std::nullopt;
        for (const ListedSlide& listed : slides_)
            if (!slide(listed)) return std::nullopt;
        census_.facts.add(Fact::slides, slides_.size());
        if (stream_.failed()) return std::nullopt;
        return std::move(census_);
    }

  private:
    void document(const PptRecord& record) {
        if (record.type == Ppt::external_objects) external_objects(record);
        if (record.type == Ppt::headers_footers && record.instance == kOfSlides) footers_ = record;
        if (record.type == Ppt::slide_list && record.instance == kSlides) slide_list(record);
        if (record.type == Ppt::slide_list && record.instance == kNotes) notes_list(record);
    }

    /// [MS-PPT] 2.4.14.3: where each slide lies, and after it the texts of its outline.
    void slide_list(const PptRecord& list) {
        stream_.each(list, [&](const PptRecord& record) {
            if (record.type == Ppt::slide_persist) {
                slides_.emplace_back().object = u32_at(stream_.bytes(record, 4), 0);
            } else if (!slides_.empty()) {
                slides_.back().outline.read(stream_, record);
            }
        });
    }

    void notes_list(const PptRecord& list) {
        stream_.each(list, [&](const PptRecord& record) {
            const std::string fields = stream_.bytes(record, 16);
            if (record.type == Ppt::slide_persist) notes_[u32_at(fields, 12)] = u32_at(fields, 0);
        });
    }

    /// [MS-PPT] 2.10.1 ExObjListContainer. LibreOffice writes its own charts, which become charts again, without the
    /// name of a program.
    void external_objects(const PptRecord& list) {
        constexpr std::uint16_t kProgram = 2;
        stream_.each(list, [&](const PptRecord& record) {
            if (record.type != Ppt::embedded_object) return;
            const auto atom = stream_.child(record, Ppt::object_atom);
            if (!atom) return;
            bool& has_program = embedded_[u32_at(stream_.bytes(*atom, 12), 8)];
            stream_.each(record, [&](const PptRecord& part) {
                if (part.type == Ppt::string && part.instance == kProgram) has_program = true;
            });
        });
    }

    std::optional<PptRecord> object(std::uint32_t number, Ppt type) {
        const auto at = objects_.find(number);
        if (at == objects_.end()) return std::nullopt;
        const auto record = stream_.at(at->second);
        if (!record || record->type != type) return std::nullopt;
        return record;
    }

    bool slide(const ListedSlide& listed) {
        const auto container = object(listed.object, Ppt::slide);
        if (!container) return false;
        const PptReferences references{listed.outline.texts, embedded_};
        PptShapes shapes(stream_, census_, census_.body, references);
        auto footers = footers_;
        bool has_timing = false;
        stream_.each(*container, [&](const PptRecord& record) {
            if (record.type == Ppt::slide_atom) notes_of(record);
            if (record.type == Ppt::slide_show_info) {
                constexpr std::uint16_t kHidden = 0x0004;
                const std::string info = stream_.bytes(record, 16);
                if ((u16_at(info, 10) & kHidden) != 0) census_.facts.add(Fact::hidden_slides);
                if (info.size() > 9 && info[9] != 0) census_.facts.add(Fact::transitions); // 0: at once
            }
            if (record.type == Ppt::headers_footers) footers = record;
            if (record.type == Ppt::drawing) shapes.read(record);
            if (record.type == Ppt::tags) tags(record, has_timing);
        });
        if (footers) running_text(*footers);
        if (has_timing || shapes.is_animated()) census_.facts.add(Fact::animated_slides);
        return true;
    }

    void notes_of(const PptRecord& slide_atom) {
        const std::uint32_t id = u32_at(stream_.bytes(slide_atom, 24), 16);
        const auto listed = notes_.find(id);
        if (id == 0 || listed == notes_.end()) return;
        const auto page = object(listed->second, Ppt::notes);
        if (!page) return;
        const std::size_t words_before = census_.asides.words().size();
        Census counts_apart; // the page of notes shows a picture of its slide
        const PptReferences references{{}, embedded_};
        PptShapes shapes(stream_, counts_apart, census_.asides, references);
        if (const auto drawing = stream_.child(*page, Ppt::drawing)) shapes.read(*drawing);
        if (census_.asides.words().size() > words_before) census_.facts.add(Fact::speaker_notes);
        census_.running.append(counts_apart.running);
        census_.computed.append(counts_apart.computed);
    }

    /// [MS-PPT] 2.4.15.2: what is switched off keeps its words.
    void running_text(const PptRecord& footers) {
        constexpr std::uint16_t kHasTodaysDate = 0x0003;
        constexpr std::uint16_t kHasNumber = 0x0008;
        constexpr std::uint16_t kHasFooter = 0x0020;
        constexpr std::uint16_t kFooterText = 2;
        const auto atom = stream_.child(footers, Ppt::headers_footers_atom);
        if (!atom) return;
        const std::uint16_t shown = u16_at(stream_.bytes(*atom, 4), 2);
        if ((shown & kHasNumber) != 0 || (shown & kHasTodaysDate) == kHasTodaysDate) census_.facts.add(Fact::fields);
        if ((shown & kHasFooter) == 0) return;
        stream_.each(footers, [&](const PptRecord& record) {
            if (record.type == Ppt::string && record.instance == kFooterText) add(census_.running, record);
        });
    }

    /// [MS-PPT] 2.5.20: PowerPoint 2002 put comments and the course of animations where older ones do not look.
    void tags(const PptRecord& tags, bool& has_timing) {
        stream_.each(tags, [&](const PptRecord& tag) {
            if (tag.type != Ppt::binary_tag) return;
            const auto name = stream_.child(tag, Ppt::string);
            const auto data = stream_.child(tag, Ppt::binary_tag_data);
            if (!name || !data || utf8_from_utf16(stream_.bytes(*name, kMaxString)) != "___PPT10") return;
            stream_.each(*data, [&](const PptRecord& record) {
                if (record.type == Ppt::comment) comment(record);
                if (record.type == Ppt::timing && has_behaviour(record, 1)) has_timing = true;
            });
        });
    }

    void comment(const PptRecord& comment) {
        constexpr std::uint16_t kAuthor = 0;
        constexpr std::uint16_t kText = 1;
        census_.facts.add(Fact::comments);
        stream_.each(comment, [&](const PptRecord& record) {
            if (record.type != Ppt::string) return;
            if (record.instance == kText) add(census_.comments, record);
            const std::string text = utf8_from_utf16(stream_.bytes(record, kMaxString));
            if (record.instance == kAuthor && !text.empty()) census_.comment_authors.insert(text);
        });
    }

    bool has_behaviour(const PptRecord& node, int depth) {
        bool found = false;
        if (depth > kMaxDepth) return false;
        stream_.each(node, [&](const PptRecord& record) {
            if (record.type >= Ppt::animate && record.type <= Ppt::command) found = true;
            if (!found && record.type == Ppt::timing && has_behaviour(record, depth + 1)) found = true;
        });
        return found;
    }

    void add(WordList& words, const PptRecord& record) {
        words.add(utf8_from_utf16(stream_.text(record)));
        words.end_word();
    }

    CompoundFile& file_;
    PptStream stream_;
    PersistDirectory objects_;
    std::vector<ListedSlide> slides_;
    std::map<std::uint32_t, std::uint32_t> notes_; ///< a page's identity -> its number in the persist directory
    std::map<std::uint32_t, bool> embedded_;       ///< by number; false: perhaps a chart
    std::optional<PptRecord> footers_;             ///< of slides that have none of their own
    Census census_;
};

} // namespace

std::optional<Census> count_ppt(CompoundFile& file) {
    const auto* stream = file.find("PowerPoint Document");
    return stream ? PresentationReader(file, *stream).read() : std::nullopt;
}

} // namespace passerelle::convert
