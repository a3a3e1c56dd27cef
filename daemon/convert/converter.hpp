// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/reason.hpp"
#include "core/result.hpp"
#include "core/words.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace passerelle::convert {

/// A document to be converted. `input` is a private copy of its bytes; `output` is where the result is to stand.
struct Document {
    std::filesystem::path input;
    std::filesystem::path output;
    std::string name; ///< as the person knows it
};

/// What became of it. With VerdictKind::kept nothing stands at `output`, and the reasons say why.
struct Verdict {
    VerdictKind kind = VerdictKind::kept;
    std::vector<Reason> reasons;
    /// What stands at `output`: "odt", "ods" or "odp", by what the document is, whatever its name says.
    std::string format;
    std::chrono::milliseconds took{};
    /// How the workers ended that the document took with it, at most two: "signal 11", "status 1", "timeout",
    /// "out of memory". A document that killed one and was converted by the next has one here.
    std::vector<std::string> lost_workers{};
};

/// How workers ended so far.
struct PoolStatistics {
    std::uint64_t converted = 0;
    std::uint64_t kept = 0;
    std::uint64_t repeated = 0; ///< of both: the same bytes as an earlier document, and not converted again
    std::uint64_t crashed = 0;
    std::map<std::string, std::uint64_t> crashes; ///< those that crashed, by how: "signal 11", "status 1"
    std::uint64_t timed_out = 0;
    std::uint64_t out_of_memory = 0;
    std::uint64_t failed_starts = 0; ///< before the first document
    std::uint64_t replaced = 0;      ///< cleanly, after their number of documents or above their memory bound
    /// Of the workers: "namespace" (nothing can be reached), "seccomp" (only local sockets can be opened) or "shared";
    /// empty before the first.
    std::string network;
};

/// "2 crashed (signal 11: 2), 0 timed out, 1 out of memory, 0 not started, 3 replaced", for a log.
[[nodiscard]] std::string describe_ends(const PoolStatistics& statistics);

struct PoolOptions {
    std::filesystem::path worker;      ///< the executable passerelle-convert
    std::filesystem::path libreoffice; ///< LibreOffice's program folder; empty: where Debian has it
    std::filesystem::path scratch;     ///< private folder for profiles; made and removed by the pool
    std::size_t workers = 2;
    std::size_t documents_per_worker = 200;
    std::uint64_t worker_memory_bytes = 1500ull * 1024 * 1024;
    std::chrono::milliseconds timeout{120'000}; ///< for one document, waiting for a free worker not counted
    std::string language = "fr-FR"; ///< rules what a document leaves open, such as the order of a short date
};

/// Converts documents to OpenDocument in processes that may die. Internally locked: convert() may be called from as
/// many threads as there are workers.
class Converter {
  public:
    virtual ~Converter() = default;

    /// Never fails because of the document: that is a Verdict. Errors: `convert.unavailable` (job; LibreOffice or the
    /// worker is missing), `file.unreadable`, `disk.full`, `job.stopped`.
    [[nodiscard]] virtual Result<Verdict> convert(const Document& document, std::stop_token stop) = 0;
    [[nodiscard]] virtual PoolStatistics statistics() const = 0;
};

/// Workers start with the first document, and end with the converter.
[[nodiscard]] std::unique_ptr<Converter> make_converter_pool(PoolOptions options);

/// What can be told from a document's bytes before LibreOffice sees it.
struct Inspection {
    std::string format;            ///< what it really is: "docx", "xls", …; empty: no office document
    std::vector<Reason> obstacles; ///< why it must not be converted: `convert.encrypted`, `convert.macros`,
                                   ///< `convert.signed`, `convert.not_a_document`
};
[[nodiscard]] Result<Inspection> inspect(const std::filesystem::path& file, const std::string& name);

} // namespace passerelle::convert
