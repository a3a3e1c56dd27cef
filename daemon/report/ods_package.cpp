// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/report/ods_package.hpp"

#include "client/xml/writer.hpp"
#include "core/reason_codes.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <exception>
#include <filesystem>
#include <fstream>
#include <optional>
#include <ostream>
#include <stdlib.h>
#include <zip.h>

namespace passerelle::report {
namespace {

// The text is of the kind that compresses well at any level; higher ones cost three times the time for a tenth.
constexpr zip_uint32_t kLevel = 3;

Error no_room(const std::string& why) {
    return {ErrorKind::job, codes::disk_full, "the package of the report: " + why};
}

/// A folder of its own, which goes with what is in it.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::error_code none;
        auto pattern = (std::filesystem::temp_directory_path(none) / "passerelle-report-XXXXXX").string();
        if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
    }
    ~TemporaryFolder() { remove(); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; } ///< empty: it could not be made
    void remove() {
        std::error_code ignored; // the system clears its temporary folder
        if (!path_.empty()) std::filesystem::remove_all(std::exchange(path_, {}), ignored);
    }

  private:
    std::filesystem::path path_;
};

/// Hands a part to libzip, which asks for it when it writes the archive.
class PartReader {
  public:
    PartReader(Pieces pieces, Timestamp written_at) : pieces_(std::move(pieces)), written_at_(written_at) {
        zip_error_init(&error_);
    }
    ~PartReader() { zip_error_fini(&error_); }
    PartReader(const PartReader&) = delete;
    PartReader& operator=(const PartReader&) = delete;

    static zip_int64_t serve(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command) {
        return static_cast<PartReader*>(self)->answer(data, length, command);
    }

    /// What kept it from being read: rethrown where it was thrown.
    [[nodiscard]] const std::optional<Error>& failed() const {
        if (thrown_) std::rethrow_exception(thrown_);
        return failed_;
    }

  private:
    zip_int64_t answer(void* data, zip_uint64_t length, zip_source_cmd_t command) {
        switch (command) {
        case ZIP_SOURCE_SUPPORTS:
            return ZIP_SOURCE_SUPPORTS_READABLE;
        case ZIP_SOURCE_STAT:
            return stat(static_cast<zip_stat_t*>(data));
        case ZIP_SOURCE_READ:
            return read(static_cast<char*>(data), length);
        case ZIP_SOURCE_ERROR:
            return zip_error_to_data(&error_, data, length);
        case ZIP_SOURCE_OPEN:
        case ZIP_SOURCE_CLOSE:
        case ZIP_SOURCE_FREE:
            return 0;
        default:
            zip_error_set(&error_, ZIP_ER_OPNOTSUPP, 0);
            return -1;
        }
    }

    zip_int64_t stat(zip_stat_t* facts) const {
        zip_stat_init(facts);
        facts->mtime = to_epoch(written_at_);
        facts->valid = ZIP_STAT_MTIME;
        return sizeof(*facts);
    }

    /// No exception may pass through libzip.
    zip_int64_t read(char* data, zip_uint64_t length) {
        try {
            if (at_ == piece_.size() && !next_piece()) {
                zip_error_set(&error_, ZIP_ER_READ, 0);
                return -1;
            }
        } catch (...) {
            thrown_ = std::current_exception();
            zip_error_set(&error_, ZIP_ER_INTERNAL, 0);
            return -1;
        }
        const auto count = std::min<std::size_t>(length, piece_.size() - at_);
        std::memcpy(data, piece_.data() + at_, count);
        at_ += count;
        return static_cast<zip_int64_t>(count);
    }

    bool next_piece() {
        auto piece = pieces_();
        if (!piece) {
            failed_ = piece.error();
            return false;
        }
        piece_ = std::move(*piece);
        at_ = 0;
        return true;
    }

    Pieces pieces_;
    Timestamp written_at_;
    std::string piece_;
    std::size_t at_ = 0;
    std::optional<Error> failed_;
    std::exception_ptr thrown_;
    zip_error_t error_{};
};

std::string manifest_of(const std::string& media_type, const std::vector<Part>& parts) {
    xml::Writer writer;
    const auto entry = [&](const std::string& path, const std::string& type) {
        writer.start("manifest:file-entry").attribute("manifest:full-path", path);
        writer.attribute("manifest:media-type", type).end();
    };
    writer.start("manifest:manifest")
        .attribute("xmlns:manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0")
        .attribute("manifest:version", "1.3");
    entry("/", media_type);
    for (const auto& part : parts)
        entry(part.name, "text/xml");
    return writer.finish();
}

/// Writes the archive; the readers outlive it and know what went wrong.
class Archive {
  public:
    explicit Archive(const std::filesystem::path& file) {
        int error = 0;
        handle_ = ::zip_open(file.c_str(), ZIP_CREATE | ZIP_EXCL, &error);
    }
    ~Archive() {
        if (handle_ != nullptr) ::zip_discard(handle_);
    }
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;

    /// Of known size and not compressed: it has to be readable at a fixed place, without a field before it.
    [[nodiscard]] bool add_type(const std::string& media_type) {
        if (handle_ == nullptr) return false;
        return add("mimetype", ::zip_source_buffer(handle_, media_type.data(), media_type.size(), 0), ZIP_CM_STORE);
    }
    [[nodiscard]] bool add_part(const std::string& name, PartReader& reader) {
        if (handle_ == nullptr) return false;
        return add(name, ::zip_source_function(handle_, &PartReader::serve, &reader), ZIP_CM_DEFLATE);
    }
    [[nodiscard]] bool write() {
        if (::zip_close(handle_) != 0) return false;
        handle_ = nullptr;
        return true;
    }
    [[nodiscard]] std::string trouble() const {
        return handle_ == nullptr ? std::strerror(errno) : ::zip_strerror(handle_);
    }

  private:
    [[nodiscard]] bool add(const std::string& name, zip_source_t* source, zip_int32_t method) {
        if (source == nullptr) return false;
        const auto index = ::zip_file_add(handle_, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) ::zip_source_free(source);
        return index >= 0 && ::zip_set_file_compression(handle_, static_cast<zip_uint64_t>(index), method, kLevel) == 0;
    }

    zip_t* handle_ = nullptr;
};

Result<void> write_archive(const std::filesystem::path& file, const std::string& media_type, std::vector<Part> parts,
                           Timestamp written_at) {
    std::deque<PartReader> readers; // libzip keeps where they are
    Archive archive(file);
    bool added = archive.add_type(media_type);
    for (auto& part : parts)
        added = added && archive.add_part(part.name, readers.emplace_back(std::move(part.pieces), written_at));
    if (added && archive.write()) return {};
    for (const auto& reader : readers)
        if (const auto& failed = reader.failed()) return *failed;
    return no_room(archive.trouble());
}

/// (operator<< of a whole stream does not say that it was cut short.)
bool copy(std::istream& in, std::ostream& out) {
    std::vector<char> block(64 * 1024);
    while (in && out) {
        in.read(block.data(), static_cast<std::streamsize>(block.size()));
        out.write(block.data(), in.gcount());
    }
    return in.eof();
}

} // namespace

Pieces one_piece(std::function<std::string()> make) {
    return [make = std::move(make), made = false]() mutable -> Result<std::string> {
        return std::exchange(made, true) ? std::string() : make();
    };
}

Result<void> write_package(const std::string& media_type, std::vector<Part> parts, Timestamp written_at,
                           std::ostream& out) {
    parts.push_back({"META-INF/manifest.xml", one_piece([text = manifest_of(media_type, parts)] { return text; })});
    TemporaryFolder folder;
    if (folder.path().empty()) return no_room(std::strerror(errno));
    const auto file = folder.path() / "report.ods";
    if (auto written = write_archive(file, media_type, std::move(parts), written_at); !written) return written;
    std::ifstream in(file, std::ios::binary);
    folder.remove(); // it is open: nothing lies about whatever happens now
    if (!copy(in, out) && out) return no_room("it cannot be read again");
    return {};
}

} // namespace passerelle::report
