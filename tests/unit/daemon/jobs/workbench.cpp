// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/daemon/jobs/workbench.hpp"

#include "core/hash.hpp"
#include "core/reason_codes.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>

namespace passerelle::jobs {
namespace {

/// Content that is found to be damaged at its end, as an archive entry with a wrong CRC.
class DamagedContent final : public Content {
  public:
    [[nodiscard]] std::uint64_t size() const override { return 10; }
    [[nodiscard]] Result<std::unique_ptr<ByteReader>> open() const override { return std::make_unique<Reader>(); }

  private:
    class Reader final : public ByteReader {
      public:
        Result<std::size_t> read(std::span<std::byte>) override {
            return Error(ErrorKind::item, codes::source_bytes_differ, "");
        }
    };
};

std::string read_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

sources::Item& MemorySource::add_folder(const std::string& path) {
    sources::Item item;
    item.path = path;
    item.kind = ItemKind::folder;
    return inventory_.items.emplace_back(std::move(item));
}

sources::Item& MemorySource::add_file(const std::string& path, const std::string& bytes) {
    bytes_[path] = bytes;
    sources::Item item;
    item.path = path;
    item.size = bytes.size();
    item.crc32 = crc32_update(0, std::as_bytes(std::span(bytes)));
    item.modified = from_epoch(1'600'000'000 + static_cast<std::int64_t>(inventory_.items.size()));
    item.locator = {0, static_cast<std::int64_t>(inventory_.items.size())};
    return inventory_.items.emplace_back(std::move(item));
}

void MemorySource::change(const std::string& path, const std::string& bytes) {
    bytes_[path] = bytes;
    for (auto& item : inventory_.items) {
        if (item.path != path) continue;
        item.size = bytes.size();
        item.crc32 = crc32_update(0, std::as_bytes(std::span(bytes)));
    }
}

Result<std::shared_ptr<const Content>> MemorySource::content(const sources::Item& item) const {
    if (item.path == damaged_) return std::make_shared<DamagedContent>();
    return std::make_shared<MemoryContent>(bytes_.at(item.path));
}

Result<convert::Verdict> PlainConverter::convert(const convert::Document& document, std::stop_token) {
    ++conversions;
    const auto bytes = read_file(document.input);
    convert::Verdict verdict;
    verdict.format = document.output.extension().string().substr(1);
    if (bytes.find("table") != std::string::npos) verdict.format = "ods";
    if (bytes.find("secret") != std::string::npos) {
        verdict.reasons = {Reason(codes::convert_macros)};
        return verdict;
    }
    verdict.kind = VerdictKind::faithful;
    if (bytes.find("moved") != std::string::npos) {
        verdict.kind = VerdictKind::check;
        verdict.reasons = {Reason(codes::convert_order_differs)};
    }
    if (bytes.find("old") != std::string::npos) verdict.reasons = {Reason(codes::convert_less_certain)};
    std::ofstream(document.output, std::ios::binary) << "ODF of " << bytes;
    return verdict;
}

Result<void> FailingJournal::record(std::span<const journal::Transition> transitions) {
    if (records_left-- <= 0) return Error(ErrorKind::job, codes::journal_unavailable, "the test says so");
    return inner_.record(transitions);
}

Workbench::Workbench() {
    std::string pattern = ::testing::TempDir() + "workbench-XXXXXX";
    state_folder = ::mkdtemp(pattern.data());
    journal = journal::open_sqlite_journal(":memory:").value();
}

Workbench::~Workbench() {
    std::error_code ignored;
    std::filesystem::remove_all(state_folder, ignored);
}

void Workbench::fill() {
    source.add_folder("Comptes rendus").modified = from_epoch(1'500'000'000);
    source.add_folder("Comptes rendus/2024").modified = from_epoch(1'500'000'001);
    source.add_file("Comptes rendus/2024/janvier.docx", "ordre du jour");
    source.add_file("Comptes rendus/2024/codes.docx", "secret");
    source.add_file("Comptes rendus/2024/notes.txt", "à relire").starred = true;
    source.add_folder("Photos");
    for (int i = 0; i < 9; ++i)
        source.add_file("Photos/fête " + std::to_string(i) + ".jpg", std::string(100 + i, 'p'));
    source.add_file("Photos/affiche.png", "png").created = from_epoch(1'550'000'000);
    source.add_file("Photos/film.mov", std::string(2 * kMiB, 'm'));
    source.add_folder("Vide").modified = from_epoch(1'400'000'000);
}

Tools Workbench::tools(journal::Journal& with) {
    return {with, source, server, converter, state_folder, 2, 1, 4 * kMiB};
}

Result<journal::Statement> Workbench::migrate() {
    auto preparation = prepare();
    if (!preparation) return failure(preparation);
    return run(preparation->job, tools(), progress, {});
}

journal::Item Workbench::line(const std::string& source_path) {
    const auto newest = journal->jobs().value().at(0).id;
    for (auto& item : ledger(newest))
        if (item.source_path == source_path) return item;
    throw std::out_of_range(source_path);
}

} // namespace passerelle::jobs
