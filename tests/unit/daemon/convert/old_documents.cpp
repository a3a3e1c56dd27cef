// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/daemon/convert/old_documents.hpp"

#include "core/reason_codes.hpp"
#include "daemon/convert/compare.hpp"

namespace passerelle::convert::tests {

std::optional<Census> OldDocuments::count_bytes(const std::string& bytes) const {
    write_file(folder_.path() / "before", bytes);
    return count_original(folder_.path() / "before", format_);
}

std::optional<Census> OldDocuments::count_streams(const std::vector<Stream>& streams) const {
    return count_bytes(compound_file(streams));
}

std::vector<Reason> OldDocuments::compared(const std::string& bytes, const std::string& content,
                                           const std::string& master) const {
    write_file(folder_.path() / "before", bytes);
    write_zip(folder_.path() / "after", opendocument(kind_, content, master));
    return compare(folder_.path() / "before", format_, folder_.path() / "after");
}

std::vector<Reason> OldDocuments::compared(const std::vector<Stream>& streams, const std::string& content,
                                           const std::string& master) const {
    return compared(compound_file(streams), content, master);
}

Reason less_certain() {
    return Reason(codes::convert_less_certain);
}

std::vector<std::uint64_t> words(std::string_view text) {
    WordList list;
    list.add(text);
    list.end_word();
    return list.words();
}

} // namespace passerelle::convert::tests
