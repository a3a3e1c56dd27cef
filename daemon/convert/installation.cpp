// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert/installation.hpp"

#include "core/reason_codes.hpp"

#include <fstream>
#include <system_error>

namespace passerelle::convert {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDescriptions = "share/config/soffice.cfg/modules";
constexpr const char* kCommentWindow = "swriter/ui/annotation.ui";

/// The window of a comment in the margin: the parts that Writer asks for by name, and nothing else.
constexpr const char* kCommentWindowDescription = R"(<?xml version="1.0" encoding="UTF-8"?>
<interface>
  <object class="GtkMenu" id="menu">
    <child><object class="GtkMenuItem" id="reply"/></child>
  </object>
  <object class="GtkBox" id="Annotation">
    <property name="orientation">vertical</property>
    <child>
      <object class="GtkScrolledWindow" id="scrolledwindow">
        <child>
          <object class="GtkViewport">
            <child><object class="GtkDrawingArea" id="editview"/></child>
          </object>
        </child>
      </object>
    </child>
    <child><object class="GtkLabel" id="author"/></child>
    <child><object class="GtkLabel" id="date"/></child>
    <child><object class="GtkLabel" id="resolved"/></child>
    <child>
      <object class="GtkMenuButton" id="menubutton"><property name="popup">menu</property></object>
    </child>
  </object>
</interface>
)";

/// Fills `target` with a link to each entry of `source`, except `but`, which becomes a folder. Answers that folder.
fs::path link_entries(const fs::path& source, const fs::path& target, const fs::path& but) {
    for (const auto& entry : fs::directory_iterator(source)) {
        if (entry.path().filename() != but) fs::create_symlink(entry.path(), target / entry.path().filename());
    }
    fs::create_directory(target / but);
    return target / but;
}

/// `file` is relative to both folders; in `source` it and its own folder may be missing.
void link_around(const fs::path& source, const fs::path& target, const fs::path& file) {
    fs::path from = source;
    fs::path to = target;
    for (const fs::path& name : file.parent_path()) {
        to = fs::is_directory(from) ? link_entries(from, to, name) : (fs::create_directory(to / name), to / name);
        from /= name;
    }
    if (!fs::is_directory(from)) return;
    for (const auto& entry : fs::directory_iterator(from))
        fs::create_symlink(entry.path(), to / entry.path().filename());
}

} // namespace

Result<fs::path> complete_installation(const fs::path& program, const fs::path& folder) {
    const fs::path installed = program.parent_path();
    const fs::path missing = fs::path(kDescriptions) / kCommentWindow;
    std::error_code error;
    if (!fs::is_directory(installed / kDescriptions, error) || fs::exists(installed / missing, error)) return program;
    try {
        fs::create_directory(folder);
        link_around(installed, folder, missing);
    } catch (const fs::filesystem_error& failed) {
        return Error(ErrorKind::job, codes::convert_unavailable, failed.what());
    }
    std::ofstream description(folder / missing);
    description << kCommentWindowDescription;
    if (!description.flush()) {
        return Error(ErrorKind::job, codes::convert_unavailable, "cannot write to " + folder.string());
    }
    return folder / program.filename();
}

} // namespace passerelle::convert
