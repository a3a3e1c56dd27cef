// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/plan/selection.hpp"

#include "core/reason_codes.hpp"
#include "daemon/plan/globs.hpp"

#include <algorithm>

namespace passerelle::plan {

namespace {

std::vector<Glob> globs(const std::vector<std::string>& patterns) {
    return {patterns.begin(), patterns.end()};
}

const Glob* first_match(const std::vector<Glob>& patterns, std::string_view path, bool folder) {
    const auto found = std::ranges::find_if(patterns, [&](const Glob& glob) { return glob.matches(path, folder); });
    return found == patterns.end() ? nullptr : &*found;
}

/// What the patterns say, from the root downwards (a folder decides for what it holds) and then upwards again (a file
/// that is included brings its folders along).
class Selection {
  public:
    Selection(const sources::Inventory& inventory, const SourceTree& tree, const Choices& choices)
        : items_(inventory.items), tree_(tree), include_(globs(choices.include)), exclude_(globs(choices.exclude)),
          reasons_(inventory.items.size()), folders_(tree.folders().size()) {}

    std::vector<std::optional<Reason>> decide() {
        if (include_.empty() && exclude_.empty()) return std::move(reasons_);
        const auto order = tree_.top_down();
        folders_[0] = {nullptr, include_.empty(), true};
        for (const auto folder : order)
            go_down(folder);
        for (auto folder = order.rbegin(); folder != order.rend(); ++folder)
            go_up(*folder);
        return std::move(reasons_);
    }

  private:
    struct State {
        const Glob* excluded_by = nullptr;
        bool included = false;
        bool travels = false;
    };

    State judge(const State& parent, std::string_view path, bool folder) const {
        State state;
        state.excluded_by = parent.excluded_by ? parent.excluded_by : first_match(exclude_, path, folder);
        state.included = parent.included || first_match(include_, path, folder);
        state.travels = state.included && !state.excluded_by;
        return state;
    }

    void note(std::size_t item, const State& state) {
        if (item == kNone || state.travels) return;
        if (state.excluded_by)
            reasons_[item] = Reason(codes::plan_excluded, {{"pattern", state.excluded_by->pattern()}});
        else
            reasons_[item] = Reason(codes::plan_not_included);
    }

    void go_down(std::size_t index) {
        const auto& folder = tree_.folders()[index];
        for (const auto child : folder.folders)
            folders_[child] = judge(folders_[index], tree_.folders()[child].path, true);
        for (const auto item : folder.files) {
            const auto state = judge(folders_[index], items_[item].path, false);
            note(item, state);
            folders_[index].travels |= state.travels;
        }
    }

    void go_up(std::size_t index) {
        const auto& folder = tree_.folders()[index];
        for (const auto child : folder.folders)
            folders_[index].travels |= folders_[child].travels;
        note(folder.item, folders_[index]);
    }

    const std::vector<sources::Item>& items_;
    const SourceTree& tree_;
    const std::vector<Glob> include_;
    const std::vector<Glob> exclude_;
    std::vector<std::optional<Reason>> reasons_;
    std::vector<State> folders_; ///< as SourceTree::folders
};

} // namespace

std::vector<std::optional<Reason>> left_out(const sources::Inventory& inventory, const SourceTree& tree,
                                            const Choices& choices) {
    return Selection(inventory, tree, choices).decide();
}

} // namespace passerelle::plan
