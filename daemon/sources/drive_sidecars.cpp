// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core/reason_codes.hpp"
#include "daemon/sources/file_rules.hpp"
#include "daemon/sources/takeout.hpp"
#include "daemon/sources/tree.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace passerelle::sources {
namespace {

constexpr std::string_view kComments = "-comments.html";
constexpr std::string_view kPinned = "-pinned";

/// What Google's own documents become in an export.
constexpr std::array kExportedAs{
    std::pair{std::string_view("application/vnd.google-apps.document"), std::string_view(".docx")},
    std::pair{std::string_view("application/vnd.google-apps.spreadsheet"), std::string_view(".xlsx")},
    std::pair{std::string_view("application/vnd.google-apps.presentation"), std::string_view(".pptx")},
    std::pair{std::string_view("application/vnd.google-apps.drawing"), std::string_view(".jpg")},
    std::pair{std::string_view("application/vnd.google-apps.form"), std::string_view(".xlsx")}};

bool exported_as(std::string_view mime_type, std::string_view extension) {
    return std::any_of(kExportedAs.begin(), kExportedAs.end(),
                       [&](const auto& row) { return row.first == mime_type && row.second == extension; });
}

/// "file.docx" and "(1)" is "file(1).docx"; "file" and "(1)" is "file(1)".
std::string numbered(std::string_view base, std::string_view number) {
    std::string name(stem_of(base));
    return name.append(number).append(extension_of(base));
}

class DriveSidecars {
  public:
    DriveSidecars(std::vector<Item>& items, const Gathered& gathered)
        : items_(items), gathered_(gathered), tree_(items) {}

    void apply() {
        // Two rounds: a name with its extension is certain, one without must not take a file that has its own sidecar.
        for (const bool exact : {true, false})
            for (std::size_t i = 0; i < items_.size(); ++i)
                if (is_drive_file(items_[i]) && !items_[i].leave_out) describe_base(i, exact);
        for (auto& item : items_)
            if (is_drive_file(item) && !item.leave_out) note_companions(item);
    }

  private:
    static bool is_drive_file(const Item& item) {
        return item.kind == ItemKind::file && item.product == Product::files;
    }

    void describe_base(std::size_t index, bool exact) {
        const auto* sidecar = gathered_.sidecar_at(items_[index].locator);
        if (sidecar == nullptr || sidecar->kind != Sidecar::Kind::drive) return;
        const auto name = parse_drive_sidecar_name(name_of_path(items_[index].path));
        if (!name) return;
        const auto path = join_path(folder_of_path(items_[index].path), numbered(name->base, name->number));
        const auto base = exact ? tree_.find(path) : find_by_stem(path, sidecar->mime_type);
        if (!base || *base == index || !items_[*base].permissions.empty() || !items_[*base].title.empty()) return;
        apply_sidecar(items_[*base], *sidecar);
        items_[index].leave_out = true;
        items_[index].reasons.emplace_back(codes::source_sidecar_used,
                                           std::vector<Reason::Parameter>{{"file", items_[*base].path}});
    }

    /// The one file "stem.*" that has no sidecar of its own; of several the one whose type the sidecar names.
    std::optional<std::size_t> find_by_stem(const std::string& stem, std::string_view mime_type) const {
        std::optional<std::size_t> only, typed;
        std::size_t count = 0;
        const auto [first, last] = tree_.with_prefix(stem + '.');
        for (std::size_t i = first; i < last; ++i) {
            const auto& item = items_[i];
            if (!is_drive_file(item) || item.leave_out || !item.title.empty() || stem_of(item.path) != stem) continue;
            if (gathered_.sidecar_at(item.locator) != nullptr) continue;
            only = i;
            ++count;
            if (exported_as(mime_type, extension_of(item.path))) typed = i;
        }
        return count == 1 ? only : typed;
    }

    void note_companions(Item& item) const {
        const auto name = name_of_path(item.path);
        const auto folder = folder_of_path(item.path);
        if (name.ends_with(kComments)) {
            const auto base = join_path(folder, name.substr(0, name.size() - kComments.size()));
            if (has_base(base))
                item.reasons.emplace_back(codes::source_comments_page, std::vector<Reason::Parameter>{{"file", base}});
        } else if (is_workspaces_list(item.path)) {
            item.leave_out = true;
            item.reasons.emplace_back(codes::source_workspaces_list);
        } else if (is_pinned_revision(folder, name)) {
            item.leave_out = true;
            item.reasons.emplace_back(codes::source_pinned_revision);
        }
    }

    bool has_base(const std::string& base) const {
        if (tree_.find(base)) return true;
        const auto [first, last] = tree_.with_prefix(base + '.');
        return first != last;
    }

    static bool is_workspaces_list(std::string_view path) {
        if (path == "Workspaces.json") return true;
        constexpr std::string_view head = "Workspaces(", tail = ").json";
        if (!path.starts_with(head) || !path.ends_with(tail) || path.size() <= head.size() + tail.size()) return false;
        const auto number = path.substr(head.size(), path.size() - head.size() - tail.size());
        return number.find_first_not_of("0123456789") == std::string_view::npos;
    }

    /// "bilan-at-2023-01-05T10_00_00Z-pinned.xlsx". A person may well name a file so: it is only left out if a date
    /// follows
    /// "-at-" or the file that it is a version of is there.
    bool is_pinned_revision(std::string_view folder, std::string_view name) const {
        const auto stem = stem_of(name);
        if (!stem.ends_with(kPinned)) return false;
        const auto at = stem.find("-at-");
        if (at == std::string_view::npos || at == 0) return false;
        const auto moment = stem.substr(at + 4);
        const bool dated =
            moment.size() > 4 && moment.substr(0, 4).find_first_not_of("0123456789") == std::string_view::npos;
        return dated ||
               tree_.find(join_path(folder, std::string(stem.substr(0, at)).append(extension_of(name)))).has_value();
    }

    std::vector<Item>& items_;
    const Gathered& gathered_;
    TreeIndex tree_;
};

} // namespace

void apply_drive_sidecars(std::vector<Item>& items, const Gathered& gathered) {
    DriveSidecars(items, gathered).apply();
}

} // namespace passerelle::sources
