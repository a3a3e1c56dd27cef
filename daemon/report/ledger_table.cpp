// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/ledger_table.hpp"

#include "daemon/report/facts.hpp"
#include "daemon/report/names.hpp"

namespace passerelle::report {
namespace {

std::string joined(const std::vector<Reason>& reasons, const auto& text_of) {
    std::string all;
    for (const auto& reason : reasons) {
        const std::string text = text_of(reason);
        if (!all.empty() && !text.empty()) all += ' ';
        all += text;
    }
    return all;
}

std::string sha256_of(const journal::Item& item, journal::Role role) {
    return item.has_arrived(role) ? item.upload(role)->sha256 : std::string();
}

std::string verified_by(const journal::Item& item) {
    std::string words;
    for (const auto& upload : item.uploads) {
        if (upload.state != journal::UploadState::arrived || words.find(upload.verified_by) != std::string::npos)
            continue;
        if (!words.empty()) words += ' ';
        words += upload.verified_by;
    }
    return words;
}

} // namespace

std::array<LedgerCell, kLedgerColumns.size()> ledger_cells(const journal::Item& item, Language language) {
    const auto& catalogue = Catalogue::instance();
    const auto yes_or_no = [&](bool yes) {
        return std::string((yes ? Phrase{"oui", "yes"} : Phrase{"non", "no"}).in(language));
    };
    const auto word = [&](const auto& value) { return std::string(name_of(value, language)); };
    return {LedgerPath{item.source_path},
            word(item.kind),
            word(item.product),
            word(item.action),
            word(item.state),
            item.size,
            item.modified ? LedgerCell(*item.modified) : LedgerCell(),
            LedgerPath{place_of(item)},
            LedgerPath{original_place_of(item)},
            sha256_of(item, journal::Role::main),
            sha256_of(item, journal::Role::original),
            verified_by(item),
            item.verdict ? word(*item.verdict) : std::string(),
            yes_or_no(needs_attention(item)),
            yes_or_no(item.state == ItemState::failed && item.retryable),
            joined(item.reasons, [&](const Reason& reason) { return catalogue.text(reason, language); }),
            joined(item.reasons, [&](const Reason& reason) { return catalogue.advice(reason, language); }),
            joined(item.reasons, [&](const Reason& reason) { return reason.code; })};
}

} // namespace passerelle::report
