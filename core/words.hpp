// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

/// The words of a migration that several rooms speak (docs/architecture.md, "The words"). Their spelling in the
/// journal, in reports and on the command line is that of to_string(); from_string() answers nothing for an unknown
/// word.
namespace passerelle {

/// What an export was made by.
enum class ExportKind { takeout, drive_download, dropbox, folder };

/// The product of the source that an item belongs to.
enum class Product { files, photos, contacts, calendar, keep, tasks, mail, other };

/// What an item is.
enum class ItemKind {
    file,
    folder,
    stub,  ///< names a document that lives elsewhere; holds no content (.gdoc, .paper)
    entry, ///< an archive entry that is no file: link, device, unusable name
};

/// What the plan does with an item.
enum class Action {
    upload,
    convert,
    skip,
    move,   ///< the source has it under another path: what an earlier job brought moves along
    remove, ///< the source no longer has it, and the person wants it gone here, too
};

/// Where an item stands: planned -> converted -> uploaded -> done, or skipped, or failed. Each arrow is durable.
enum class ItemState { planned, converted, uploaded, done, skipped, failed };

/// What a conversion did to a document.
enum class VerdictKind {
    faithful, ///< nothing that a reader would miss is gone
    check,    ///< converted; differences are counted
    kept,     ///< not converted; the reason says why
};

/// Where a job stands.
enum class JobPhase { planning, running, finishing, stopped, finished };

/// What becomes of the original of a converted document.
enum class Originals {
    folder,  ///< into the mirrored tree Originaux/ (Originals/)
    beside,  ///< next to the converted document
    discard, ///< left out, only where the verdict is faithful
};

/// What a synchronisation does with files that the source no longer has.
enum class Gone {
    keep,  ///< tells of them
    trash, ///< puts them into the server's trash bin, where nobody has touched them
};

/// In which language Passerelle speaks to a person, and names the tree of originals.
enum class Language { french, english };

[[nodiscard]] std::string_view to_string(ExportKind word);
[[nodiscard]] std::string_view to_string(Product word);
[[nodiscard]] std::string_view to_string(ItemKind word);
[[nodiscard]] std::string_view to_string(Action word);
[[nodiscard]] std::string_view to_string(ItemState word);
[[nodiscard]] std::string_view to_string(VerdictKind word);
[[nodiscard]] std::string_view to_string(JobPhase word);
[[nodiscard]] std::string_view to_string(Originals word);
[[nodiscard]] std::string_view to_string(Gone word);
[[nodiscard]] std::string_view to_string(Language word);

/// Defined for the types above.
template <class Word> [[nodiscard]] std::optional<Word> from_string(std::string_view text);

} // namespace passerelle
