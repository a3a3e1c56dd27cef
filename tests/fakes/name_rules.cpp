// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/name_rules.hpp"

#include "tests/fakes/dav_answer.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <memory>
#include <utf8proc.h>

namespace passerelle::fakes {
namespace {

std::string lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char letter) { return std::tolower(letter); });
    return text;
}

/// With windows_compatible_filenames the server refuses what Windows cannot store.
std::optional<HttpResponse> refuse_for_windows(const std::string& name) {
    constexpr std::array<std::string_view, 22> kDevices = {
        "con",  "prn",  "aux",  "nul",  "com1", "com2", "com3", "com4", "com5", "com6", "com7",
        "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"};
    const auto bad = name.find_first_of("<>:\"|?*");
    if (bad != name.npos) {
        return invalid_path("\"" + name.substr(bad, 1) + "\" is not allowed inside a file or folder name.");
    }
    const std::string base = lower_case(name.substr(0, name.find('.', 1)));
    if (std::find(kDevices.begin(), kDevices.end(), base) != kDevices.end()) {
        return invalid_path("\"" + base + "\" is a forbidden prefix for file or folder names.");
    }
    if (name.ends_with(' ') || name.ends_with('.'))
        return invalid_path("Filenames must not end with \"" + name.substr(name.size() - 1) + "\".");
    return std::nullopt;
}

HttpResponse reserved_answer(int status, const std::string& path) {
    switch (status) {
    case 400:
        return invalid_path("Filename is a reserved word");
    case 403:
        return dav_error(403, "Sabre\\DAV\\Exception\\Forbidden", "");
    default:
        return dav_error(status, "OCP\\Files\\ForbiddenException", "Invalid path: files/" + path);
    }
}

HttpResponse partial_answer(int status, const std::string& path, const std::string& name) {
    if (status == 423) return locked(path);
    return invalid_path("\"" + lower_case(name.substr(name.rfind('.'))) + "\" is a forbidden file type.");
}

std::optional<HttpResponse> refuse(const ServerRelease& release, const std::string& path, int reserved_status) {
    const std::string name = name_of(path);
    const std::string noun = release.major < 32 ? "File name" : "Filename";
    switch (name_flaw(release, name)) {
    case NameFlaw::empty:
        return invalid_path("Filename cannot be empty");
    case NameFlaw::dots:
        return invalid_path("Dot files are not allowed");
    case NameFlaw::too_long:
        return invalid_path(noun + " is too long");
    case NameFlaw::unstorable:
        return dav_error(500, "Sabre\\DAV\\Exception", "Could not write file contents");
    case NameFlaw::character:
        if (release.major < 32) return invalid_path(noun + " contains at least one invalid character");
        return invalid_path("\"\\\" is not allowed inside a file or folder name.");
    case NameFlaw::control:
        return invalid_path(noun + " contains at least one invalid character");
    case NameFlaw::reserved:
        return reserved_answer(reserved_status, path);
    case NameFlaw::partial:
        return partial_answer(release.partial_name_status, path, name);
    case NameFlaw::none:
        break;
    }
    if (release.windows_compatible) return refuse_for_windows(name);
    return std::nullopt;
}

} // namespace

NameFlaw name_flaw(const ServerRelease& release, const std::string& name) {
    const std::string lower = lower_case(name);
    if (name.find_first_not_of(" ") == name.npos) return NameFlaw::empty;
    if (name == "." || name == "..") return NameFlaw::dots;
    if (name.size() > release.max_name_bytes) return NameFlaw::too_long;
    if (name.size() > release.storable_name_bytes) return NameFlaw::unstorable;
    if (std::any_of(name.begin(), name.end(), [](unsigned char byte) { return byte < 0x20; })) return NameFlaw::control;
    if (name.find('\\') != name.npos) return NameFlaw::character;
    if (lower == ".htaccess") return NameFlaw::reserved;
    if (lower.ends_with(".part") || lower.ends_with(".filepart")) return NameFlaw::partial;
    return NameFlaw::none;
}

std::optional<HttpResponse> refuse_file_name(const ServerRelease& release, const std::string& path) {
    return refuse(release, path, release.forbidden_name_status);
}

std::optional<HttpResponse> refuse_folder_name(const ServerRelease& release, const std::string& path) {
    return refuse(release, path, release.forbidden_folder_status);
}

std::string normalise(const std::string& path) {
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> composed(
        utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(path.c_str())), &std::free);
    return composed ? std::string(reinterpret_cast<const char*>(composed.get())) : path;
}

} // namespace passerelle::fakes
