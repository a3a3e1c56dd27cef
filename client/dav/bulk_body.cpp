// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/dav/bulk_body.hpp"

#include "core/hash.hpp"
#include "core/reason_codes.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::dav {
namespace {

class BulkReader final : public ByteReader {
  public:
    explicit BulkReader(std::shared_ptr<const std::vector<BulkBody::Part>> parts) : parts_(std::move(parts)) {}

    Result<std::size_t> read(std::span<std::byte> buffer) override {
        std::size_t filled = 0;
        while (filled < buffer.size() && at_ < parts_->size()) {
            auto count = read_part((*parts_)[at_], buffer.subspan(filled));
            if (!count) return count;
            filled += *count;
        }
        return filled;
    }

  private:
    /// 0 when it has moved on to the next part.
    Result<std::size_t> read_part(const BulkBody::Part& part, std::span<std::byte> buffer) {
        if (text_read_ < part.before.size()) {
            const auto text = std::as_bytes(std::span(part.before)).subspan(text_read_);
            const std::size_t count = std::min(text.size(), buffer.size());
            std::copy_n(text.begin(), count, buffer.begin());
            text_read_ += count;
            return count;
        }
        if (part.content && !reader_) {
            auto opened = part.content->open();
            if (!opened) return failure(opened);
            reader_ = std::move(*opened);
            rest_ = part.content->size();
        }
        if (rest_ == 0) {
            reader_.reset();
            text_read_ = 0;
            ++at_;
            return std::size_t{0};
        }
        auto count =
            reader_->read(buffer.first(static_cast<std::size_t>(std::min<std::uint64_t>(rest_, buffer.size()))));
        if (!count) return count;
        if (*count == 0) return Error(ErrorKind::item, codes::file_changed, fmt::format("{} bytes missing", rest_));
        rest_ -= *count;
        return count;
    }

    std::shared_ptr<const std::vector<BulkBody::Part>> parts_;
    std::size_t at_ = 0;
    std::size_t text_read_ = 0;
    std::unique_ptr<ByteReader> reader_;
    std::uint64_t rest_ = 0;
};

std::string checksum_line(BulkChecksum checksum, const FileUpload& file) {
    switch (checksum) {
    case BulkChecksum::md5:
        return fmt::format("X-File-MD5: {}\r\n", file.md5);
    case BulkChecksum::sha256: // the server compares the algorithm's name as PHP spells it
        return fmt::format("OC-Checksum: sha256:{}\r\n", file.sha256);
    }
    return {};
}

std::string bulk_headers(const Endpoint& endpoint, const FileUpload& file) {
    return fmt::format("X-OC-MTime: {}\r\n{}", endpoint.mtime(file.modified),
                       checksum_line(endpoint.site().bulk_checksum, file));
}

std::string ingest_headers(const Endpoint& endpoint, const FileUpload& file) {
    if (!file.content && file.modified == Timestamp{}) return "X-Kind: folder\r\n";
    if (!file.content) return fmt::format("X-Kind: folder\r\nX-OC-MTime: {}\r\n", endpoint.mtime(file.modified));
    std::string headers =
        fmt::format("X-OC-MTime: {}\r\n{}", endpoint.mtime(file.modified), checksum_line(BulkChecksum::sha256, file));
    if (file.created) headers += fmt::format("X-OC-CTime: {}\r\n", endpoint.mtime(*file.created));
    return headers;
}

/// The server finds parts by their Content-Length, so a boundary that also occurs in a file does no harm; the same
/// files have the same boundary, which makes a repeated request the same request.
std::string boundary_of(std::span<const FileUpload> files) {
    Hasher hasher(HashAlgorithm::sha256);
    for (const FileUpload& file : files) {
        hasher.update(file.path);
        hasher.update(file.sha256);
    }
    return "passerelle-" + hasher.finish().substr(0, 32);
}

} // namespace

BulkBody::BulkBody(const Endpoint& endpoint, std::span<const FileUpload> files, BatchReader reader) {
    const std::string boundary = boundary_of(files);
    content_type_ = "multipart/related; boundary=" + boundary;
    std::vector<Part> parts;
    parts.reserve(files.size() + 1);
    std::string after_last; // the line end after the content before
    for (const FileUpload& file : files) {
        const auto headers =
            reader == BatchReader::bulk ? bulk_headers(endpoint, file) : ingest_headers(endpoint, file);
        parts.push_back({fmt::format("{}--{}\r\nX-File-Path: {}\r\n{}Content-Length: {}\r\n\r\n", after_last, boundary,
                                     bulk_path(file), headers, file.content ? file.content->size() : 0),
                         file.content});
        after_last = "\r\n";
    }
    parts.push_back({fmt::format("{}--{}--\r\n", after_last, boundary), nullptr});
    for (const Part& part : parts)
        size_ += part.before.size() + (part.content ? part.content->size() : 0);
    parts_ = std::make_shared<const std::vector<Part>>(std::move(parts));
}

Result<std::unique_ptr<ByteReader>> BulkBody::open() const {
    return std::make_unique<BulkReader>(parts_);
}

std::string bulk_path(const FileUpload& file) {
    return "/" + file.path;
}

bool fits_bulk(const FileUpload& file) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
    return !file.path.empty() && file.path.back() != ' ' &&
           std::none_of(file.path.begin(), file.path.end(), is_control);
}

} // namespace passerelle::dav
