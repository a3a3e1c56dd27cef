// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/ocs/server_info.hpp"

#include "client/ocs/json.hpp"

#include <nlohmann/json.hpp>

namespace passerelle::ocs {
namespace {

int version_part(const Json& version, const char* part) {
    const auto number = number_of(at(version, {part})).value_or(0);
    return number >= 0 && number < 100'000 ? static_cast<int>(number) : 0;
}

/// The `data` of an OCS answer.
Result<Json> parse_data(std::string_view text) {
    auto root = parse_json(text);
    if (!root) return failure(root);
    const Json& data = at(*root, {"ocs", "data"});
    if (!data.is_object()) return bad_answer("no OCS document");
    return data;
}

} // namespace

Result<Status> parse_status(std::string_view text) {
    auto root = parse_json(text);
    if (!root) return failure(root);
    if (!at(*root, {"installed"}).is_boolean() || !at(*root, {"maintenance"}).is_boolean())
        return bad_answer("no status of a Nextcloud");
    Status status;
    status.installed = truth_of(at(*root, {"installed"}));
    status.maintenance = truth_of(at(*root, {"maintenance"}));
    status.needs_upgrade = truth_of(at(*root, {"needsDbUpgrade"}));
    status.version = text_of(at(*root, {"versionstring"}));
    status.product_name = text_of(at(*root, {"productname"}));
    return status;
}

Result<Capabilities> parse_capabilities(std::string_view text) {
    auto data = parse_data(text);
    if (!data) return failure(data);
    const Json& version = at(*data, {"version"});
    const Json& all = at(*data, {"capabilities"});
    const Json& files = at(all, {"files"});
    Capabilities result;
    result.major = version_part(version, "major");
    result.minor = version_part(version, "minor");
    result.micro = version_part(version, "micro");
    if (result.major == 0 || !all.is_object()) return bad_answer("no capabilities of a Nextcloud");
    result.product_name = text_of(at(all, {"theming", "name"}));
    result.blacklisted_files = texts_of(at(files, {"blacklisted_files"}));
    result.forbidden_filenames = texts_of(at(files, {"forbidden_filenames"}));
    result.forbidden_basenames = texts_of(at(files, {"forbidden_filename_basenames"}));
    result.forbidden_characters = texts_of(at(files, {"forbidden_filename_characters"}));
    result.forbidden_extensions = texts_of(at(files, {"forbidden_filename_extensions"}));
    result.windows_compatible_filenames = truth_of(at(files, {"windows_compatible_filenames"}));
    result.bulk_upload = text_of(at(all, {"dav", "bulkupload"})) == "1.0";
    result.chunk_max_bytes = number_of(at(files, {"chunked_upload", "max_size"}));
    const Json& companion = at(all, {"passerelle"});
    result.ingest = text_of(at(companion, {"ingest"}));
    result.ingest_max_bytes = number_of(at(companion, {"max_batch_bytes"}));
    result.ingest_max_parts = number_of(at(companion, {"max_batch_parts"}));
    result.sharing = text_of(at(companion, {"sharing"}));
    result.sharing_max_shares = number_of(at(companion, {"max_shares"}));
    result.sharing_max_addresses = number_of(at(companion, {"max_addresses"}));
    result.chunk_max_parallel = number_of(at(files, {"chunked_upload", "max_parallel_count"}));
    return result;
}

Result<User> parse_user(std::string_view text) {
    auto data = parse_data(text);
    if (!data) return failure(data);
    User user;
    user.id = text_of(at(*data, {"id"}));
    if (user.id.empty()) return bad_answer("no user");
    user.display_name = text_of(at(*data, {"displayname"}));
    user.email = text_of(at(*data, {"email"}));
    // -3 is unlimited, -2 unknown; before a user's first login there is {"quota":"none","used":0} alone.
    const auto free = number_of(at(*data, {"quota", "free"}));
    if (free && *free >= 0) user.free_bytes = static_cast<std::uint64_t>(*free);
    user.used_bytes =
        static_cast<std::uint64_t>(std::max<std::int64_t>(0, number_of(at(*data, {"quota", "used"})).value_or(0)));
    user.groups = texts_of(at(*data, {"groups"})).value_or(std::vector<std::string>());
    return user;
}

} // namespace passerelle::ocs
