// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "tests/exports/bytes.hpp"
#include "tests/exports/names.hpp"
#include "tests/exports/pack.hpp"
#include "tests/exports/products.hpp"
#include "tests/exports/sidecar.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace passerelle::exports {

/// Makes a Google Takeout. Describe what is in it, then write():
///
///     TakeoutBuilder(Locale::french)
///         .file("Drive/Comptes rendus/CR.docx", bytes, Sidecar{.starred = true}).part(2).sidecar_part(1)
///         .file("Drive/Fête.mov", Bytes::random(5 * kMiB, 1)).part(3).loose()
///         .contacts({{"Jeanne", "Dupré", "jeanne@example.org"}})
///         .write(directory);
///
/// Paths are UTF-8, under "Takeout/", and begin with the product's folder. A value.
class TakeoutBuilder {
  public:
    explicit TakeoutBuilder(Locale locale = Locale::french) : locale_(locale) {}

    TakeoutBuilder& made_at(Timestamp moment);
    /// The number of newer exports between stamp and part: "takeout-…-7-003.zip".
    TakeoutBuilder& batch(int number);
    TakeoutBuilder& format(PackFormat format);
    TakeoutBuilder& style(ZipStyle style);
    /// Leaves the page out that maps and lists the files.
    TakeoutBuilder& without_browser();
    /// Where the page lies; part 1 unless said.
    TakeoutBuilder& browser_part(int part);
    /// This part is listed in the page and not written: somebody forgot to download it.
    TakeoutBuilder& missing_part(int part);

    TakeoutBuilder& file(std::string path, Bytes content, std::optional<Sidecar> sidecar = std::nullopt);
    /// A directory entry, its sidecar beside it.
    TakeoutBuilder& folder(std::string path, std::optional<Sidecar> sidecar = std::nullopt);

    // About the file or folder described last:
    TakeoutBuilder& part(int part);             ///< where it lies, its sidecar too; part 1 unless said
    TakeoutBuilder& sidecar_part(int part);     ///< where its sidecar lies
    TakeoutBuilder& also_in_part(int part);     ///< the same path lies in this part as well
    TakeoutBuilder& loose();                    ///< outside any archive: "<basename>-<part>.<ext>"
    TakeoutBuilder& modified(Timestamp moment); ///< the entry's date; the export's unless said

    // Other products, under the names of the locale:
    TakeoutBuilder& contacts(const std::vector<Contact>& contacts,
                             const std::string& group = {}); ///< empty: all contacts
    TakeoutBuilder& calendar(const std::string& name, const std::vector<Event>& events);
    TakeoutBuilder& note(const Note& note); ///< json and html
    TakeoutBuilder& tasks(const std::vector<TaskList>& lists);
    TakeoutBuilder& mail(const std::string& label, const std::vector<Message>& messages);
    /// Under the year's folder, or the album's.
    TakeoutBuilder& photo(const std::string& name, Bytes content, const Photo& photo, const std::string& album = {});
    TakeoutBuilder& group(const std::string& email, const std::vector<GroupMember>& members);

    /// Writes the parts and the loose files into `directory`, the same bytes each time, and answers their paths in
    /// order.
    std::vector<std::filesystem::path> write(const std::filesystem::path& directory) const;

    /// Every file by its path under "Takeout/", without sidecars and page: what must arrive.
    [[nodiscard]] std::map<std::string, Bytes> files() const;
    /// The file name of a part.
    [[nodiscard]] std::string part_name(int part) const;

  private:
    struct SidecarFile {
        std::string path;
        std::string text;
        int part = 1;
    };
    struct Thing {
        std::string path; ///< a directory ends in '/'
        Bytes content{""};
        std::optional<SidecarFile> sidecar{};
        std::set<int> parts{1};
        bool loose = false;
        std::optional<Timestamp> modified{};
    };

    [[nodiscard]] std::map<int, std::vector<Packed>> packed_parts() const;
    [[nodiscard]] std::string browser_page() const;

    Locale locale_;
    Timestamp made_at_ = kExportTime;
    std::optional<int> batch_;
    PackFormat format_ = PackFormat::zip;
    ZipStyle style_;
    std::optional<int> browser_part_ = 1;
    std::set<int> missing_;
    std::vector<Thing> things_;
};

/// A Workspace administrator's export: a folder with a Takeout for each account, `accounts` by their e-mail address.
std::vector<std::filesystem::path> write_workspace(const std::filesystem::path& directory,
                                                   const std::map<std::string, TakeoutBuilder>& accounts);

} // namespace passerelle::exports
