// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sample_job.hpp"

#include "core/reason_codes.hpp"

#include <fmt/format.h>
#include <sstream>
#include <stdexcept>

namespace passerelle::report {
namespace {

using journal::Item;
using journal::NewItem;
using journal::Role;

constexpr const char* kChoices =
    R"({"convert":{"presentations":false,"spreadsheets":true,"text":true},"destination":"Association",)"
    R"("exclude":["*.tmp"],"include":[],"language":"fr","originals":"folder"})";

template <class T> T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().code);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// Leads items through the journal as a migration does.
class Builder {
  public:
    explicit Builder(std::vector<Reason> problems = {}) : journal_(must(journal::open_sqlite_journal(":memory:"))) {
        journal::NewJob job;
        job.key = {"fingerprint", "https://nuage.example", "alice", "Association", kChoices};
        job.export_kind = ExportKind::takeout;
        job.export_name = "takeout-20260314";
        job.export_paths = {"/exports/takeout-20260314-001.zip", "/exports/takeout-20260314-002.zip"};
        job.problems = std::move(problems);
        job_ = must(journal_->create_job(job));
    }

    ItemId plan(const std::string& path, std::uint64_t size, std::vector<Reason> reasons = {}) {
        NewItem item;
        item.source_path = path;
        item.size = size;
        item.target = "Association/" + path;
        item.modified = from_epoch(1'700'000'000);
        item.reasons = std::move(reasons);
        return add(item);
    }
    ItemId plan_document(const std::string& stem, const std::string& before, const std::string& after) {
        NewItem item;
        item.source_path = stem + before;
        item.size = 48'000;
        item.action = Action::convert;
        item.target = "Association/" + stem + after;
        item.kept_target = "Association/" + stem + before;
        item.original_target = "Association/Originaux/" + stem + before;
        return add(item);
    }
    void skip(const std::string& path, ItemKind kind, const Reason& reason) {
        NewItem item;
        item.source_path = path;
        item.kind = kind;
        item.size = 163;
        item.action = Action::skip;
        item.state = ItemState::skipped;
        item.reasons = {reason};
        add(item);
    }
    void folder(const std::string& path) {
        NewItem item;
        item.source_path = path;
        item.kind = ItemKind::folder;
        item.target = "Association/" + path;
        const auto id = add(item);
        record(journal::FolderMade{id});
        record(journal::Done{id});
    }
    void arrive(ItemId id, Role role, const std::string& target, std::uint64_t size) {
        record(journal::Sending{
            .item = id, .role = role, .target = target, .size = size, .sha256 = fmt::format("{:064x}", id.value)});
        record(journal::Arrived{.item = id, .role = role, .verified_by = role == Role::main ? "sha256" : "md5"});
    }
    void file(const std::string& path, std::uint64_t size, std::vector<Reason> reasons = {}) {
        const auto id = plan(path, size, std::move(reasons));
        arrive(id, Role::main, "Association/" + path, size);
        record(journal::Done{id});
    }
    void document(const std::string& stem, const std::string& before, const std::string& after, VerdictKind verdict,
                  std::vector<Reason> reasons = {}) {
        const auto id = plan_document(stem, before, after);
        record(journal::Converted{
            .item = id, .verdict = verdict, .reasons = std::move(reasons), .scratch_file = "1", .size = 39'000});
        arrive(id, Role::main, "Association/" + stem + after, 39'000);
        arrive(id, Role::original, "Association/Originaux/" + stem + before, 48'000);
        record(journal::Done{id});
    }
    void fail(ItemId id, const Reason& reason, bool retryable) {
        record(journal::Failed{.item = id, .reason = reason, .retryable = retryable});
    }
    void record(const journal::Transition& transition) { must(journal_->record(transition)); }
    void record(const std::vector<journal::Transition>& transitions) { must(journal_->record(transitions)); }
    void add(const std::vector<NewItem>& items) { must(journal_->add_items(job_, items)); }

    SampleJob finish(JobPhase phase, const std::optional<Reason>& stopped_by = std::nullopt) && {
        must(journal_->set_phase(job_, phase, stopped_by));
        return {std::move(journal_), job_};
    }

  private:
    ItemId add(const NewItem& item) {
        must(journal_->add_items(job_, std::span(&item, 1)));
        return ItemId{++last_};
    }

    std::unique_ptr<journal::Journal> journal_;
    JobId job_;
    std::int64_t last_ = 0; // the journal is new and counts from 1
};

void add_what_arrives(Builder& builder) {
    builder.folder("Comptabilité");
    builder.folder("Comptabilité/2025");
    builder.folder("Comptabilité/2025/Reçus");
    builder.document("Comptabilité/2025/Compte de résultat", ".docx", ".odt", VerdictKind::faithful);
    builder.file("Comptabilité/2025/Reçus/Loyer de mars.pdf", 212'340);
    builder.file("Affiche de la fête.png", 4'812'000);
    builder.folder("Assemblées");
    builder.file("Assemblées/Compte rendu.pdf", 96'120);
}

void add_names(Builder& builder) {
    for (const auto* name : {kMarkupName, kFormulaName, kTurningName, kControlName, kBrokenName})
        builder.file("Divers/" + std::string(name), 10);
    builder.file("Divers/Statuts.pdf", 33'000,
                 {Reason(codes::target_exists_beside, {{"before", "Statuts.pdf"}, {"after", "Statuts (2).pdf"}})});
}

void add_what_asks_for_attention(Builder& builder) {
    builder.document("Comptabilité/2025/Budget prévisionnel", ".xlsx", ".ods", VerdictKind::check,
                     {Reason(codes::convert_cell_values_differ, {{"sheet", "Recettes"}, {"count", "3"}}),
                      Reason(codes::convert_cell_values_differ, {{"sheet", "Dépenses"}, {"count", "1"}})});
    builder.skip("Assemblées/Ordre du jour.gdoc", ItemKind::stub,
                 Reason(codes::source_no_content, {{"link", "https://docs.google.com/document/d/1aB"}}));
    builder.skip("Assemblées/Adhésions.gsheet", ItemKind::stub,
                 Reason(codes::source_no_content, {{"link", "https://docs.google.com/spreadsheets/d/2cD"}}));
    builder.fail(builder.plan("Assemblées/Film de 2019.mp4", 734'003'200), Reason(codes::server_locked), true);
    builder.fail(builder.plan("Comptabilité/Archives.zip", 88'000'000), Reason(codes::source_bytes_differ), false);
}

void add_what_is_left_out(Builder& builder) {
    builder.skip("Affiche de la fête.png-info.json", ItemKind::file,
                 Reason(codes::source_sidecar_used, {{"file", "Affiche de la fête.png"}}));
    builder.skip("Divers/raccourci", ItemKind::entry, Reason(codes::source_link, {{"target", "../ailleurs"}}));
    builder.document("Divers/Ancien courrier", ".doc", ".odt", VerdictKind::check,
                     {Reason(codes::convert_not_compared)});
    const auto kept = builder.plan_document("Divers/Modèle de lettre", ".doc", ".odt");
    builder.record(journal::Kept{.item = kept, .reasons = {Reason(codes::convert_encrypted)}});
    builder.arrive(kept, Role::main, "Association/Divers/Modèle de lettre.doc", 48'000);
    builder.record(journal::Done{kept});
}

} // namespace

std::string SampleJob::report(Format format, Language language) const {
    std::ostringstream out;
    must(write_report(*journal, id, format, language, out));
    return out.str();
}

journal::Job SampleJob::job() const {
    return must(journal->job(id)).value();
}

SampleJob make_sample(Ending ending) {
    const Reason gap(codes::export_part_missing, {{"numbers", "3"}});
    Builder builder(ending == Ending::all_well ? std::vector<Reason>() : std::vector{gap});
    add_what_arrives(builder);
    if (ending == Ending::all_well || ending == Ending::incomplete)
        return std::move(builder).finish(JobPhase::finished);
    add_names(builder);
    add_what_asks_for_attention(builder);
    add_what_is_left_out(builder);
    if (ending == Ending::finished) return std::move(builder).finish(JobPhase::finished);
    builder.plan("Photos/Sortie.jpg", 3'100'000);
    builder.plan_document("Photos/Légendes", ".docx", ".odt");
    return std::move(builder).finish(JobPhase::stopped, Reason(codes::server_quota_exceeded, {{"missing", "120"}}));
}

SampleJob make_large_sample(std::size_t files) {
    Builder builder;
    std::vector<NewItem> items(files);
    std::vector<journal::Transition> transitions;
    for (std::size_t index = 0; index < files; ++index) {
        auto& item = items[index];
        item.source_path = fmt::format("Dossier {}/Fichier {}.txt", index % 40, index);
        item.target = item.source_path;
        item.size = index;
        const ItemId id{static_cast<std::int64_t>(index + 1)};
        transitions.emplace_back(journal::Sending{
            .item = id, .target = item.target, .size = item.size, .sha256 = fmt::format("{:064x}", index)});
        transitions.emplace_back(journal::Arrived{.item = id, .verified_by = "sha256"});
        transitions.emplace_back(journal::Done{id});
    }
    builder.add(items);
    builder.record(transitions);
    return std::move(builder).finish(JobPhase::finished);
}

} // namespace passerelle::report
