// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/report.hpp"

#include "core/reason_codes.hpp"
#include "daemon/report/view.hpp"

#include <ostream>

namespace passerelle::report {
namespace {

constexpr Format kFormats[] = {Format::json, Format::csv, Format::html, Format::ods};

Result<void> write(const View& view, Format format, std::ostream& out) {
    switch (format) {
    case Format::json:
        return write_json(view, out);
    case Format::csv:
        return write_csv(view, out);
    case Format::html:
        return write_html(view, out);
    case Format::ods:
        return write_ods(view, out);
    }
    return {};
}

} // namespace

std::string_view to_string(Format format) {
    switch (format) {
    case Format::json:
        return "json";
    case Format::csv:
        return "csv";
    case Format::html:
        return "html";
    case Format::ods:
        return "ods";
    }
    return "json";
}

Result<void> write_report(journal::Journal& journal, JobId id, Format format, Language language, std::ostream& out) {
    auto job = journal.job(id);
    if (!job) return failure(job);
    if (!*job) {
        const auto number = std::to_string(id.value);
        return Error(ErrorKind::permanent, codes::job_unknown, "no job " + number, {{"job", number}});
    }
    auto digest = digest_of(journal, id);
    if (!digest) return failure(digest);
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const View view{.journal = journal, .job = **job, .digest = *digest, .language = language, .written_at = now};
    auto written = write(view, format, out);
    if (!written) return failure(written);
    if (!out.flush()) return Error(ErrorKind::permanent, codes::file_unwritable, "the report's stream failed");
    return {};
}

} // namespace passerelle::report

namespace passerelle {

template <> std::optional<report::Format> from_string<report::Format>(std::string_view text) {
    for (const auto format : report::kFormats)
        if (text == report::to_string(format)) return format;
    return std::nullopt;
}

} // namespace passerelle
