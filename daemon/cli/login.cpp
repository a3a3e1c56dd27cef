// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/login_flow.hpp"

#include "client/http/cpprest_transport.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/connection.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/engine.hpp"
#include "daemon/cli/interruption.hpp"

#include <fmt/format.h>

namespace passerelle::cli {
namespace {

constexpr Sentence kOpenThis{"Ouvrez cette adresse dans votre navigateur et accordez l'accès :",
                             "Open this address in your browser and grant access:"};
constexpr Sentence kKept{"C'est fait : « {} » est connu sur {}. Vous pouvez lancer « passerelle migrate EXPORT ».",
                         "Done: “{}” is known on {}. You can run “passerelle migrate EXPORT”."};

} // namespace

Result<Ending> login(const Arguments& arguments, const Settings& settings) {
    const Interruption interruption;
    // Where the app password will be kept is made first: a password that cannot be kept would have been granted for
    // nothing.
    if (auto journal = open_journal(settings); !journal) return failure(journal);
    auto server = http::parse_url(arguments.target.url);
    if (!server) return failure(server);
    http::TransportOptions options;
    options.server = *server;
    options.ca_file =
        arguments.target.ca_file.empty() ? std::filesystem::path(settings.ca_file) : arguments.target.ca_file;
    options.insecure_http = arguments.target.insecure_http;
    auto transport = http::make_transport(options);
    if (!transport) return failure(transport);

    auto flow = ocs::LoginFlow::start(**transport, *server, interruption.token());
    if (!flow) return failure(flow);
    say(kOpenThis.in(arguments.language));
    say("  " + flow->page());
    auto grant = flow->wait(interruption.token());
    if (!grant) return failure(grant);

    TargetArguments target = arguments.target;
    target.url = server->text();
    target.user = grant->login_name;
    if (auto stored = store_login(target, grant->app_password, settings); !stored) return failure(stored);
    say(fmt::format(fmt::runtime(kKept.in(arguments.language)), grant->login_name, arguments.target.url));
    return Ending::complete;
}

} // namespace passerelle::cli
