// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/convert/census.hpp"

#include <string>
#include <vector>

namespace passerelle::convert {

/// Makes words of one text of a Word document: shows the results of fields and hides their instructions, and knows the
/// characters that stand for something else ([MS-DOC] 2.4.3 and 2.8.25). Counts links and fields. Confined to a thread.
class DocText {
  public:
    /// Words go to `flow`, what computed fields show to `census.computed`. Both must outlive it.
    DocText(Census& census, WordList& flow) : census_(census), flow_(flow) {}

    void take(char16_t character);
    /// The text ends: so do its fields.
    void end();

  private:
    struct Field {
        std::string instruction;
        bool shows_result = false;
        bool is_computed = false;
    };

    void separate();
    void end_field();
    void end_word();
    /// Puts what was kept so far where it belongs.
    void flush();

    Census& census_;
    WordList& flow_;
    std::string kept_; ///< UTF-16
    std::vector<Field> fields_;
    std::size_t fields_beyond_ = 0; ///< within more fields than any document has
    std::size_t hiding_ = 0;        ///< fields whose instruction is being read
    std::size_t computed_ = 0;      ///< fields whose result is being read, and which fill themselves in
};

} // namespace passerelle::convert
