// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/daemon/convert/ppt_builder.hpp"

#include "tests/unit/daemon/convert/biff_builder.hpp"

namespace passerelle::convert::tests {
namespace {

constexpr std::uint32_t kFirstNotes = 0x100;

std::string record(std::uint16_t type, const std::string& body, int instance, int version) {
    return little(static_cast<std::uint64_t>(instance << 4 | version), 2) + little(type, 2) + little(body.size(), 4) +
           body;
}

std::string utf16(const std::u16string& text) {
    std::string bytes;
    for (const char16_t character : text)
        bytes += little(character, 2);
    return bytes;
}

std::string drawing(const std::string& shapes) {
    const std::string group = container(0xF003, container(0xF004, atom(0xF00A, little(1, 4) + little(5, 4))) + shapes);
    return container(0x040C, container(0xF002, group));
}

std::string persist(std::uint32_t object, std::uint32_t id) {
    return atom(0x03F3, little(object, 4) + little(0, 8) + little(id, 4) + little(0, 4));
}

} // namespace

std::string atom(std::uint16_t type, const std::string& bytes, int instance) {
    return record(type, bytes, instance, 0);
}

std::string container(std::uint16_t type, const std::string& records, int instance) {
    return record(type, records, instance, 0xF);
}

std::string narrow_text(const std::string& text) {
    return atom(0x0F9F, little(4, 4)) + atom(0x0FA8, text);
}

std::string wide_text(const std::u16string& text) {
    return atom(0x0F9F, little(4, 4)) + atom(0x0FA0, utf16(text));
}

std::string ppt_string(const std::u16string& text, int instance) {
    return atom(0x0FBA, utf16(text), instance);
}

std::string property(std::uint16_t meaning, std::uint32_t value) {
    return little(meaning, 2) + little(value, 4);
}

std::string shape(const std::string& text, const std::string& data, const std::string& properties, int kind,
                  const std::string& more) {
    std::string records = atom(0xF00A, little(2, 4) + little(0x0A00, 4), kind);
    if (!properties.empty()) records += atom(0xF00B, properties, static_cast<int>(properties.size() / 6));
    records += more;
    if (!data.empty()) records += container(0xF011, data);
    if (!text.empty()) records += container(0xF00D, text);
    return container(0xF004, records);
}

std::vector<Stream> presentation(const std::vector<PptSlide>& slides, const std::string& records) {
    std::string stream;
    std::string directory;
    std::string list;
    std::string notes_list;
    std::uint32_t object = 2;
    const auto keep = [&](const std::string& bytes) {
        directory += little(1U << 20 | object, 4) + little(stream.size(), 4);
        stream += bytes;
        return object++;
    };
    for (const PptSlide& slide : slides) {
        std::uint32_t notes = 0;
        if (!slide.notes.empty()) {
            notes = kFirstNotes + object;
            notes_list += persist(keep(container(0x03F0, drawing(slide.notes))), notes);
        }
        const std::string fields = atom(0x03EF, std::string(16, '\0') + little(notes, 4) + little(0, 4));
        const std::uint32_t number = keep(container(0x03EE, fields + slide.records + drawing(slide.shapes)));
        list += persist(number, 0x200 + number) + slide.outline;
    }
    directory += little(1U << 20 | 1, 4) + little(stream.size(), 4);
    stream += container(0x03E8, records + container(0x0FF0, list, 0) + container(0x0FF0, notes_list, 2));
    const std::size_t directory_at = stream.size();
    stream += atom(0x1772, directory);
    const std::size_t edit_at = stream.size();
    stream += atom(0x0FF5, little(0, 8) + little(0, 4) + little(directory_at, 4) + little(1, 4) + little(0, 8));
    const std::string user = atom(0x0FF6, little(20, 4) + little(0xE391C05F, 4) + little(edit_at, 4) + little(0, 8));
    return {{"Current User", user}, {"PowerPoint Document", stream}};
}

} // namespace passerelle::convert::tests
