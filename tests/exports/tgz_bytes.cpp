// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/exports/tgz_bytes.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <zlib.h>

namespace passerelle::exports {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kNameField = 100;

/// An extended header's record counts its own length, digits included: "30 path=…\n".
std::string pax_record(const std::string& name) {
    const std::size_t rest = std::string_view(" path=\n").size() + name.size();
    std::size_t length = rest + 1;
    while (length != rest + std::to_string(length).size())
        length = rest + std::to_string(length).size();
    return fmt::format("{} path={}\n", length, name);
}

std::string header(std::string_view name, char type, std::uint64_t size, std::string_view target, Timestamp modified) {
    std::string block(kBlock, '\0');
    const auto put = [&](std::size_t at, std::string_view field) { block.replace(at, field.size(), field); };
    put(0, name.substr(0, kNameField));
    put(100, type == '5' ? "0000755" : "0000644");
    put(108, "0001750");
    put(116, "0001750");
    put(124, fmt::format("{:011o}", size));
    put(136, fmt::format("{:011o}", std::max<std::int64_t>(0, to_epoch(modified))));
    put(148, "        ");
    put(156, std::string_view(&type, 1));
    put(157, target.substr(0, kNameField));
    put(257, std::string_view("ustar\00000", 8));
    unsigned sum = 0;
    for (const char byte : block)
        sum += static_cast<unsigned char>(byte);
    put(148, fmt::format("{:06o}", sum));
    block[154] = '\0';
    return block;
}

bool plain_ascii(std::string_view name) {
    return std::all_of(name.begin(), name.end(), [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

struct CloseGzip {
    void operator()(gzFile_s* file) const { gzclose(file); }
};

} // namespace

struct TgzWriter::State {
    std::unique_ptr<gzFile_s, CloseGzip> out;
    TarFormat format;

    void write(std::string_view bytes) const {
        if (!bytes.empty() && gzwrite(out.get(), bytes.data(), static_cast<unsigned>(bytes.size())) == 0)
            throw std::runtime_error("the archive cannot be written");
    }
    void write_padded(const Bytes& content) const {
        content.pour([&](std::string_view piece) { write(piece); });
        write(std::string((kBlock - content.size() % kBlock) % kBlock, '\0'));
    }
    void write_long_name(const std::string& name, Timestamp modified) const {
        if (format == TarFormat::pax) {
            const std::string record = pax_record(name);
            write(header("PaxHeaders/entry", 'x', record.size(), "", modified));
            return write_padded(record);
        }
        write(header("././@LongLink", 'L', name.size() + 1, "", modified));
        write_padded(name + '\0');
    }
};

TgzWriter::TgzWriter(const std::filesystem::path& file, TarFormat format) : state_(std::make_unique<State>()) {
    state_->out.reset(gzopen(file.c_str(), "wb"));
    state_->format = format;
    if (!state_->out) throw std::runtime_error("cannot write " + file.string());
}

TgzWriter::~TgzWriter() = default;

void TgzWriter::add(const TarEntry& entry) {
    if (entry.name.size() > kNameField || (state_->format == TarFormat::pax && !plain_ascii(entry.name)))
        state_->write_long_name(entry.name, entry.modified);
    const bool file = entry.type == TarType::file;
    const std::uint64_t size = file ? entry.content.size() : 0;
    state_->write(header(entry.name, static_cast<char>(entry.type), size, entry.target, entry.modified));
    if (file) state_->write_padded(entry.content);
}

void TgzWriter::finish() {
    state_->write(std::string(2 * kBlock, '\0'));
    if (gzclose(state_->out.release()) != Z_OK) throw std::runtime_error("the archive cannot be written");
}

} // namespace passerelle::exports
