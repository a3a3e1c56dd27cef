// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/nextcloud/server_profile.hpp"
#include "core/reason.hpp"
#include "core/result.hpp"
#include "core/words.hpp"
#include "daemon/plan/earlier.hpp"
#include "daemon/sources/source.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace passerelle::plan {

/// Which families of office documents become OpenDocument.
struct ConvertChoice {
    bool text = true;           ///< doc docx rtf -> odt
    bool spreadsheets = true;   ///< xls xlsx -> ods
    bool presentations = true;  ///< ppt pptx -> odp
    bool only_faithful = false; ///< a document whose conversion is not faithful travels in its original form
    friend bool operator==(const ConvertChoice&, const ConvertChoice&) = default;
};

using passerelle::Gone;
using passerelle::Language;

/// What the person chose. A value.
struct Choices {
    std::string destination; ///< folder under the user's files, no slash at either end; empty: the root
    ConvertChoice convert;
    Originals originals = Originals::folder;
    std::vector<std::string> include; ///< globs over source paths; empty: all
    std::vector<std::string> exclude;
    Language language = Language::french; ///< names the tree of originals
    std::size_t workers = 2;              ///< conversions at one moment: they bound the scratch space
    /// Folders of the export's first level that go into a team folder instead of the destination, by the team folder's
    /// name: what lies in them arrives in "<name>/…". No two go into one.
    std::map<std::string, std::string> team_folders;
    /// Folders of the export's first level that are shared with a Team (app circles) instead of with people, by the
    /// Team's name. Where they arrive does not change. No two have one.
    std::map<std::string, std::string> teams;
    /// The same account again: only what has changed since earlier exports travels. Nothing: everything arrives as new.
    std::optional<Gone> synchronise;
};

/// What stands at the destination already, asked folder by folder while planning.
class Target {
  public:
    virtual ~Target() = default;
    struct Entry {
        std::string name;
        bool folder = false;
        std::uint64_t size = 0;
        std::string etag{};
        Timestamp modified{};
    };
    /// What lies directly in `folder` (a path under the user's files); nothing when there is no such folder.
    [[nodiscard]] virtual Result<std::optional<std::vector<Entry>>> list(const std::string& folder) = 0;
};

/// A file on the server that takes another path, in this very state.
struct Move {
    bool original = false; ///< the one beside a converted document
    std::string from;
    std::string to;
    std::string etag;
    std::uint64_t size = 0;
    std::string sha256;
};

/// What the plan does with one item. Paths are under the user's files, NFC, valid by the server's rules, and differ
/// from each other, and from what stands there, also without regard to case. A value.
struct PlannedItem {
    std::size_t item = 0; ///< index into Inventory::items
    Action action = Action::upload;
    std::string target;          ///< where the file arrives; for Action::convert the converted one
    std::string kept_target;     ///< Action::convert: where the original arrives if it is not converted
    std::string original_target; ///< Action::convert: where the original arrives beside a converted one; its folder is
                                 ///< no item of the inventory where it lies in the tree of originals. Equals
                                 ///< kept_target for Originals::beside
    std::string existing; ///< a file of the same size that stands where `target` would have been: the same bytes need
                          ///< no second copy
    std::vector<Reason> reasons;                   ///< why it is skipped, why its name changed, what is odd
    std::map<std::string, std::string> replaces{}; ///< path of a file that an earlier job brought -> the etag of the
                                                   ///< state that may be overwritten
    std::vector<Move> moves{}; ///< Action::move; where they cannot be made, the item travels to its targets
    std::string former_path{}; ///< Action::move: the source path that it had before
};

/// Something that an earlier export held and this one does not.
struct GoneItem {
    Brought before;
    Action action = Action::skip; ///< or remove
    Reason reason;
};

struct SpaceNeed {
    std::uint64_t upload_bytes =
        0; ///< on the server, with the copies that conversion makes (estimated for converted ones)
    std::uint64_t scratch_bytes = 0; ///< on this machine at one moment, at most
};

struct Plan {
    std::vector<PlannedItem> items;       ///< one for each of the inventory's items, in the same order
    std::vector<GoneItem> gone;           ///< where the choices say to synchronise
    std::vector<Reason> reasons;          ///< of the plan as a whole
    std::vector<std::string> new_folders; ///< the topmost ones that the server does not have
    SpaceNeed space;
};

/// Decides for every item of the inventory; the same inventory, choices and target give the same plan. `earlier` counts
/// where the choices say to synchronise. Errors: whatever `target` answers, `target.destination_is_file` and
/// `target.destination_name`, `team_folder.unknown_place` (job).
[[nodiscard]] Result<Plan> make_plan(const sources::Inventory& inventory, const Choices& choices,
                                     const nextcloud::NameRules& rules, Target& target, const Earlier& earlier = {});

/// The extension of the OpenDocument form ("odt"), if the choice converts files of this name.
[[nodiscard]] std::optional<std::string> conversion_of(const std::string& name, const ConvertChoice& choice);

} // namespace passerelle::plan
