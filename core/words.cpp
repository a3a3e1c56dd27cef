// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/words.hpp"

#include <array>
#include <utility>

namespace passerelle {
namespace {

template <class Word> struct Spellings;

template <> struct Spellings<ExportKind> {
    static constexpr std::array table{
        std::pair{ExportKind::takeout, "takeout"}, std::pair{ExportKind::drive_download, "drive"},
        std::pair{ExportKind::dropbox, "dropbox"}, std::pair{ExportKind::folder, "folder"}};
};
template <> struct Spellings<Product> {
    static constexpr std::array table{
        std::pair{Product::files, "files"},       std::pair{Product::photos, "photos"},
        std::pair{Product::contacts, "contacts"}, std::pair{Product::calendar, "calendar"},
        std::pair{Product::keep, "keep"},         std::pair{Product::tasks, "tasks"},
        std::pair{Product::mail, "mail"},         std::pair{Product::other, "other"}};
};
template <> struct Spellings<ItemKind> {
    static constexpr std::array table{std::pair{ItemKind::file, "file"}, std::pair{ItemKind::folder, "folder"},
                                      std::pair{ItemKind::stub, "stub"}, std::pair{ItemKind::entry, "entry"}};
};
template <> struct Spellings<Action> {
    static constexpr std::array table{std::pair{Action::upload, "upload"}, std::pair{Action::convert, "convert"},
                                      std::pair{Action::skip, "skip"}, std::pair{Action::move, "move"},
                                      std::pair{Action::remove, "remove"}};
};
template <> struct Spellings<ItemState> {
    static constexpr std::array table{
        std::pair{ItemState::planned, "planned"},   std::pair{ItemState::converted, "converted"},
        std::pair{ItemState::uploaded, "uploaded"}, std::pair{ItemState::done, "done"},
        std::pair{ItemState::skipped, "skipped"},   std::pair{ItemState::failed, "failed"}};
};
template <> struct Spellings<VerdictKind> {
    static constexpr std::array table{std::pair{VerdictKind::faithful, "faithful"},
                                      std::pair{VerdictKind::check, "check"}, std::pair{VerdictKind::kept, "kept"}};
};
template <> struct Spellings<JobPhase> {
    static constexpr std::array table{
        std::pair{JobPhase::planning, "planning"}, std::pair{JobPhase::running, "running"},
        std::pair{JobPhase::finishing, "finishing"}, std::pair{JobPhase::stopped, "stopped"},
        std::pair{JobPhase::finished, "finished"}};
};
template <> struct Spellings<Originals> {
    static constexpr std::array table{std::pair{Originals::folder, "folder"}, std::pair{Originals::beside, "beside"},
                                      std::pair{Originals::discard, "discard"}};
};
template <> struct Spellings<Gone> {
    static constexpr std::array table{std::pair{Gone::keep, "keep"}, std::pair{Gone::trash, "trash"}};
};
template <> struct Spellings<Language> {
    static constexpr std::array table{std::pair{Language::french, "fr"}, std::pair{Language::english, "en"}};
};

template <class Word> std::string_view spelling(Word word) {
    for (const auto& [value, text] : Spellings<Word>::table)
        if (value == word) return text;
    return "unknown";
}

} // namespace

std::string_view to_string(ExportKind word) {
    return spelling(word);
}
std::string_view to_string(Product word) {
    return spelling(word);
}
std::string_view to_string(ItemKind word) {
    return spelling(word);
}
std::string_view to_string(Action word) {
    return spelling(word);
}
std::string_view to_string(ItemState word) {
    return spelling(word);
}
std::string_view to_string(VerdictKind word) {
    return spelling(word);
}
std::string_view to_string(JobPhase word) {
    return spelling(word);
}
std::string_view to_string(Originals word) {
    return spelling(word);
}
std::string_view to_string(Gone word) {
    return spelling(word);
}
std::string_view to_string(Language word) {
    return spelling(word);
}

template <class Word> std::optional<Word> from_string(std::string_view text) {
    for (const auto& [value, spelled] : Spellings<Word>::table)
        if (text == spelled) return value;
    return std::nullopt;
}

template std::optional<ExportKind> from_string(std::string_view);
template std::optional<Product> from_string(std::string_view);
template std::optional<ItemKind> from_string(std::string_view);
template std::optional<Action> from_string(std::string_view);
template std::optional<ItemState> from_string(std::string_view);
template std::optional<VerdictKind> from_string(std::string_view);
template std::optional<JobPhase> from_string(std::string_view);
template std::optional<Originals> from_string(std::string_view);
template std::optional<Gone> from_string(std::string_view);
template std::optional<Language> from_string(std::string_view);

} // namespace passerelle
