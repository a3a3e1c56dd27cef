// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/cli/arguments.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fmt/format.h>
#include <functional>
#include <sstream>

namespace passerelle::cli {
namespace {

constexpr int kUsageExitCode = 1;

/// A word of core/words.hpp as an option's value.
template <class Word, class Field>
std::function<void(const std::string&)> set_word(const std::string& option, Field& field) {
    return [option, &field](const std::string& text) {
        const auto word = from_string<Word>(text);
        if (!word) throw CLI::ValidationError(option, "does not know '" + text + "'");
        field = *word;
    };
}

/// --convert all|none|faithful|text,spreadsheets,presentations; with "faithful" in a list, only what is faithful of
/// those
std::string read_convert(const std::string& text, plan::ConvertChoice& choice) {
    const bool every = text == "all" || text == "faithful";
    choice = {.text = every, .spreadsheets = every, .presentations = every, .only_faithful = text == "faithful"};
    if (every || text == "none") return {};
    std::istringstream list(text);
    for (std::string family; std::getline(list, family, ',');) {
        if (family == "text")
            choice.text = true;
        else if (family == "spreadsheets")
            choice.spreadsheets = true;
        else if (family == "presentations")
            choice.presentations = true;
        else if (family == "faithful")
            choice.only_faithful = true;
        else
            return fmt::format("'{}' is none of all, none, faithful, text, spreadsheets, presentations", family);
    }
    return {};
}

std::string without_slashes(std::string path) {
    while (path.starts_with('/'))
        path.erase(0, 1);
    while (path.ends_with('/'))
        path.pop_back();
    return path;
}

/// "Bureau=Bureau de l'association", or "Bureau" for a team folder or a Team of the same name.
std::string read_team(const std::string& text, std::map<std::string, std::string>& teams) {
    const auto equals = text.find('=');
    const auto place = without_slashes(text.substr(0, equals));
    const auto name = equals == std::string::npos ? place : without_slashes(text.substr(equals + 1));
    if (place.empty() || name.empty() || name.find('/') != std::string::npos)
        return fmt::format("'{}' is not FOLDER=NAME", text);
    for (const auto& [other, team] : teams)
        if (team == name && other != place) return fmt::format("two folders for '{}'", name);
    teams[place] = name;
    return {};
}

/// Declares the commands and their options, each bound to a field of the arguments.
class Declaration {
  public:
    explicit Declaration(Arguments& arguments) : arguments_(arguments) {
        app_.require_subcommand(1);
        app_.set_version_flag("--version", "passerelle " PASSERELLE_VERSION);
        app_.fallthrough();
        app_.add_option_function<std::string>("--language", set_word<Language>("--language", arguments_.asked_language),
                                              "language of the messages and of the tree of originals: fr or en")
            ->option_text("fr|en");
        app_.add_option("--config", arguments_.config_file, "settings file")->option_text("FILE");
        app_.add_option("--state-dir", arguments_.state_folder, "folder of the journal")->option_text("DIR");

        auto* scan = command(Command::scan, "scan", "what is in an export, and what will be difficult; no network");
        exports(scan);
        json(scan);
        auto* plan = command(Command::plan, "plan", "what would go where; writes nothing");
        exports(plan);
        target(plan);
        choices(plan);
        json(plan);
        plan->add_flag_callback(
            "--csv", [this] { arguments_.output = Output::csv; }, "the plan as CSV");
        plan->add_flag_callback(
            "--sync", [this] { synchronise(Gone::keep); }, "of a synchronisation, see sync");
        gone(plan);
        share_order(plan, "also shows who would see what: as the export says, or by a table of accesses");
        auto* migrate = command(Command::migrate, "migrate", "brings an export to Nextcloud; resumable");
        auto* sync = command(Command::sync, "sync", "the same account again: only what has changed; resumable");
        for (auto* sub : {migrate, sync}) {
            exports(sub);
            target(sub);
            choices(sub);
            performance(sub);
            sub->add_flag("--create-team-folders", arguments_.create_team_folders,
                          "makes the team folders that are not there; for an administrator's account");
            sub->add_option("--report", arguments_.report_file, "writes the report there (.html, .ods, .csv or .json)")
                ->option_text("FILE");
            share_order(sub,
                        "shares as well, when everything has arrived: as the export says, or by a table of accesses");
        }
        sync->callback([this] {
            arguments_.command = Command::sync;
            synchronise(Gone::keep);
        });
        gone(sync);

        auto* resume = command(Command::resume, "resume", "goes on with a migration that was stopped");
        job(resume);
        target(resume);
        performance(resume);
        auto* retry = command(Command::retry, "retry", "tries again what failed");
        job(retry);
        target(retry);
        performance(retry);
        retry
            ->add_option("items", arguments_.items,
                         "numbers of lines of its report (`id`); without them, all that failed")
            ->option_text("ITEM...");
        retry->add_flag("--all", arguments_.all_failures, "also what will probably fail again");

        auto* undo = command(Command::undo, "undo",
                             "takes away what a migration brought and nobody has touched since; shows it first");
        job(undo);
        target(undo);
        json(undo);
        auto* yes = undo->add_flag("--yes", arguments_.certain, "does it: into Nextcloud's trash bin");
        undo->add_flag_callback(
                "--dry-run", [] {}, "only shows it, as without --yes")
            ->excludes(yes);

        command(Command::backup, "backup", "copies the journal, which may be in use")
            ->add_option("file", arguments_.backup_file, "the copy; must not be there yet")
            ->required();
        auto* forget = command(Command::forget, "forget", "deletes the ledgers of migrations; what they brought stays");
        auto* one = forget->add_option("job", arguments_.job, "the migration's number");
        auto* all = forget->add_option("--user", arguments_.forget_user, "all migrations into this account")
                        ->option_text("NAME");
        one->excludes(all);
        forget->require_option(1);

        auto* convert = command(Command::convert, "convert", "converts documents to OpenDocument; no network");
        convert->add_option("files", arguments_.exports, "documents")->required()->option_text("FILE...");
        convert->add_option("--outdir", arguments_.out_folder, "folder of the results")->required()->option_text("DIR");
        convert_choice(convert);
        json(convert);

        json(command(Command::jobs, "jobs", "all migrations, the newest first"));
        auto* status = command(Command::status, "status", "how far a migration is");
        job(status);
        json(status);
        auto* report = command(Command::report, "report", "what became of every single file, on stdout");
        job(report);
        report->add_option("--format", arguments_.report_format, "json, csv, html or ods")
            ->check(CLI::IsMember({"json", "csv", "html", "ods"}))
            ->default_val("json");
        sharing();
        auto* log = command(Command::log, "log", "what happened, for administrators");
        log->add_option("job", arguments_.job, "only this migration");
        log->add_flag("--follow", arguments_.follow, "goes on as lines are added");
        auto* login =
            command(Command::login, "login", "asks Nextcloud for an app password in the browser, and keeps it");
        login->add_option("url", arguments_.target.url, "the Nextcloud's address")->required();
        security(login);
        command(Command::serve, "serve", "the service that Nextcloud's page drives; runs until it is stopped");
        command(Command::pair, "pair", "prints the code that connects Nextcloud with the service")
            ->add_flag("--anew", arguments_.anew, "makes a new secret; the old code is worth nothing then");
        auto* check = command(Command::check_config, "check-config", "checks the settings file");
        check->add_flag("--example", arguments_.example, "prints a settings file with every setting explained");
    }

    CLI::App& app() { return app_; }

  private:
    CLI::App* command(Command value, const std::string& name, const std::string& text) {
        auto* sub = app_.add_subcommand(name, text);
        sub->callback([this, value] { arguments_.command = value; });
        return sub;
    }
    void exports(CLI::App* sub) {
        sub->add_option("export", arguments_.exports, "the export's archives, or the folder that holds them")
            ->required()
            ->option_text("EXPORT...");
    }
    void synchronise(Gone gone) {
        auto& choice = arguments_.choices.synchronise;
        if (!choice) choice = gone;
    }
    void gone(CLI::App* sub) {
        sub->add_option_function<std::string>(
               "--gone", set_word<Gone>("--gone", arguments_.choices.synchronise),
               "what the source no longer has: is told and kept, or put into the trash bin where nobody has touched it")
            ->option_text("keep|trash");
    }
    void json(CLI::App* sub) {
        sub->add_flag_callback(
            "--json", [this] { arguments_.output = Output::json; }, "for programs");
    }
    void job(CLI::App* sub) { sub->add_option("job", arguments_.job, "its number, as `jobs` lists it")->required(); }
    void sharing() {
        auto* people = command(Command::people, "people", "who the people of an export are in Nextcloud");
        auto* shares = command(Command::shares, "shares", "who sees what after a migration; changes nothing by itself");
        for (auto* sub : {people, shares}) {
            job(sub);
            sub->add_option("--password-file", arguments_.target.password_file, "file that holds an app password")
                ->option_text("FILE");
            security(sub);
            json(sub);
            members(sub);
        }
        people
            ->add_option("--csv", arguments_.table_file,
                         "table of people: written; where it exists, its decisions are taken first")
            ->option_text("FILE");
        people
            ->add_option("--accesses", arguments_.accesses_file,
                         "table of accesses (shares --csv) whose people are meant instead of the export's")
            ->option_text("FILE");
        shares
            ->add_option("--csv", arguments_.table_file,
                         "table of accesses: written where it does not exist, else read instead of the export's")
            ->option_text("FILE");
        people_table(shares);
        shares->add_flag("--apply", arguments_.apply, "makes the shares; can be repeated");
        shares->add_flag("--notify", arguments_.notify, "Nextcloud writes to the people");
        shares->add_flag("--create-groups", arguments_.create_groups,
                         "creates the groups that a team folder needs; for an administrator's account");
        shares->add_flag("--again", arguments_.again, "also makes shares that somebody has removed since");
    }
    void members(CLI::App* sub) {
        sub->add_option_function<std::vector<std::string>>(
               "--members",
               [this](const std::vector<std::string>& pairs) {
                   for (const auto& pair : pairs) {
                       const auto equals = pair.rfind('=');
                       if (equals == std::string::npos || equals == 0 || equals + 1 == pair.size())
                           throw CLI::ValidationError("--members", "'" + pair + "' is not FOLDER=FILE");
                       arguments_.members.emplace_back(without_slashes(pair.substr(0, equals)),
                                                       pair.substr(equals + 1));
                   }
               },
               "Dropbox's answer to list_folder_members for a shared folder, instead of the export's accesses; may be "
               "given several times")
            ->option_text("FOLDER=FILE");
    }
    void share_order(CLI::App* sub, const std::string& what) {
        sub->add_option("--shares", arguments_.shares, what)->option_text("none|source|FILE");
        people_table(sub);
    }
    void people_table(CLI::App* sub) {
        sub->add_option("--people", arguments_.people_file,
                        "table of people (people --csv) whose decisions are taken first")
            ->option_text("FILE");
    }
    void security(CLI::App* sub) {
        sub->add_option("--ca-file", arguments_.target.ca_file, "a private certification authority, PEM")
            ->option_text("FILE");
        sub->add_flag("--insecure-http", arguments_.target.insecure_http,
                      "sends the password unencrypted to another host over plain http");
    }
    void target(CLI::App* sub) {
        sub->add_option("--to", arguments_.target.url, "the Nextcloud's address")->option_text("URL");
        sub->add_option("--user", arguments_.target.user, "login name")->option_text("NAME");
        sub->add_option("--password-file", arguments_.target.password_file, "file that holds an app password")
            ->option_text("FILE");
        security(sub);
    }
    void choices(CLI::App* sub) {
        auto& choices = arguments_.choices;
        sub->add_option_function<std::string>(
               "--dest", [&choices](const std::string& path) { choices.destination = without_slashes(path); },
               "folder in Nextcloud; the top without it")
            ->option_text("PATH");
        convert_choice(sub);
        sub->add_option_function<std::string>("--originals", set_word<Originals>("--originals", choices.originals),
                                              "where the originals of converted documents go")
            ->option_text("folder|beside|discard");
        sub->add_option("--places", arguments_.places_file,
                        "table of the first level's folders and where each goes: own files, a team folder or a Team; "
                        "plan writes "
                        "it where it does not exist")
            ->option_text("FILE");
        sub->add_option_function<std::vector<std::string>>(
               "--team-folder",
               [&choices](const std::vector<std::string>& pairs) {
                   for (const auto& pair : pairs)
                       if (const auto problem = read_team(pair, choices.team_folders); !problem.empty())
                           throw CLI::ValidationError("--team-folder", problem);
               },
               "a folder of the first level goes into this team folder; may be given several times")
            ->option_text("FOLDER[=NAME]");
        sub->add_option_function<std::vector<std::string>>(
               "--team",
               [&choices](const std::vector<std::string>& pairs) {
                   for (const auto& pair : pairs)
                       if (const auto problem = read_team(pair, choices.teams); !problem.empty())
                           throw CLI::ValidationError("--team", problem);
               },
               "a folder of the first level is shared with this Team, made where there is none, instead of with its "
               "people one by one; may be given several times")
            ->option_text("FOLDER[=NAME]");
        sub->add_option("--include", choices.include, "only what matches; may be given several times")
            ->option_text("GLOB");
        sub->add_option("--exclude", choices.exclude, "not what matches; may be given several times")
            ->option_text("GLOB");
    }
    void convert_choice(CLI::App* sub) {
        sub->add_option_function<std::string>(
               "--convert",
               [&choice = arguments_.choices.convert](const std::string& text) {
                   if (const auto problem = read_convert(text, choice); !problem.empty())
                       throw CLI::ValidationError("--convert", problem);
               },
               "to OpenDocument: all, none, faithful (only where nothing is lost), or a list of "
               "text,spreadsheets,presentations,faithful")
            ->option_text("all|none|faithful|LIST");
    }
    void performance(CLI::App* sub) {
        sub->add_option("--connections", arguments_.connections, "files on their way at once")
            ->check(CLI::Range(1, 32))
            ->option_text("N");
        sub->add_option("--workers", arguments_.workers, "documents in conversion at once")
            ->check(CLI::Range(1, 16))
            ->option_text("N");
    }

    Arguments& arguments_;
    CLI::App app_{"Brings an export of Google Drive or Dropbox to Nextcloud.", "passerelle"};
};

} // namespace

Parsed parse(int argc, const char* const* argv) {
    Arguments arguments;
    Declaration declaration(arguments);
    try {
        declaration.app().parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = declaration.app().exit(error); // prints help or what is wrong
        return {std::nullopt, code == 0 ? 0 : kUsageExitCode};
    }
    return {std::move(arguments), 0};
}

} // namespace passerelle::cli
