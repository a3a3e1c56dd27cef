// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/dav/endpoint.hpp"
#include "client/dav/types.hpp"
#include "core/content.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::dav {

/// Who is to read the body: Nextcloud's bulk endpoint, or the companion app's, which also takes creation times, and
/// folders (uploads without content).
enum class BatchReader { bulk, ingest };

/// A multipart/related body made of the files' contents, which are read straight into the buffer of whoever sends it.
/// A value object, as every Content.
class BulkBody final : public Content {
  public:
    BulkBody(const Endpoint& endpoint, std::span<const FileUpload> files, BatchReader reader = BatchReader::bulk);

    [[nodiscard]] const std::string& content_type() const { return content_type_; }
    [[nodiscard]] std::uint64_t size() const override { return size_; }
    [[nodiscard]] Result<std::unique_ptr<ByteReader>> open() const override;

    /// Text, then a content; the last part has text only.
    struct Part {
        std::string before;
        std::shared_ptr<const Content> content;
    };

  private:
    std::string content_type_;
    std::shared_ptr<const std::vector<Part>> parts_; // shared with the readers, which may outlive the body
    std::uint64_t size_ = 0;
};

/// How a file is named in a batch and in its answer: "/dir/é.txt".
[[nodiscard]] std::string bulk_path(const FileUpload& file);

/// The part's headers are lines whose ends the server trims; a path that would come out otherwise cannot travel so.
[[nodiscard]] bool fits_bulk(const FileUpload& file);

} // namespace passerelle::dav
