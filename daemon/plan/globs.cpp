// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/globs.hpp"

#include "daemon/plan/unicode.hpp"

#include <algorithm>
#include <optional>

namespace passerelle::plan {

Glob::Glob(std::string_view pattern) : pattern_(pattern) {
    auto text = unicode::decoded(unicode::nfc(pattern));
    if (text.size() > 1 && text.back() == U'/') {
        folders_only_ = true;
        text.pop_back();
    }
    last_name_only_ = text.find(U'/') == std::u32string::npos;
    if (!last_name_only_ && text.front() == U'/') text.erase(0, 1);
    read(text);
}

void Glob::read(const std::u32string& text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool at_name = at == 0 || text[at - 1] == U'/';
        if (text[at] == U'*') {
            const auto end = std::min(text.find_first_not_of(U'*', at), text.size());
            const bool deep = end - at > 1;
            const bool whole_folders = deep && at_name && end < text.size() && text[end] == U'/';
            tokens_.push_back({whole_folders ? Token::Kind::folders
                               : deep        ? Token::Kind::deep_star
                                             : Token::Kind::star});
            at = whole_folders ? end : end - 1;
        } else if (text[at] == U'?') {
            tokens_.push_back({Token::Kind::any});
        } else if (Token set{Token::Kind::set}; text[at] == U'[' && read_set(text, at, set) > at) {
            at = read_set(text, at, tokens_.emplace_back(Token{Token::Kind::set}));
        } else {
            if (text[at] == U'\\' && at + 1 < text.size()) ++at;
            tokens_.push_back({Token::Kind::literal, text[at]});
        }
    }
}

/// The place of the closing bracket, or `open` where there is none and the bracket stands for itself.
std::size_t Glob::read_set(const std::u32string& text, std::size_t open, Token& token) {
    auto at = open + 1;
    token.negated = at < text.size() && (text[at] == U'!' || text[at] == U'^');
    if (token.negated) ++at;
    for (const auto first = at; at < text.size(); ++at) {
        if (text[at] == U']' && at > first) return at;
        const bool range = at + 2 < text.size() && text[at + 1] == U'-' && text[at + 2] != U']';
        token.ranges.push_back({text[at], range ? text[at + 2] : text[at]});
        if (range) at += 2;
    }
    return open;
}

bool Glob::accepts(const Token& token, char32_t point) {
    if (token.kind == Token::Kind::literal) return point == token.literal;
    if (point == U'/') return false;
    if (token.kind == Token::Kind::any) return true;
    const auto holds = [&](const Range& range) { return range.first <= point && point <= range.last; };
    return std::ranges::any_of(token.ranges, holds) != token.negated;
}

/// One comparison. Where it fails it goes on behind the last star, with one more character given to that. An earlier
/// star need never be tried again, since the later one can take whatever that would give up; only a star that may not
/// cross a slash falls back to the last one that may.
class Glob::Attempt {
  public:
    Attempt(const std::vector<Token>& tokens, std::u32string_view path) : tokens_(tokens), path_(path) {}

    bool succeeds() {
        while (token_ < tokens_.size() || at_ < path_.size())
            if (!goes_on() && !goes_back()) return false;
        return true;
    }

  private:
    struct Retry {
        std::size_t token; ///< the one behind the star
        std::size_t at;    ///< where the star's text ends
    };

    bool goes_on() {
        if (token_ == tokens_.size()) return false;
        switch (tokens_[token_].kind) {
        case Token::Kind::star:
            star_ = Retry{++token_, at_};
            return true;
        case Token::Kind::deep_star:
        case Token::Kind::folders:
            deep_ = Retry{++token_, at_};
            star_.reset();
            return true;
        case Token::Kind::literal:
        case Token::Kind::any:
        case Token::Kind::set:
            if (at_ == path_.size() || !accepts(tokens_[token_], path_[at_])) return false;
            ++token_;
            ++at_;
            return true;
        }
        return false;
    }

    bool goes_back() {
        if (star_ && star_->at < path_.size() && path_[star_->at] != U'/') {
            ++star_->at;
            return resume(*star_);
        }
        star_.reset();
        if (!deep_ || deep_->at == path_.size()) return false;
        const bool whole_folders = tokens_[deep_->token - 1].kind == Token::Kind::folders;
        const auto last = whole_folders ? path_.find(U'/', deep_->at) : deep_->at;
        if (last == std::u32string_view::npos) return false;
        deep_->at = last + 1;
        return resume(*deep_);
    }

    bool resume(const Retry& retry) {
        token_ = retry.token;
        at_ = retry.at;
        return true;
    }

    const std::vector<Token>& tokens_;
    std::u32string_view path_;
    std::size_t token_ = 0;
    std::size_t at_ = 0;
    std::optional<Retry> star_;
    std::optional<Retry> deep_;
};

bool Glob::matches(std::string_view path, bool folder) const {
    if (folders_only_ && !folder) return false;
    if (last_name_only_) path.remove_prefix(path.rfind('/') + 1); // npos + 1 is 0: the path is one name
    const auto points = unicode::decoded(unicode::nfc(path));
    return Attempt(tokens_, points).succeeds();
}

} // namespace passerelle::plan
