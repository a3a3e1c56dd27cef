// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/ids.hpp"
#include "core/reason.hpp"
#include "core/units.hpp"
#include "core/words.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The rows of the journal and what may happen to them. All are values.
namespace passerelle::journal {

/// What makes two runs the same job: the same bytes to the same place by the same choices.
struct JobKey {
    std::string export_fingerprint;
    std::string server_url;
    std::string user_id;
    std::string destination;
    std::string choices; ///< canonical text of the choices; equal texts mean equal choices
};

/// Somebody in a group of the export.
struct ExportMember {
    bool is_group = false; ///< a group in the group
    std::string email;

    friend bool operator==(const ExportMember&, const ExportMember&) = default;
};
/// A group as the export lists it, with its members.
struct ExportGroup {
    std::string name;
    std::string email; ///< empty where the export has none
    std::vector<ExportMember> members{};

    friend bool operator==(const ExportGroup&, const ExportGroup&) = default;
};

struct NewJob {
    JobKey key;
    ExportKind export_kind = ExportKind::folder;
    std::string export_name;
    std::vector<std::string> export_paths;  ///< absolute paths of what the person named
    std::vector<Reason> problems;           ///< of the export and the plan as a whole
    std::uint64_t need_bytes = 0;           ///< planned on the server
    std::string access;                     ///< how the server is reached again, as the caller wrote it; no secret
    std::vector<std::string> new_folders{}; ///< the topmost ones that were not on the server when it was planned
    std::vector<ExportGroup> groups{};      ///< that the export lists
    std::string share_order{};              ///< what to share at the end, as the caller wrote it; empty: nothing
};

struct Job : NewJob {
    JobId id;
    JobPhase phase = JobPhase::planning;
    std::optional<Reason> stopped_by; ///< why it does not run; empty while it runs and when it is finished
    Timestamp created_at{};
    Timestamp updated_at{};
};

/// Which of an item's files on the server: the one that takes its place, or the original beside a converted one.
enum class Role { main, original };

/// A file that an earlier job brought, and that takes another path now.
struct PlannedMove {
    Role role = Role::main;
    std::string from;
    std::string to;
    std::string etag; ///< only this state of it moves
    std::uint64_t size = 0;
    std::string sha256;
    friend bool operator==(const PlannedMove&, const PlannedMove&) = default;
};

/// One line of the ledger at its birth.
struct NewItem {
    std::string source_path;
    ItemKind kind = ItemKind::file;
    Product product = Product::files;
    std::uint64_t size = 0;
    std::optional<std::uint32_t> crc32;
    std::optional<Timestamp> modified;
    std::optional<Timestamp> created;
    bool starred = false;
    std::string permissions; ///< JSON text, kept for sharing; empty: none known
    std::int32_t part = -1;  ///< sources::Locator
    std::int64_t entry = -1;
    Action action = Action::upload;
    std::string target;
    std::string kept_target;
    std::string original_target;
    std::string existing;
    std::vector<Reason> reasons;
    ItemState state = ItemState::planned; ///< planned or skipped
    /// Path of a file that an earlier job brought -> the etag of the state that this item's file takes the place of, or
    /// that Action::remove removes. Nothing else is ever overwritten.
    std::map<std::string, std::string> replaces;
    std::vector<PlannedMove> moves; ///< Action::move
    std::string former_path;        ///< Action::move: the source path that it had before
};

/// How a file travels.
enum class Method {
    bulk,
    put,
    chunked,
    ingest,
    move, ///< it was on the server, under another path
};
/// Where one file's way stands.
enum class UploadState {
    ready,   ///< its bytes lie in scratch
    sending, ///< it may have arrived: ask before sending again
    arrived, ///< acknowledged, and the digest agreed
};

/// One file that an item has, or is about to have, on the server.
struct Upload {
    Role role = Role::main;
    UploadState state = UploadState::ready;
    std::string target;
    Method method = Method::put;
    std::string upload_id;    ///< of a chunked upload
    std::string scratch_file; ///< name in the job's scratch folder; empty: the bytes come from the source
    std::uint64_t size = 0;
    std::string sha256;
    std::string etag;
    std::string file_id;
    std::string verified_by; ///< "sha256" or "md5"; empty until it has arrived
};

/// One line of the ledger.
struct Item : NewItem {
    ItemId id;
    std::optional<VerdictKind> verdict;
    bool retryable = false; ///< failed: the same act may succeed later
    std::vector<Upload> uploads;

    [[nodiscard]] const Upload* upload(Role role) const {
        for (const Upload& candidate : uploads)
            if (candidate.role == role) return &candidate;
        return nullptr;
    }
    [[nodiscard]] bool has_arrived(Role role) const {
        const Upload* found = upload(role);
        return found != nullptr && found->state == UploadState::arrived;
    }
};

/// The converted bytes lie in scratch: planned -> converted.
struct Converted {
    ItemId item;
    VerdictKind verdict = VerdictKind::check;
    std::vector<Reason> reasons;
    std::string scratch_file;
    std::uint64_t size = 0;
    std::string sha256;
    bool with_original = true; ///< false: the original does not travel
    /// Where the result is not of the format that the plan expected: other targets, of which the item gets the first
    /// that the plan has promised to no other item of the job. The planned one remains where each is promised.
    std::vector<std::string> other_targets;
};

/// A document stays as it is: its action becomes upload, its target the kept one; it stays planned.
struct Kept {
    ItemId item;
    std::vector<Reason> reasons;
};

/// Written before the bytes leave.
struct Sending {
    ItemId item;
    Role role = Role::main;
    std::string target; ///< as sent; differs from the plan where something stood there
    Method method = Method::put;
    std::string upload_id;
    std::uint64_t size = 0;
    std::string sha256;
};

/// The server acknowledged the bytes and their digest agreed; when all files of the item have arrived: -> uploaded.
struct Arrived {
    ItemId item;
    Role role = Role::main;
    std::string etag;
    std::string file_id;
    std::string verified_by;
};

/// A folder stands on the server: -> uploaded.
struct FolderMade {
    ItemId item;
};

struct Done {
    ItemId item;
};
struct Skipped {
    ItemId item;
    std::vector<Reason> reasons;
};
struct Failed {
    ItemId item;
    Reason reason;
    bool retryable = false;
};
/// Something worth telling that changes no state: a name that had to give way.
struct Noted {
    ItemId item;
    Reason reason;
};
/// What the plan said would become of it has not come true: that reason goes.
struct Withdrawn {
    ItemId item;
    std::string code;
};
/// What was to be moved could not be: it stays planned, as what it would be if it were new.
struct NotMoved {
    ItemId item;
    Reason reason;
};
/// What the source no longer has is gone from its place: planned -> done.
struct Removed {
    ItemId item;
};
/// One file of an item, or the folder that it is, is no longer on the server because the job was undone; when nothing
/// is left there: uploaded|done -> skipped.
struct Undone {
    ItemId item;
    Role role = Role::main;
    Reason reason;
};
/// What lay in scratch is gone or differs: back to planned, nothing of it arrived.
struct ScratchLost {
    ItemId item;
};

using Transition = std::variant<Converted, Kept, Sending, Arrived, FolderMade, Done, Skipped, Failed, Noted, Withdrawn,
                                NotMoved, Removed, Undone, ScratchLost>;

/// A file that the export of a job held.
struct SeenFile {
    JobId job;
    std::string_view path; ///< refers to the row that is being read
    std::uint64_t size = 0;
    std::optional<std::uint32_t> crc32;
};

/// A file on the server, as a job left it.
struct Standing {
    Role role = Role::main;
    std::string path;
    std::uint64_t size = 0;
    std::string sha256;
    std::string etag;
};

/// What an earlier job made of one path of the source.
struct Brought {
    std::string source_path;
    ItemKind kind = ItemKind::file;
    std::uint64_t size = 0; ///< of the source
    std::optional<std::uint32_t> crc32;
    std::optional<Timestamp> modified;
    Action action = Action::upload;
    std::optional<VerdictKind> verdict;
    std::string target; ///< of a folder: where it stands
    std::string former_path;
    std::vector<Standing> files; ///< the main one first
};

/// Which lines are asked for; empty lists and texts mean all.
struct ItemFilter {
    std::vector<ItemState> states;
    std::string reason_code;
    std::optional<VerdictKind> verdict;
    std::string text{};  ///< somewhere in the source path or the target, without regard to case and accents
    std::string below{}; ///< source paths in this folder, at any depth
};

/// What a person wants otherwise for one line of the plan.
struct ItemDecision {
    enum class Wish {
        skip,   ///< leave it out
        upload, ///< bring it, a document as it is
        convert ///< bring it as it was planned, converted
    };
    ItemId item;
    Wish wish = Wish::skip;
};

/// The sum of a job's ledger: seen = done + skipped + failed + pending, for items and bytes.
struct Statement {
    struct Sum {
        std::uint64_t items = 0;
        std::uint64_t bytes = 0; ///< of the sources
        friend bool operator==(const Sum&, const Sum&) = default;
    };
    Sum seen;
    Sum done;
    Sum skipped;
    Sum failed;
    Sum pending;
    std::uint64_t converted = 0;     ///< documents that arrived as OpenDocument
    std::uint64_t retryable = 0;     ///< of the failed ones
    std::uint64_t arrived_bytes = 0; ///< on the server, originals beside converted documents included

    [[nodiscard]] bool adds_up() const {
        return seen.items == done.items + skipped.items + failed.items + pending.items &&
               seen.bytes == done.bytes + skipped.bytes + failed.bytes + pending.bytes;
    }
};

/// How many items carry a reason.
struct ReasonCount {
    std::string code;
    std::uint64_t items = 0;
};

} // namespace passerelle::journal
