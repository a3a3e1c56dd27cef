// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/message.hpp"

#include "daemon/report/wording.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>

namespace passerelle::report {
namespace {

std::optional<std::uint64_t> whole_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

} // namespace

class Message::Parser {
  public:
    explicit Parser(std::string_view pattern) : pattern_(pattern), rest_(pattern) {}

    std::vector<Piece> run() {
        auto pieces = this->pieces(false);
        if (!rest_.empty()) refuse("a brace closes nothing");
        return pieces;
    }

  private:
    [[noreturn]] void refuse(const std::string& why) const {
        throw std::runtime_error(why + ": " + std::string(pattern_));
    }

    /// Up to the end, or up to the brace that closes a form of a plural.
    std::vector<Piece> pieces(bool in_plural) {
        std::vector<Piece> all;
        const std::string_view special = in_plural ? "{}#" : "{}";
        for (;;) {
            const auto text = rest_.substr(0, rest_.find_first_of(special));
            if (!text.empty()) all.push_back({.text = std::string(text)});
            rest_.remove_prefix(text.size());
            if (rest_.empty() || rest_.front() == '}') return all;
            const bool is_number = rest_.front() == '#';
            rest_.remove_prefix(1);
            all.push_back(is_number ? Piece{.text = number_, .kind = Piece::Kind::number} : place(in_plural));
        }
    }

    /// Behind an opening brace.
    Piece place(bool in_plural) {
        Piece piece{.text = name(), .kind = Piece::Kind::parameter};
        if (take("}")) return piece;
        if (in_plural || !take(", plural, one{")) refuse("a parameter must be {name} or a plural");
        piece.kind = Piece::Kind::plural;
        number_ = piece.text;
        piece.one = pieces(true);
        if (!take("} other{")) refuse("a plural has the forms one and other");
        piece.other = pieces(true);
        if (!take("}}")) refuse("a plural ends with two braces");
        return piece;
    }

    std::string name() {
        const auto name = rest_.substr(0, rest_.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789"));
        if (name.empty()) refuse("a parameter has a name in small letters");
        rest_.remove_prefix(name.size());
        return std::string(name);
    }

    bool take(std::string_view expected) {
        if (!rest_.starts_with(expected)) return false;
        rest_.remove_prefix(expected.size());
        return true;
    }

    std::string_view pattern_;
    std::string_view rest_;
    std::string number_; ///< the parameter of the plural that is being read
};

class Message::Filler {
  public:
    Filler(const Reason& reason, Language language) : reason_(reason), language_(language) {}

    void fill(const std::vector<Piece>& pieces) {
        for (const Piece& piece : pieces)
            fill(piece);
    }
    std::string text;

  private:
    void fill(const Piece& piece) {
        switch (piece.kind) {
        case Piece::Kind::text:
            text += piece.text;
            return;
        case Piece::Kind::parameter:
            text += value(piece.text);
            return;
        case Piece::Kind::number: {
            const auto number = whole_number(value(piece.text));
            text += number ? grouped(*number, language_) : std::string(value(piece.text));
            return;
        }
        case Piece::Kind::plural: {
            const auto number = whole_number(value(piece.text));
            return fill(number && is_singular(*number, language_) ? piece.one : piece.other);
        }
        }
    }

    [[nodiscard]] std::string_view value(const std::string& name) const {
        const auto found = std::ranges::find(reason_.parameters, name, &Reason::Parameter::first);
        return found == reason_.parameters.end() ? std::string_view() : std::string_view(found->second);
    }

    const Reason& reason_;
    Language language_;
};

Message Message::parse(std::string_view pattern) {
    Message message;
    message.pattern_ = pattern;
    message.pieces_ = Parser(pattern).run();
    return message;
}

std::string Message::fill(const Reason& reason, Language language) const {
    Filler filler(reason, language);
    filler.fill(pieces_);
    return std::move(filler.text);
}

std::string Message::general() const {
    std::string text;
    generalise(pieces_, text);
    return text;
}

void Message::generalise(const std::vector<Piece>& pieces, std::string& text) {
    bool in_brackets = false; // that are to go
    for (auto piece = pieces.begin(); piece != pieces.end(); ++piece) {
        std::string_view next = piece + 1 == pieces.end() ? std::string_view() : std::string_view(piece[1].text);
        switch (piece->kind) {
        case Piece::Kind::text:
            text += std::string_view(piece->text).substr(std::exchange(in_brackets, false) ? 1 : 0);
            break;
        case Piece::Kind::parameter:
        case Piece::Kind::number:
            in_brackets = text.ends_with(" (") && next.starts_with(")") && piece[1].kind == Piece::Kind::text;
            if (in_brackets)
                text.erase(text.size() - 2);
            else
                text += "…";
            break;
        case Piece::Kind::plural:
            generalise(piece->other, text);
            break;
        }
    }
}

std::set<std::string> Message::parameters() const {
    std::set<std::string> names;
    collect(pieces_, names);
    return names;
}

void Message::collect(const std::vector<Piece>& pieces, std::set<std::string>& names) {
    for (const Piece& piece : pieces) {
        if (piece.kind != Piece::Kind::text) names.insert(piece.text);
        collect(piece.one, names);
        collect(piece.other, names);
    }
}

} // namespace passerelle::report
