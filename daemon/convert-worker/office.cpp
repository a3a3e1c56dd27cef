// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/convert-worker/office.hpp"

// LibreOfficeKit keeps the types of documents behind this name, though they have been the same for ten years.
#define LOK_USE_UNSTABLE_API
#include <LibreOfficeKit/LibreOfficeKit.hxx>
#include <LibreOfficeKit/LibreOfficeKitInit.h>
#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace passerelle::convert_worker {
namespace {

/// A file URL: every byte but the unreserved ones and the slash is percent-encoded.
std::string file_url(const std::string& path) {
    static constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string url = "file://";
    for (const char character : path) {
        if (kPlain.find(character) != std::string_view::npos) {
            url.push_back(character);
            continue;
        }
        const auto byte = static_cast<unsigned char>(character);
        url.push_back('%');
        url.push_back(kHex[byte >> 4]);
        url.push_back(kHex[byte & 15]);
    }
    return url;
}

std::optional<LibreOfficeKitDocumentType> document_type(const std::string& format) {
    if (format == "odt") return LOK_DOCTYPE_TEXT;
    if (format == "ods") return LOK_DOCTYPE_SPREADSHEET;
    if (format == "odp") return LOK_DOCTYPE_PRESENTATION;
    return std::nullopt;
}

} // namespace

struct Office::Kit {
    std::unique_ptr<lok::Office> office;

    std::string last_error() const {
        char* text = office->getError();
        std::string error = text ? text : "";
        std::free(text);
        return error;
    }
};

Office::Office(std::unique_ptr<Kit> kit) : kit_(std::move(kit)) {}
Office::~Office() = default;

// LOK_FEATURE_DOCUMENT_PASSWORD stays off: without it a document that asks for a password fails to load at once. With
// it, LibreOffice 7.4 calls back for the password, and aborts the process when the answer is "none".
std::unique_ptr<Office> Office::start(const std::string& program, const std::string& profile) {
    // What is built in as the place of installation gives way to the one around `program`.
    const std::string installation = std::filesystem::path(program).parent_path().string();
    ::setenv("BRAND_BASE_DIR", file_url(installation).c_str(), 1);
    std::unique_ptr<lok::Office> office(lok::lok_cpp_init(program.c_str(), file_url(profile).c_str()));
    if (!office) return nullptr;
    return std::unique_ptr<Office>(new Office(std::make_unique<Kit>(Kit{std::move(office)})));
}

std::optional<std::string> Office::convert(const std::string& input, const std::string& output,
                                           const std::string& format) {
    const auto wanted = document_type(format);
    if (!wanted) return "unknown format " + format;
    // Batch: no question is ever asked.
    const std::unique_ptr<lok::Document> document(kit_->office->documentLoad(file_url(input).c_str(), "Batch=true"));
    if (!document) return "not loaded: " + kit_->last_error();
    if (document->getDocumentType() != *wanted) return "loaded as another type of document";
    // LibreOfficeKit maps these formats to the filters writer8, calc8 and impress8. Storing a copy leaves the
    // document's own author and dates alone.
    if (!document->saveAs(file_url(output).c_str(), format.c_str())) return "not stored: " + kit_->last_error();
    return std::nullopt;
}

} // namespace passerelle::convert_worker
