// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client/http/cpprest_streams.hpp"

#include "core/reason_codes.hpp"

#include <span>
#include <stdexcept>

namespace passerelle::http {

BodySource::BodySource(std::shared_ptr<const Content> content, std::unique_ptr<ByteReader> reader)
    : OneWayBuffer(std::ios_base::in), content_(std::move(content)), reader_(std::move(reader)) {}

std::optional<Error> BodySource::failure() const {
    std::lock_guard lock(mutex_);
    return failure_;
}

pplx::task<std::size_t> BodySource::fail(Error error) {
    const std::runtime_error ended(error.message);
    std::lock_guard lock(mutex_);
    failure_ = std::move(error);
    return pplx::task_from_exception<std::size_t>(ended);
}

pplx::task<std::size_t> BodySource::_getn(std::uint8_t* bytes, std::size_t count) {
    // cpprestsdk asks for no more than what Content-Length leaves, so an end here comes too early.
    auto got = reader_->read(std::as_writable_bytes(std::span(bytes, count)));
    if (!got) return fail(std::move(got.error()));
    if (*got == 0) return fail(Error(ErrorKind::item, codes::file_changed, "the content ends early"));
    return pplx::task_from_result(*got);
}

AnswerSink::AnswerSink(std::uint64_t limit_bytes) : OneWayBuffer(std::ios_base::out), limit_bytes_(limit_bytes) {}

pplx::task<std::size_t> AnswerSink::_putn(const std::uint8_t* bytes, std::size_t count) {
    if (count > limit_bytes_ - bytes_.size()) {
        overflowed_ = true;
        return pplx::task_from_exception<std::size_t>(std::runtime_error("the answer is longer than expected"));
    }
    bytes_.append(reinterpret_cast<const char*>(bytes), count);
    return pplx::task_from_result(count);
}

} // namespace passerelle::http
