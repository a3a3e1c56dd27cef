// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/api/query.hpp"
#include "daemon/api/routes.hpp"
#include "daemon/api/scratch_file.hpp"

#include <array>
#include <fmt/format.h>

namespace passerelle::api {
namespace {

struct Form {
    std::string_view word;
    std::string_view type;
};

/// What a browser is to take each form for.
constexpr std::array kForms{Form{"json", "application/json"}, Form{"csv", "text/csv; charset=utf-8"},
                            Form{"html", "text/html; charset=utf-8"},
                            Form{"ods", "application/vnd.oasis.opendocument.spreadsheet"}};

Result<Form> form_of(const Call& call) {
    Mistake mistake;
    QueryReader query(call.query, mistake);
    auto word = query.text("format", 10);
    if (word.empty()) word = "html";
    query.close();
    Form wanted;
    for (const auto& form : kForms)
        if (form.word == word && from_string<report::Format>(word)) wanted = form;
    if (wanted.word.empty()) mistake.set(bad_field("format", "json, csv, html, ods"));
    return mistake.or_value(wanted);
}

} // namespace

Result<Answer> report_of_job(const Call& call, const Bench& bench) {
    auto form = form_of(call);
    if (!form) return failure(form);
    auto file = ScratchFile::make(bench.scratch_dir);
    if (!file) return failure(file);
    auto written =
        bench.services.desk.report(call.caller, call.job, std::string(form->word), call.language, file->stream());
    if (!written) return failure(written);
    auto descriptor = file->finish();
    if (!descriptor) return failure(descriptor);
    Answer answer{.type = std::string(form->type), .file = std::move(*descriptor)};
    answer.headers.emplace_back("Content-Disposition",
                                fmt::format("attachment; filename=\"passerelle-{}.{}\"", call.job.value, form->word));
    return answer;
}

} // namespace passerelle::api
