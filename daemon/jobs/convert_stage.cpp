// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/jobs/convert_stage.hpp"

#include "core/hash.hpp"
#include "core/reason_codes.hpp"
#include "daemon/convert/only_faithful.hpp"
#include "daemon/plan/conversions.hpp"

#include <fmt/format.h>

namespace passerelle::jobs {
namespace {

constexpr unsigned kNamesBeside = 20;

Reason earlier_form(const std::string& path) {
    return Reason(codes::delta_earlier_form_left, {{"path", path}});
}

} // namespace

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
    if (verdict->kind != VerdictKind::kept && !plan::is_chosen(verdict->format, choice_))
        *verdict = {.kind = VerdictKind::kept, .reasons = {Reason(codes::convert_not_chosen)}};
    if (choice_.only_faithful) *verdict = convert::keep_unless_faithful(std::move(*verdict), output);
    if (verdict->kind == VerdictKind::kept)
        keep(document, *verdict);
    else
        hand_on(document, *verdict, output);
}

void ConvertStage::keep(Unconverted& document, const convert::Verdict& verdict) {
    const auto& item = document.work->item;
    auto reasons = verdict.reasons;
    if (item.replaces.contains(item.target)) reasons.push_back(earlier_form(item.target));
    if (!state_.record(journal::Kept{item.id, std::move(reasons)})) return;
    auto content = std::make_shared<FileContent>(document.input, document.size);
    out_.push(packing_.pack(document.work, journal::Role::main, item.kept_target, std::move(content), document.sha256),
              state_.stop());
}

/// The planned target with another format's extension, then with " (2)" and so on.
std::vector<std::string> ConvertStage::targets_of_format(const std::string& planned, const std::string& format) const {
    const auto stem = planned.substr(0, planned.rfind('.') + 1) + format;
    const auto name = stem.rfind('/') + 1; // 0 where there is no folder
    std::vector<std::string> targets{stem};
    for (unsigned number = 2; number <= kNamesBeside; ++number)
        targets.push_back(stem.substr(0, name) + names_.numbered(stem.substr(name), number, false));
    return targets;
}

/// The content's format is not that of the name: the ledger has given the result a place of its own, which no item was
/// promised. On the server nothing is overwritten anyway.
bool ConvertStage::named_by_content(const journal::Converted& converted, std::string& target) {
    const auto line = state_.line(converted.item);
    if (!line) return false;
    target = line->target;
    const Reason reason(codes::convert_by_content, {{"after", std::filesystem::path(target).filename().string()}});
    return state_.record(journal::Noted{converted.item, reason});
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
    journal::Converted transition{.item = item.id,
                                  .verdict = verdict.kind,
                                  .reasons = verdict.reasons,
                                  .scratch_file = output.filename().string(),
                                  .size = converted->size(),
                                  .sha256 = *digest,
                                  .with_original = with_original};
    if (item.replaces.contains(item.kept_target) && item.kept_target != item.original_target)
        transition.reasons.push_back(earlier_form(item.kept_target));
    const bool as_planned = item.target.ends_with("." + verdict.format);
    if (!as_planned) transition.other_targets = targets_of_format(item.target, verdict.format);
    if (!state_.record(transition)) return;
    std::string target = item.target;
    if (!as_planned && !named_by_content(transition, target)) return;

    document.work->scratch_files.push_back(output);
    // An original that an earlier run brought there, before the converted bytes were lost, does not travel again.
    const bool send_original = with_original && !item.has_arrived(journal::Role::original);
    document.work->files_left = send_original ? 2 : 1;
    out_.push(packing_.pack(document.work, journal::Role::main, target, std::move(converted), *digest), state_.stop());
    if (!send_original) return;
    auto original = std::make_shared<FileContent>(document.input, document.size);
    out_.push(packing_.pack(document.work, journal::Role::original, item.original_target, std::move(original),
                            document.sha256),
              state_.stop());
}

} // namespace passerelle::jobs
