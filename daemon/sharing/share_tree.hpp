// SPDX-License-Identifier: AGPL-3.0-or-later
// Internal to the room.
#pragma once

#include "daemon/sharing/least_shares.hpp"
#include "daemon/sharing/reach.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace passerelle::sharing {

/// The nodes as a tree in which every folder has an index before what lies in it; index 0 is the root, which cannot be
/// shared. Folders that no node names are added. A value; refers to the nodes it was made of.
class ShareTree {
  public:
    using Index = std::uint32_t;

    /// What a recipient holds by one node.
    struct Entry {
        Index place;          ///< index in the tree
        std::uint32_t source; ///< index among the nodes
        Reach reach;
        bool download_forbidden;
        const Held* held;
    };

    explicit ShareTree(const std::vector<TreeNode>& nodes);

    /// The places that matter to some recipients: those that a list names for one of them and all that lies in them.
    /// Elsewhere they have nothing. Work is done over a scope, so that thousands of people with a file each cost no
    /// more than one person with thousands. A value.
    class Scope {
      public:
        static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

        [[nodiscard]] std::size_t size() const { return places_.size(); }
        [[nodiscard]] Index place(std::size_t at) const { return places_[at]; }
        /// Where in the scope the folder above stands; kNone if it is not in it.
        [[nodiscard]] std::size_t parent(std::size_t at) const { return parents_[at]; }
        /// What `reaches`, one for each place of the scope, says of the folder above.
        [[nodiscard]] Reach above(const std::vector<Reach>& reaches, std::size_t at) const {
            return parents_[at] == kNone ? Reach() : reaches[parents_[at]];
        }

      private:
        friend class ShareTree;
        std::vector<Index> places_;
        std::vector<std::size_t> parents_;
    };
    [[nodiscard]] Scope scope_of(const std::vector<std::size_t>& recipients) const;
    [[nodiscard]] Scope everywhere() const;

    [[nodiscard]] std::size_t size() const { return places_.size(); }
    [[nodiscard]] Index parent(Index index) const { return places_[index].parent; }
    [[nodiscard]] const std::string& path(Index index) const { return places_[index].path; }
    [[nodiscard]] bool is_folder(Index index) const { return places_[index].is_folder; }
    /// No list names who had access here or in a folder above.
    [[nodiscard]] bool is_unknown(Index index) const { return places_[index].unknown; }
    [[nodiscard]] std::uint32_t children(Index index) const { return places_[index].children; }
    [[nodiscard]] bool has_list(Index index) const { return places_[index].lists > 0; }
    [[nodiscard]] bool is_merged(Index index) const { return places_[index].lists > 1; }

    [[nodiscard]] const std::vector<Recipient>& recipients() const { return recipients_; }
    /// Of the recipient of that number, by place and source.
    [[nodiscard]] const std::vector<Entry>& entries(std::size_t recipient) const { return entries_[recipient]; }
    /// The number of a recipient; recipients().size() for one without any access.
    [[nodiscard]] std::size_t number_of(const Recipient& recipient) const;

    /// What the recipient may at each place of a scope that is theirs among others, by the lists alone: at a place of
    /// several lists what all allow.
    [[nodiscard]] std::vector<Reach> allowed(std::size_t recipient, const Scope& scope, bool can_forbid_download) const;
    /// The same with what any of several lists gives, and as if every server could forbid the download.
    [[nodiscard]] std::vector<Reach> wanted(std::size_t recipient, const Scope& scope) const;

  private:
    struct Place {
        std::string path;
        Index parent = 0;
        Index end = 0; ///< one past the last place that lies in this one
        bool is_folder = true;
        bool unknown = true;
        std::uint32_t lists = 0;    ///< nodes with a list of their own
        std::uint32_t complete = 0; ///< of these, complete ones
        std::uint32_t children = 0;
    };

    void add_places(const std::vector<TreeNode>& nodes);
    void add_entries(const std::vector<TreeNode>& nodes);
    template <class Combine>
    [[nodiscard]] std::vector<Reach> filled(std::size_t recipient, const Scope& scope, bool can_forbid_download,
                                            Combine combine) const;
    void add_range(Scope& scope, Index first, Index end) const;

    std::vector<Place> places_;
    std::vector<Index> place_of_node_;
    std::vector<bool> is_complete_; ///< of each node
    std::vector<Recipient> recipients_;
    std::unordered_map<Recipient, std::size_t, RecipientHash> numbers_;
    std::vector<std::vector<Entry>> entries_;
};

} // namespace passerelle::sharing
