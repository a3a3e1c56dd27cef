// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/names.hpp"
#include "daemon/report/safe_text.hpp"
#include "daemon/report/view.hpp"

#include <ostream>

/// The columns are those of docs/report-format.md.
namespace passerelle::report {
namespace {

constexpr std::string_view kByteOrderMark = "\ufeff"; // without it Excel reads the accents as Windows-1252

constexpr Phrase kColumns[] = {{"Chemin dans l'export", "Path in the export"},
                               {"Nature", "Kind"},
                               {"Produit", "Product"},
                               {"Prévu", "Planned"},
                               {"État", "State"},
                               {"Taille (octets)", "Size (bytes)"},
                               {"Destination dans Nextcloud", "Destination in Nextcloud"},
                               {"Destination de l'original", "Destination of the original"},
                               {"SHA-256", "SHA-256"},
                               {"SHA-256 de l'original", "SHA-256 of the original"},
                               {"Vérifié par", "Verified by"},
                               {"Conversion", "Conversion"},
                               {"Demande votre attention", "Needs your attention"},
                               {"Peut être réessayé", "Can be retried"},
                               {"Explications", "Explanations"},
                               {"Que faire", "What to do"},
                               {"Codes", "Codes"}};

/// One line of the table.
class Row {
  public:
    Row(std::ostream& out, char separator) : out_(out), separator_(separator) {}
    ~Row() { out_ << "\r\n"; }
    Row(const Row&) = delete;
    Row& operator=(const Row&) = delete;

    Row& text(std::string_view value) { return cell(csv_text(value, separator_)); }
    Row& path(std::string_view value) { return cell(csv_path(value, separator_)); }
    Row& number(std::uint64_t value) { return cell(std::to_string(value)); }

  private:
    Row& cell(const std::string& ready) {
        if (!first_) out_ << separator_;
        first_ = false;
        out_ << ready;
        return *this;
    }

    std::ostream& out_;
    char separator_;
    bool first_ = true;
};

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

void write_row(std::ostream& out, char separator, const journal::Item& item, Language language) {
    const auto& catalogue = Catalogue::instance();
    const auto yes_or_no = [&](bool yes) { return (yes ? Phrase{"oui", "yes"} : Phrase{"non", "no"}).in(language); };
    Row(out, separator)
        .path(item.source_path)
        .text(name_of(item.kind, language))
        .text(name_of(item.product, language))
        .text(name_of(item.action, language))
        .text(name_of(item.state, language))
        .number(item.size)
        .path(place_of(item))
        .path(original_place_of(item))
        .text(sha256_of(item, journal::Role::main))
        .text(sha256_of(item, journal::Role::original))
        .text(verified_by(item))
        .text(item.verdict ? name_of(*item.verdict, language) : std::string_view())
        .text(yes_or_no(needs_attention(item)))
        .text(yes_or_no(item.state == ItemState::failed && item.retryable))
        .text(joined(item.reasons, [&](const Reason& reason) { return catalogue.text(reason, language); }))
        .text(joined(item.reasons, [&](const Reason& reason) { return catalogue.advice(reason, language); }))
        .text(joined(item.reasons, [&](const Reason& reason) { return reason.code; }));
}

} // namespace

Result<void> write_csv(const View& view, std::ostream& out) {
    // Spreadsheets expect the separator of the language: the comma is French for the decimal point.
    const char separator = view.language == Language::french ? ';' : ',';
    out << kByteOrderMark;
    {
        Row header(out, separator);
        for (const auto& column : kColumns)
            header.text(column.in(view.language));
    }
    return for_each_item(view.journal, view.job.id, [&](const journal::Item& item) {
        write_row(out, separator, item, view.language);
        return out.good();
    });
}

} // namespace passerelle::report
