// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/fakes/dav_answer.hpp"

namespace passerelle::fakes {
namespace {

constexpr std::string_view kXmlType = "application/xml; charset=utf-8";

/// The error document is written by another XML library than the answers are: it leaves quotes as they are.
std::string escape_text(std::string_view text) {
    std::string escaped = xml_escape(text);
    for (std::size_t at = 0; (at = escaped.find("&quot;", at)) != escaped.npos; ++at)
        escaped.replace(at, 6, "\"");
    return escaped;
}

} // namespace

HttpResponse dav_error(int status, std::string_view exception, std::string_view message, std::string_view more) {
    HttpResponse response;
    response.status = status;
    response.chunked = true;
    response.set("Content-Type", std::string(kXmlType));
    response.body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                    "<d:error xmlns:d=\"DAV:\" xmlns:s=\"http://sabredav.org/ns\"" +
                    std::string(more.find("<o:") != more.npos ? " xmlns:o=\"http://owncloud.org/ns\"" : "") +
                    ">\n  <s:exception>" + escape_text(exception) + "</s:exception>\n  <s:message>" +
                    escape_text(message) + "</s:message>\n" + std::string(more) + "</d:error>\n";
    return response;
}

HttpResponse not_found(std::string_view message) {
    return dav_error(404, "Sabre\\DAV\\Exception\\NotFound", message);
}

HttpResponse file_not_found(const ServerRelease& release, const std::string& path) {
    const bool doubled = release.doubles_root_slash && path.find('/') == path.npos;
    return not_found("File with name " + std::string(doubled ? "//" : "/") + path + " could not be located");
}

HttpResponse conflict(std::string_view message) {
    return dav_error(409, "Sabre\\DAV\\Exception\\Conflict", message);
}

HttpResponse already_exists() {
    auto response =
        dav_error(405, "Sabre\\DAV\\Exception\\MethodNotAllowed", "The resource you tried to create already exists");
    response.set("Allow", "OPTIONS, GET, HEAD, DELETE, PROPFIND, PUT, PROPPATCH, COPY, MOVE, REPORT");
    return response;
}

HttpResponse precondition_failed(std::string_view header, std::string_view message) {
    auto response = dav_error(412, "Sabre\\DAV\\Exception\\PreconditionFailed", message,
                              "  <s:header>" + std::string(header) + "</s:header>\n");
    response.reason = "Precondition failed";
    return response;
}

HttpResponse locked(const std::string& path) {
    return dav_error(423, "OCA\\DAV\\Connector\\Sabre\\Exception\\FileLocked",
                     "\"/" + path + "\" is locked, existing lock on file: exclusive");
}

HttpResponse insufficient_storage(const ServerRelease& release, const std::string& path, std::uint64_t required,
                                  std::int64_t available) {
    std::string message = "Insufficient space in /" + path;
    if (release.says_missing_bytes) {
        message += ", " + std::to_string(required) + " required, " + std::to_string(available) + " available";
    }
    return dav_error(507, "Sabre\\DAV\\Exception\\InsufficientStorage", message);
}

HttpResponse invalid_path(std::string_view reason) {
    const std::string text = escape_text(reason);
    return dav_error(400, "OCA\\DAV\\Connector\\Sabre\\Exception\\InvalidPath", reason,
                     "  <o:retry xmlns:o=\"o:\">false</o:retry>\n  <o:reason xmlns:o=\"o:\">" + text + "</o:reason>\n");
}

std::string mtime_complaint(const ServerRelease& release, std::string_view header) {
    const bool number = !header.empty() && header.find_first_not_of("-.0123456789") == header.npos;
    if (release.major < 32) {
        return "X-OC-MTime header must be " +
               std::string(number ? "a valid positive integer" : "an integer (unix timestamp).");
    }
    return "X-OC-MTime header must be a valid " +
           std::string(number ? "positive unix timestamp greater than one day" : "integer (unix timestamp)") +
           ", got \"" + std::string(header) + "\".";
}

HttpResponse invalid_mtime(const ServerRelease& release, std::string_view header) {
    return dav_error(500, "InvalidArgumentException", mtime_complaint(release, header));
}

HttpResponse not_implemented(std::string_view method) {
    return dav_error(501, "Sabre\\DAV\\Exception\\NotImplemented",
                     "There was no plugin in the system that was willing to handle this " + std::string(method) +
                         " method.");
}

HttpResponse done(int status) {
    HttpResponse response;
    response.status = status;
    response.set("Content-Type", "text/html; charset=UTF-8");
    return response;
}

HttpResponse multistatus(std::string_view responses) {
    HttpResponse response;
    response.status = 207;
    response.chunked = true;
    response.set("Content-Type", std::string(kXmlType)).set("Vary", "Brief,Prefer");
    response.body = "<?xml version=\"1.0\"?>\n<d:multistatus xmlns:d=\"DAV:\" xmlns:s=\"http://sabredav.org/ns\" "
                    "xmlns:oc=\"http://owncloud.org/ns\" xmlns:nc=\"http://nextcloud.org/ns\">" +
                    std::string(responses) + "</d:multistatus>\n";
    return response;
}

std::string xml_escape(std::string_view text) {
    std::string escaped;
    for (const char character : text) {
        switch (character) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        default:
            escaped += character;
        }
    }
    return escaped;
}

std::string instance_file_id(const Node& node) {
    const std::string digits = std::to_string(node.file_id);
    return std::string(digits.size() < 8 ? 8 - digits.size() : 0, '0') + digits + "ocdouble0001";
}

} // namespace passerelle::fakes
