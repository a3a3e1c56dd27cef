// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/journal/row_words.hpp"
#include "daemon/report/names.hpp"
#include "daemon/report/view.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

/// The keys are those of docs/report-format.md.
namespace passerelle::report {
namespace {

using Json = nlohmann::ordered_json; // keys in the order a person reads them

constexpr std::size_t kDateLength = std::string_view("2026-03-14").size();

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace); // a name may be no UTF-8
}

Json json_of(const Reason& reason, Language language) {
    const auto& catalogue = Catalogue::instance();
    Json parameters = Json::object();
    for (const auto& [name, value] : reason.parameters)
        parameters[name] = value;
    return {{"code", reason.code},
            {"severity", to_string(catalogue.severity(reason.code))},
            {"text", catalogue.text(reason, language)},
            {"advice", catalogue.advice(reason, language)},
            {"parameters", parameters}};
}

Json json_of(const std::vector<Reason>& reasons, Language language) {
    Json list = Json::array();
    for (const auto& reason : reasons)
        list.push_back(json_of(reason, language));
    return list;
}

Json json_of(const Tally& tally) {
    return {{"items", tally.items()}, {"files", tally.files}, {"folders", tally.folders}, {"bytes", tally.bytes}};
}

Json json_of(const Sums& sums) {
    Json json{{"seen", json_of(sums.seen())}};
    for (const auto outcome : kOutcomes)
        json[std::string(to_string(outcome))] = json_of(sums.of(outcome));
    return json;
}

Json json_of_job(const View& view) {
    const auto& job = view.job;
    return {{"id", job.id.value},
            {"export", {{"name", job.export_name}, {"kind", to_string(job.export_kind)}, {"paths", job.export_paths}}},
            {"server", job.key.server_url},
            {"user", job.key.user_id},
            {"destination", job.key.destination},
            {"choices", choices_in_words(job.key.choices, view.language)},
            {"phase", to_string(job.phase)},
            {"created_at", iso_time(job.created_at)},
            {"updated_at", iso_time(job.updated_at)},
            {"stopped_by", job.stopped_by ? json_of(*job.stopped_by, view.language) : Json()},
            {"problems", json_of(job.problems, view.language)}};
}

Json json_of_statement(const Digest& digest) {
    Json json = json_of(digest.all);
    json["retryable"] = digest.retryable;
    json["attention"] = digest.attention;
    json["arrived_bytes"] = digest.arrived_bytes;
    return json;
}

Json json_of_reasons(const View& view) {
    const auto& catalogue = Catalogue::instance();
    std::vector<std::pair<std::string, std::uint64_t>> counts(view.digest.reasons.begin(), view.digest.reasons.end());
    std::ranges::stable_sort(counts, std::ranges::greater(), &std::pair<std::string, std::uint64_t>::second);
    Json list = Json::array();
    for (const auto& [code, items] : counts)
        list.push_back({{"code", code},
                        {"severity", to_string(catalogue.severity(code))},
                        {"items", items},
                        {"text", catalogue.general_text(code, view.language)},
                        {"advice", catalogue.general_advice(code, view.language)}});
    return list;
}

Json json_of_arrived(const journal::Item& item) {
    Json list = Json::array();
    for (const auto& upload : item.uploads) {
        if (upload.state != journal::UploadState::arrived) continue;
        list.push_back({{"role", journal::to_string(upload.role)},
                        {"path", upload.target},
                        {"bytes", upload.size},
                        {"sha256", upload.sha256},
                        {"verified_by", upload.verified_by}});
    }
    return list;
}

Json json_of(const journal::ShareLine& line, Language language) {
    return {{"path", line.path},
            {"with", journal::to_string(line.with)},
            {"recipient", line.recipient},
            {"shown", line.shown()},
            {"permissions", line.permissions},
            {"download", line.may_download},
            {"expires", line.expires ? Json(iso_time(*line.expires).substr(0, kDateLength)) : Json()},
            {"note", line.note},
            {"state", journal::to_string(line.state)},
            {"share_id", line.share_id},
            {"reasons", json_of(line.reasons, language)}};
}

Json json_of(const journal::TeamChange& change, Language language) {
    return {{"folder", change.folder},
            {"folder_id", change.folder_id},
            {"act", journal::to_string(change.act)},
            {"subject", change.subject},
            {"path", change.path},
            {"permissions", change.permissions},
            {"state", journal::to_string(change.state)},
            {"reasons", json_of(change.reasons, language)}};
}

Json json_of(const journal::Item& item, Language language) {
    return {{"id", item.id.value},
            {"source", item.source_path},
            {"kind", to_string(item.kind)},
            {"product", to_string(item.product)},
            {"action", to_string(item.action)},
            {"state", to_string(item.state)},
            {"bytes", item.size},
            {"modified", item.modified ? Json(iso_time(*item.modified)) : Json()},
            {"target", place_of(item)},
            {"original_target", original_place_of(item)},
            {"arrived", json_of_arrived(item)},
            {"verdict", item.verdict ? Json(to_string(*item.verdict)) : Json()},
            {"attention", needs_attention(item)},
            {"retryable", item.state == ItemState::failed && item.retryable},
            {"reasons", json_of(item.reasons, language)}};
}

void write_member(std::ostream& out, std::string_view key, const Json& value) {
    out << '"' << key << "\": " << dump(value) << ",\n";
}

void write_folders(const View& view, std::ostream& out) {
    out << "\"folders\": [";
    const char* separator = "\n";
    for (const auto& [path, sums] : view.digest.folders) {
        Json folder{{"path", path}};
        folder.update(json_of(sums));
        out << separator << dump(folder);
        separator = ",\n";
    }
    out << "\n],\n";
}

} // namespace

Result<void> write_json(const View& view, std::ostream& out) {
    const auto& digest = view.digest;
    out << "{\n";
    write_member(out, "format", "passerelle-report");
    write_member(out, "version", 1);
    write_member(out, "language", to_string(view.language));
    write_member(out, "written_at", iso_time(view.written_at));
    write_member(out, "job", json_of_job(view));
    write_member(out, "statement", json_of_statement(digest));
    write_member(out, "documents", {{"faithful", digest.faithful}, {"check", digest.check}, {"kept", digest.kept}});
    write_member(out, "reasons", json_of_reasons(view));
    write_folders(view, out);
    auto shares = view.journal.shares(view.job.id);
    if (!shares) return failure(shares);
    Json share_list = Json::array();
    for (const auto& line : *shares)
        share_list.push_back(json_of(line, view.language));
    write_member(out, "shares", share_list);
    auto changes = view.journal.team_changes(view.job.id);
    if (!changes) return failure(changes);
    Json change_list = Json::array();
    for (const auto& change : *changes)
        change_list.push_back(json_of(change, view.language));
    write_member(out, "team_folders", change_list);
    out << "\"items\": [";
    const char* separator = "\n";
    auto walked = for_each_item(view.journal, view.job.id, [&](const journal::Item& item) {
        out << separator << dump(json_of(item, view.language));
        separator = ",\n";
        return out.good();
    });
    if (!walked) return failure(walked);
    out << "\n]\n}\n";
    return {};
}

} // namespace passerelle::report
