// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/sources/find_parts.hpp"

#include "core/reason_codes.hpp"
#include "daemon/sources/file_rules.hpp"
#include "daemon/sources/names.hpp"
#include "daemon/sources/unpacked.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <set>
#include <system_error>

namespace passerelle::sources {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNamesShown = 5;

Error job_error(std::string_view code, const fs::path& path, std::string detail) {
    return {ErrorKind::job, code, std::move(detail), {{"path", printable(path.string())}}};
}

bool has_archive_name(const fs::path& file) {
    const auto extension = lower_ascii(file.extension().string());
    return extension == ".zip" || extension == ".tgz" || extension == ".tar" || extension == ".gz";
}

/// By the first bytes: a name says what a download was meant to be.
PartForm form_of(const fs::path& file) {
    std::array<char, 263> head{};
    std::ifstream in(file, std::ios::binary);
    in.read(head.data(), head.size());
    const std::string_view bytes(head.data(), static_cast<std::size_t>(in.gcount()));
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return PartForm::zip;
    if (bytes.starts_with("\x1f\x8b")) return PartForm::tar;
    if (bytes.size() > 262 && bytes.substr(257, 5) == "ustar") return PartForm::tar;
    return has_archive_name(file) ? PartForm::broken : PartForm::loose;
}

FoundPart describe(const fs::path& file) {
    return {file, form_of(file), parse_part_name(file.filename().string()), {}};
}

std::string some_of(const std::vector<std::string>& names) {
    const auto shown = std::span(names).first(std::min(names.size(), kNamesShown));
    return printable(fmt::format("{}", fmt::join(shown, ", ")));
}

struct Listing {
    std::vector<fs::path> files;
    std::vector<fs::path> folders;
};

Result<Listing> list_folder(const fs::path& folder) {
    Listing listing;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        std::error_code ignored; // an entry that cannot be looked at is no part
        if (at->is_symlink(ignored)) continue;
        if (at->is_regular_file(ignored))
            listing.files.push_back(at->path());
        else if (at->is_directory(ignored))
            listing.folders.push_back(at->path());
    }
    if (error) return job_error(codes::export_unreadable, folder, error.message());
    std::sort(listing.files.begin(), listing.files.end());
    std::sort(listing.folders.begin(), listing.folders.end());
    return listing;
}

bool holds_named_parts(const Listing& listing) {
    return std::any_of(listing.files.begin(), listing.files.end(),
                       [](const auto& file) { return parse_part_name(file.filename().string()).has_value(); });
}

std::vector<fs::path> accounts_in(const Listing& listing) {
    std::vector<fs::path> accounts;
    for (const auto& folder : listing.folders) {
        if (folder.filename().string().find('@') == std::string::npos) continue;
        const auto inside = list_folder(folder);
        if (inside && holds_named_parts(*inside)) accounts.push_back(folder);
    }
    return accounts;
}

/// The parts that lie in a folder with an export's names, the large files beside them, and what is not taken along.
void take_named_parts(const Listing& listing, FoundParts& found) {
    std::vector<std::string> others;
    const bool takeout = std::any_of(listing.files.begin(), listing.files.end(), [](const auto& file) {
        const auto name = parse_part_name(file.filename().string());
        return name && name->kind == ExportKind::takeout;
    });
    for (const auto& file : listing.files) {
        const auto name = file.filename().string();
        auto part = describe(file);
        if (part.name)
            found.parts.push_back(std::move(part));
        else if (takeout && part.form == PartForm::loose && loose_file_name(name))
            found.parts.push_back(std::move(part));
        else if (!is_system_file(name))
            others.push_back(name);
    }
    for (const auto& folder : listing.folders)
        others.push_back(folder.filename().string());
    if (others.empty()) return;
    found.problems.emplace_back(
        codes::export_others_ignored,
        std::vector<Reason::Parameter>{{"count", fmt::to_string(others.size())}, {"names", some_of(others)}});
}

/// Dropbox's zips are named like the folder that they hold; their first entry tells them from a zip that somebody
/// keeps.
bool holds_only_dropbox_zips(const Listing& listing) {
    if (!listing.folders.empty()) return false;
    bool any = false;
    for (const auto& file : listing.files) {
        if (is_system_file(file.filename().string())) continue;
        if (form_of(file) != PartForm::zip || !begins_with_root_entry(file)) return false;
        any = true;
    }
    return any;
}

Result<void> expand_folder(const fs::path& folder, FoundParts& found) {
    auto listing = list_folder(folder);
    if (!listing) return failure(listing);
    if (holds_named_parts(*listing)) {
        take_named_parts(*listing, found);
        return {};
    }
    const auto accounts = accounts_in(*listing);
    if (accounts.size() == 1) return expand_folder(accounts.front(), found);
    if (!accounts.empty()) {
        std::vector<std::string> names;
        for (const auto& account : accounts)
            names.push_back(account.filename().string());
        return Error(ErrorKind::job, codes::export_several_accounts, folder.string(), {{"accounts", some_of(names)}});
    }
    if (holds_only_dropbox_zips(*listing)) {
        for (const auto& file : listing->files)
            if (!is_system_file(file.filename().string())) found.parts.push_back(describe(file));
        return {};
    }
    if (is_unpacked_takeout_root(folder)) // "Takeout" itself: its paths shall begin as they do in the archives
        found.parts.push_back({folder.parent_path(), PartForm::folder, std::nullopt, {folder.filename().string()}});
    else
        found.parts.push_back({folder, PartForm::folder, std::nullopt, {}});
    return {};
}

Result<void> check_one_export(const FoundParts& found) {
    std::set<std::string> names;
    for (const auto& part : found.parts)
        if (part.name && part.name->kind == ExportKind::takeout) names.insert(part.name->export_name);
    if (names.size() < 2) return {};
    return Error(ErrorKind::job, codes::export_several_exports, "several exports",
                 {{"exports", some_of({names.begin(), names.end()})}});
}

/// A part that a browser saved twice is read once; of two the one that is whole, else the one without " (1)".
void drop_copies(FoundParts& found) {
    std::map<std::tuple<std::string, std::string, int>, std::size_t> kept;
    std::vector<FoundPart> parts;
    for (auto& part : found.parts) {
        if (!part.name) {
            parts.push_back(std::move(part));
            continue;
        }
        const auto [at, fresh] =
            kept.try_emplace({part.name->export_name, part.name->batch, part.name->number}, parts.size());
        if (fresh) {
            parts.push_back(std::move(part));
            continue;
        }
        auto& first = parts[at->second];
        std::error_code error;
        const bool same_size = fs::file_size(first.path, error) == fs::file_size(part.path, error);
        if (!same_size && first.form != PartForm::broken && part.form != PartForm::broken) {
            parts.push_back(std::move(part)); // one of them may be cut off: both are read, and their entries merged
            continue;
        }
        found.problems.emplace_back(codes::export_part_twice,
                                    std::vector<Reason::Parameter>{{"part", printable(part.path.filename().string())}});
        const bool better = first.form == PartForm::broken || (first.name->copy && !part.name->copy);
        if (better && part.form != PartForm::broken) first = std::move(part);
    }
    found.parts = std::move(parts);
}

std::string name_of(const FoundParts& found) {
    for (const auto& part : found.parts)
        if (part.name) return printable(part.name->export_name);
    const auto& part = found.parts.front();
    const auto path = part.only.empty() ? part.path : part.path / part.only.front();
    return printable((part.form == PartForm::folder ? path.filename() : path.stem()).string());
}

} // namespace

std::vector<fs::path> account_folders(const fs::path& folder) {
    const auto listing = list_folder(folder);
    return listing ? accounts_in(*listing) : std::vector<fs::path>();
}

Result<FoundParts> find_parts(std::span<const fs::path> paths) {
    FoundParts found;
    for (const auto& given : paths) {
        std::error_code error;
        auto path = fs::absolute(given, error).lexically_normal();
        if (!path.has_filename()) path = path.parent_path(); // "export/" is "export"
        const auto status = fs::status(path, error);
        if (!fs::exists(status)) return job_error(codes::export_not_found, given, "no such file");
        if (fs::is_directory(status)) {
            if (auto expanded = expand_folder(path, found); !expanded) return failure(expanded);
        } else if (fs::is_regular_file(status)) {
            found.parts.push_back(describe(path));
        } else {
            return job_error(codes::export_not_an_archive, given, "neither file nor folder");
        }
    }
    if (found.parts.empty()) return job_error(codes::export_not_found, "", "nothing given");
    const bool takeout = std::any_of(found.parts.begin(), found.parts.end(), [](const auto& part) {
        return part.name && part.name->kind == ExportKind::takeout;
    });
    for (const auto& part : found.parts)
        if (part.form == PartForm::loose && !takeout)
            return job_error(codes::export_not_an_archive, part.path, "no archive");
    if (auto one = check_one_export(found); !one) return failure(one);
    drop_copies(found);
    found.name = name_of(found);
    return found;
}

} // namespace passerelle::sources
