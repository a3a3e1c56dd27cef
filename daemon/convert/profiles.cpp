// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/profiles.hpp"

#include "core/reason_codes.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <memory>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <vector>

namespace passerelle::convert {
namespace {

struct Setting {
    const char* path;
    const char* name;
    const char* value;
};

constexpr std::array kSettings = {
    // Nothing in a document runs, and nothing outside of it is fetched.
    Setting{"Office.Common/Security/Scripting", "MacroSecurityLevel", "3"},
    Setting{"Office.Common/Security/Scripting", "DisableMacrosExecution", "true"},
    Setting{"Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"},
    Setting{"Office.Common/Security/Scripting", "CheckDocumentEvents", "false"},
    Setting{"Office.Java/VirtualMachine", "Enable", "false"},
    Setting{"Office.Writer/Content/Update", "Link", "2"}, // never
    Setting{"Office.Calc/Content/Update", "Link", "2"},
    // A document's fields and results stay what they were when it was last saved.
    Setting{"Office.Calc/Formula/Load", "OOXMLRecalcMode", "1"}, // never
    Setting{"Office.Calc/Formula/Load", "ODFRecalcMode", "1"},
    // Nobody sits in front of it.
    Setting{"Office.Common/Misc", "FirstRun", "false"},
    Setting{"Office.Common/Misc", "UseLocking", "false"},
    Setting{"Office.Common/Misc", "UseDocumentSystemFileLocking", "false"},
    Setting{"Office.Common/Misc", "UseDocumentOOoLockFile", "false"},
    Setting{"Office.Common/Misc", "UseOpenCL", "false"},
    Setting{"Office.Common/History", "PickListSize", "0"},
    Setting{"Office.Recovery/AutoSave", "Enabled", "false"},
    // A picture of the first page would take as long as all the rest of a short document.
    Setting{"Office.Common/Save/Document", "GenerateThumbnail", "false"},
    Setting{"Office.Recovery/RecoveryInfo", "Enabled", "false"},
    Setting{"Office.Recovery/CrashReporter", "Enabled", "false"},
    Setting{"Setup/Office", "ooSetupInstCompleted", "true"},
    // When it runs for the first time since it was upgraded, LibreOffice tests how it draws, on canvases of 4096 by
    // 4096
    // points; and LibreOfficeKit never notes the version, so that each start would be the first one.
    Setting{"Setup/Product", "ooSetupLastVersion", "9999.0"},
};

constexpr const char* kLockName = "lock";
constexpr int kLockAttempts = 3;
constexpr int kLockRetryMilliseconds = 20;
constexpr const char* kProfilePrefix = "profile-";
constexpr const char* kResultPrefix = "result-";
constexpr const char* kInstallationName = "installation";
constexpr const char* kResultsName = "results";

/// Windows that no view opens. Calc's formula bar: packages without a user interface, Debian's -nogui, do not ship its
/// description (modules/scalc/ui/inputbar.ui), and LibreOfficeKit would end the process over it with every
/// spreadsheet. And the sidebar, which would be built anew for each document.
constexpr std::array kHiddenWindows = {"26100",       "10336",          "scalc/10336",
                                       "sdraw/10336", "simpress/10336", "swriter/10336"};

Error unavailable(std::string detail) {
    return {ErrorKind::job, codes::convert_unavailable, std::move(detail)};
}

std::string item(const std::string& path, const std::string& name, const std::string& value) {
    return "<item oor:path=\"/org.openoffice." + path + "\"><prop oor:name=\"" + name + "\" oor:op=\"fuse\"><value>" +
           value + "</value></prop></item>\n";
}

std::string hidden(const std::string& window) {
    return "<item oor:path=\"/org.openoffice.Office.Views/Windows\"><node oor:name=\"" + window +
           "\" oor:op=\"replace\"><prop oor:name=\"Visible\" "
           "oor:op=\"fuse\"><value>false</value></prop></node></item>\n";
}

bool write_settings(const std::filesystem::path& profile, const std::string& language) {
    std::error_code error;
    std::filesystem::create_directories(profile / "user", error);
    std::ofstream file(profile / "user" / "registrymodifications.xcu");
    file << settings_xml(language);
    return static_cast<bool>(file.flush());
}

/// Whether the name still leads to the file that is open.
bool is_still(const UniqueFd& file, const std::filesystem::path& name) {
    struct stat opened {};
    struct stat named {};
    return ::fstat(file.get(), &opened) == 0 && ::lstat(name.c_str(), &named) == 0 && opened.st_dev == named.st_dev &&
           opened.st_ino == named.st_ino;
}

/// Makes the folder and takes its lock, which ends with its process, however that ends. Another process that looks
/// whether the folder is abandoned may hold the lock for a moment, and take the folder away.
Result<UniqueFd> lock_folder(const std::filesystem::path& scratch) {
    for (int attempt = 0; attempt < kLockAttempts; ++attempt) {
        std::error_code error;
        std::filesystem::create_directories(scratch, error);
        std::filesystem::permissions(scratch, std::filesystem::perms::owner_all, error);
        UniqueFd lock(::open((scratch / kLockName).c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!lock && errno != ENOENT) return unavailable(scratch.string() + ": " + std::strerror(errno));
        if (lock && ::flock(lock.get(), LOCK_EX | LOCK_NB) == 0 && is_still(lock, scratch / kLockName)) return lock;
        ::poll(nullptr, 0, kLockRetryMilliseconds);
    }
    return unavailable(scratch.string() + " is in use");
}

void remove_all_made(const std::filesystem::path& scratch) {
    std::vector<std::filesystem::path> made{scratch / kInstallationName, scratch / kResultsName};
    std::error_code error;
    for (std::filesystem::directory_iterator entry(scratch, error), end; !error && entry != end;
         entry.increment(error)) {
        const auto name = entry->path().filename().string();
        if (name.starts_with(kProfilePrefix) || name.starts_with(kResultPrefix)) made.push_back(entry->path());
    }
    for (const auto& folder : made)
        std::filesystem::remove_all(folder, error);
}

} // namespace

std::string settings_xml(const std::string& language) {
    std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">\n";
    for (const Setting& setting : kSettings)
        xml += item(setting.path, setting.name, setting.value);
    for (const char* window : kHiddenWindows)
        xml += hidden(window);
    xml += item("Setup/L10N", "ooSetupSystemLocale", language);
    return xml + "</oor:items>\n";
}

Profiles::Profiles(std::filesystem::path scratch, std::string language, UniqueFd lock)
    : scratch_(std::move(scratch)), language_(std::move(language)), lock_(std::move(lock)) {}

PrivateFolder::~PrivateFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

Profiles::~Profiles() {
    remove_all_made(scratch_);
    std::error_code ignored;
    std::filesystem::remove(scratch_ / kLockName, ignored);
    std::filesystem::remove(scratch_, ignored);
}

Result<std::unique_ptr<Profiles>> Profiles::open(std::filesystem::path scratch, std::string language) {
    auto lock = lock_folder(scratch);
    if (!lock) return failure(lock);
    remove_all_made(scratch);
    return std::unique_ptr<Profiles>(new Profiles(std::move(scratch), std::move(language), std::move(*lock)));
}

void Profiles::remove_abandoned(const std::filesystem::path& scratch) {
    const UniqueFd lock(::open((scratch / kLockName).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    const bool is_in_use = lock && ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0;
    std::error_code ignored;
    if (is_in_use) return;
    // Without a lock: killed before it made one, and nothing is in it; or a worker that had not died yet wrote while
    // the folder was being removed. Nobody makes anything there before the lock.
    if (!lock && std::filesystem::remove(scratch, ignored)) return;
    std::filesystem::remove_all(scratch, ignored);
}

std::filesystem::path Profiles::installation() const {
    return scratch_ / kInstallationName;
}

std::filesystem::path Profiles::results() const {
    return scratch_ / kResultsName;
}

Result<PrivateFolder> Profiles::make() {
    PrivateFolder profile(scratch_ / (kProfilePrefix + std::to_string(++made_)));
    if (!write_settings(profile.path(), language_)) return unavailable("cannot write to " + profile.path().string());
    return profile;
}

Result<PrivateFolder> Profiles::make_for_result() {
    PrivateFolder folder(scratch_ / (kResultPrefix + std::to_string(++made_)));
    std::error_code error;
    if (!std::filesystem::create_directory(folder.path(), error))
        return unavailable(folder.path().string() + ": " + error.message());
    return folder;
}

} // namespace passerelle::convert
