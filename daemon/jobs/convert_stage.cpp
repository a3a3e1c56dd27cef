// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/convert_stage.hpp"

#include "core/hash.hpp"
#include "core/reason_codes.hpp"
#include "daemon/convert/only_faithful.hpp"

#include <fmt/format.h>

namespace passerelle::jobs {

void ConvertStage::run() {
    while (auto document = in_.pop(state_.stop())) {
        state_.progress().doing(Activity::converting, document->work->item.source_path);
        convert(std::move(*document));
    }
}

void ConvertStage::convert(Unconverted document) {
    const auto& item = document.work->item;
    const std::filesystem::path target(item.target);
    const std::string format = target.extension().string().substr(1); // the plan's target ends in .odt, .ods or .odp
    const auto output = folder_.scratch() / fmt::format("{}.{}", item.id.value, format);
    auto verdict = converter_.convert({.input = document.input,
                                       .output = output,
                                       .name = std::filesystem::path(item.kept_target).filename().string()},
                                      state_.stop());
    if (!verdict) return state_.failed(*document.work, verdict.error());
    // The plan has promised the name of another format, and may have given the right one to another item.
    if (verdict->kind != VerdictKind::kept && verdict->format != format)
        *verdict = {.kind = VerdictKind::kept,
                    .reasons = {Reason(codes::convert_other_kind, {{"actual", verdict->format}})}};
    if (only_faithful_) *verdict = convert::keep_unless_faithful(std::move(*verdict), output);
    if (verdict->kind == VerdictKind::kept)
        keep(document, *verdict);
    else
        hand_on(document, *verdict, output);
}

void ConvertStage::keep(Unconverted& document, const convert::Verdict& verdict) {
    const auto& item = document.work->item;
    if (!state_.record(journal::Kept{item.id, verdict.reasons})) return;
    auto content = std::make_shared<FileContent>(document.input, document.size);
    out_.push(packing_.pack(document.work, journal::Role::main, item.kept_target, std::move(content), document.sha256),
              state_.stop());
}

void ConvertStage::hand_on(Unconverted& document, const convert::Verdict& verdict,
                           const std::filesystem::path& output) {
    const auto& item = document.work->item;
    std::error_code failed;
    const auto size = std::filesystem::file_size(output, failed);
    auto converted = std::make_shared<FileContent>(output, failed ? 0 : size);
    auto digest = sha256_of(*converted, state_.stop());
    if (!digest) return state_.failed(*document.work, digest.error());

    const bool with_original = originals_ != Originals::discard || !convert::is_surely_faithful(verdict);
    if (!state_.record(journal::Converted{.item = item.id,
                                          .verdict = verdict.kind,
                                          .reasons = verdict.reasons,
                                          .scratch_file = output.filename().string(),
                                          .size = converted->size(),
                                          .sha256 = *digest,
                                          .with_original = with_original}))
        return;

    document.work->scratch_files.push_back(output);
    // An original that an earlier run brought there, before the converted bytes were lost, does not travel again.
    const bool send_original = with_original && !item.has_arrived(journal::Role::original);
    document.work->files_left = send_original ? 2 : 1;
    out_.push(packing_.pack(document.work, journal::Role::main, item.target, std::move(converted), *digest),
              state_.stop());
    if (!send_original) return;
    auto original = std::make_shared<FileContent>(document.input, document.size);
    out_.push(packing_.pack(document.work, journal::Role::original, item.original_target, std::move(original),
                            document.sha256),
              state_.stop());
}

} // namespace passerelle::jobs
