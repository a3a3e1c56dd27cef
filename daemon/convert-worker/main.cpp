// SPDX-License-Identifier: AGPL-3.0-or-later
// passerelle-convert: LibreOffice as a worker of the pool in daemon/convert. Started by the pool, never by a person.
#include "daemon/convert-worker/confinement.hpp"
#include "daemon/convert-worker/office.hpp"
#include "daemon/convert/channel.hpp"
#include "daemon/convert/worker_arguments.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace passerelle::convert_worker {
namespace {

using convert::Channel;
using convert::Message;
namespace messages = convert::messages;

/// One document after the other until the pool hangs up.
int serve(Channel& channel, Office& office) {
    Message request;
    for (;;) {
        const auto received = channel.receive(request, std::chrono::milliseconds(-1));
        if (received == Channel::Received::nothing_yet) continue;
        if (received != Channel::Received::message) return EXIT_SUCCESS;
        if (request.size() != 4 || request[0] != messages::kConvert) return EXIT_FAILURE;
        const auto error = office.convert(request[1], request[2], request[3]);
        const Message answer =
            error ? Message{std::string(messages::kFailed), *error} : Message{std::string(messages::kConverted)};
        if (!channel.send(answer)) return EXIT_SUCCESS;
    }
}

int run(const convert::WorkerArguments& arguments) {
    Channel channel{UniqueFd(convert::kWorkerSocket)};
    const std::string network(leave_the_network());
    bound_resources(arguments.memory_bytes);
    // As far as the system allows; its user's rights are the bound where it does not.
    (void)write_only_in(std::filesystem::path(arguments.profile).parent_path());
    end_with_the_pool(channel.fd());

    const auto office = Office::start(arguments.libreoffice, arguments.profile);
    if (!office) {
        (void)channel.send({std::string(messages::kFailed), "LibreOffice does not start"});
        return EXIT_FAILURE;
    }
    end_by_crash_signals();
    if (!channel.send({std::string(messages::kReady), network})) return EXIT_SUCCESS;
    return serve(channel, *office);
}

} // namespace
} // namespace passerelle::convert_worker

int main(int argc, char** argv) {
    const auto arguments = passerelle::convert::WorkerArguments::parse({argv + 1, argv + argc});
    if (!arguments) {
        std::fputs("passerelle-convert is started by passerelle itself.\n", stderr);
        return EXIT_FAILURE;
    }
    // LibreOffice's own shutdown is slow and may crash; everything of value has been written by now.
    std::_Exit(passerelle::convert_worker::run(*arguments));
}
