// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "daemon/plan/collisions.hpp"
#include "daemon/plan/names.hpp"
#include "daemon/plan/plan.hpp"
#include "daemon/plan/source_tree.hpp"
#include "daemon/plan/synchronisation.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::plan {

/// Gives every item that travels its place, folder by folder from the top, so that a folder's names are settled, and
/// the server was asked about it, before anything below it. Fills the plan's items. Confined to a thread; used once.
class Planner {
  public:
    /// `synchronisation` knows where things stand already; null where everything is new.
    Planner(const sources::Inventory& inventory, const SourceTree& tree, const Choices& choices,
            const NameCleaner& names, Target& target, const Synchronisation* synchronisation, Plan& plan);

    /// `destination` is the folder that receives the root's children. Errors: whatever the target answers.
    Result<void> place_all(const std::string& destination, bool exists);

    /// The root of the tree of originals; empty where there is none. Known after place_all().
    [[nodiscard]] const std::string& originals() const { return originals_root_; }

  private:
    /// A folder of the target: its path, and whether it stands there already.
    struct Place {
        std::string path;
        bool exists = false;
    };
    /// A folder of the export whose own places are settled.
    struct Visit {
        std::size_t folder = 0; ///< index into SourceTree::folders
        Place home;
        Place originals; ///< its mirror; meaningful where mirrors_
    };
    /// The names in the two folders that a visit fills.
    struct Names {
        FolderNames home;
        FolderNames originals;
    };
    /// A name wanted in a folder.
    struct Claim {
        FolderNames& names;
        ComparedName wanted;
    };
    static constexpr unsigned kNoNumber = 0;
    /// Something that wants a name.
    struct Child {
        bool folder = false;
        std::size_t index = 0; ///< of SourceTree::folders or Inventory::items
        std::size_t item = kNone;
        std::string_view source_path;
        CleanName clean;
        std::string converted;             ///< the converted document's name; empty: not converted
        bool renamed = false;              ///< who has the name already keeps it
        const KnownPlace* known = nullptr; ///< where it stands already; null: nowhere
    };

    void find_needed_folders();
    [[nodiscard]] bool travels(std::size_t item) const;
    Result<void> visit(Visit visit);
    [[nodiscard]] std::vector<Child> children_of(const SourceFolder& folder) const;
    [[nodiscard]] Child child_of(bool folder, std::size_t index, std::size_t item, std::string_view path) const;
    void choose_conversion(Child& child) const;

    /// Where a folder of that name lies; `names` are those of the parent.
    [[nodiscard]] static Place place_in(const Place& parent, const std::string& name, const FolderNames& names);
    /// The tree of originals, under a name that nothing of the export has and no file on the server.
    [[nodiscard]] Place choose_originals(const Place& home, const FolderNames& names,
                                         const std::vector<Child>& children) const;

    [[nodiscard]] Result<void> place_folder(Child& child, const Visit& visit, Names& names);
    /// Where a folder of the export goes: under its name, or into the team folder that was chosen for it.
    [[nodiscard]] Result<Place> home_of(Child& child, const Visit& visit, Names& names) const;
    void place_file(Child& child, const Visit& visit, Names& names);
    void place_document(Child& child, const Visit& visit, Names& names);
    /// Takes for the child all the names that it claims, or where one of them is taken, all of them with one number,
    /// and gives it the reason. Answers the number.
    unsigned settle(Child& child, std::span<const Claim> claims) const;
    unsigned settle(Child& child, const Claim& claim) const { return settle(child, std::span(&claim, 1)); }
    [[nodiscard]] std::string with_number(const std::string& name, unsigned number, bool folder) const;

    void note_new(const Place& folder, const Place& parent);
    void skip_below(std::size_t folder, const Reason& reason);
    void skip(std::size_t item, const Reason& reason);

    const sources::Inventory& inventory_;
    const SourceTree& tree_;
    const Choices& choices_;
    const NameCleaner& names_;
    Target& target_;
    const Synchronisation* synchronisation_;
    Plan& plan_;
    const bool mirrors_;       ///< originals have a tree of their own
    std::vector<bool> needed_; ///< as SourceTree::folders: it travels, or something below it does
    std::vector<Visit> to_visit_;
    std::string originals_root_;
};

} // namespace passerelle::plan
