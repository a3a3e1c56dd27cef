// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "core/content.hpp"

#include <atomic>
#include <cpprest/astreambuf.h>
#include <mutex>
#include <optional>
#include <string>

/// How bodies pass in and out of cpprestsdk. Private to the room.
namespace passerelle::http {

/// The part of cpprestsdk's buffers that a body needs none of: no seeking, no single characters, no borrowed memory.
/// That it cannot seek is a promise too: cpprestsdk then never repeats a request of its own accord.
class OneWayBuffer : public concurrency::streams::details::streambuf_state_manager<std::uint8_t> {
  public:
    using streambuf_state_manager::streambuf_state_manager;

    bool can_seek() const override { return false; }
    bool has_size() const override { return false; }
    std::size_t buffer_size(std::ios_base::openmode) const override { return 0; }
    void set_buffer_size(std::size_t, std::ios_base::openmode) override {}
    std::size_t in_avail() const override { return 0; }
    pos_type getpos(std::ios_base::openmode) const override { return traits::eof(); }
    pos_type seekpos(pos_type, std::ios_base::openmode) override { return traits::eof(); }
    pos_type seekoff(off_type, std::ios_base::seekdir, std::ios_base::openmode) override { return traits::eof(); }
    bool acquire(std::uint8_t*&, std::size_t&) override { return false; }
    void release(std::uint8_t*, std::size_t) override {}

  protected:
    pplx::task<int_type> _putc(std::uint8_t) override { return no_character(); }
    pplx::task<std::size_t> _putn(const std::uint8_t*, std::size_t) override {
        return pplx::task_from_result<std::size_t>(0);
    }
    pplx::task<int_type> _bumpc() override { return no_character(); }
    int_type _sbumpc() override { return traits::eof(); }
    pplx::task<int_type> _getc() override { return no_character(); }
    int_type _sgetc() override { return traits::eof(); }
    pplx::task<int_type> _nextc() override { return no_character(); }
    pplx::task<int_type> _ungetc() override { return no_character(); }
    pplx::task<std::size_t> _getn(std::uint8_t*, std::size_t) override {
        return pplx::task_from_result<std::size_t>(0);
    }
    std::size_t _scopy(std::uint8_t*, std::size_t) override { return 0; }
    pplx::task<bool> _sync() override { return pplx::task_from_result(true); }
    std::uint8_t* _alloc(std::size_t) override { return nullptr; }
    void _commit(std::size_t) override {}

  private:
    static pplx::task<int_type> no_character() { return pplx::task_from_result<int_type>(traits::eof()); }
};

/// A request's body, read from its content piece by piece as the connection takes it. Read by one thread at a time;
/// failure() may be asked from any.
class BodySource final : public OneWayBuffer {
  public:
    /// Both null for an empty body.
    BodySource(std::shared_ptr<const Content> content, std::unique_ptr<ByteReader> reader);

    /// Why the content could not be read to its announced end.
    [[nodiscard]] std::optional<Error> failure() const;

  protected:
    pplx::task<std::size_t> _getn(std::uint8_t* bytes, std::size_t count) override;

  private:
    pplx::task<std::size_t> fail(Error error);

    std::shared_ptr<const Content> content_; // a reader may look into it
    std::unique_ptr<ByteReader> reader_;
    mutable std::mutex mutex_;
    std::optional<Error> failure_;
};

/// An answer's body, gathered in memory up to a bound. Written by one thread at a time, taken once the answer is
/// complete.
class AnswerSink final : public OneWayBuffer {
  public:
    explicit AnswerSink(std::uint64_t limit_bytes);

    [[nodiscard]] bool overflowed() const { return overflowed_; }
    [[nodiscard]] std::string take() { return std::move(bytes_); }

  protected:
    pplx::task<std::size_t> _putn(const std::uint8_t* bytes, std::size_t count) override;

  private:
    const std::uint64_t limit_bytes_;
    std::string bytes_;
    std::atomic<bool> overflowed_ = false;
};

} // namespace passerelle::http
