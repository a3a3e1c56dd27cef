// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "client/http/transport.hpp"

#include <deque>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace passerelle::fakes {

/// Answers requests one after the other from a script and remembers them. Confined to a thread.
class ScriptedTransport final : public http::Transport {
  public:
    Result<http::Response> send(const http::Request& request, std::stop_token) override {
        sent_.push_back(request.method + " " + request.target);
        requests_.push_back(request);
        if (script_.empty()) throw std::logic_error("nothing scripted for " + sent_.back());
        auto answer = std::move(script_.front());
        script_.pop_front();
        return answer;
    }

    ScriptedTransport& answer(int status, std::string body = {},
                              std::vector<std::pair<std::string, std::string>> headers = {}) {
        http::Response response;
        response.status = status;
        response.body = std::move(body);
        for (auto& [name, value] : headers)
            response.headers.set(name, value);
        script_.emplace_back(std::move(response));
        return *this;
    }

    ScriptedTransport& fail(ErrorKind kind, std::string_view code) {
        script_.emplace_back(Error(kind, code, "scripted"));
        return *this;
    }

    /// "PUT /file", in the order sent.
    [[nodiscard]] const std::vector<std::string>& sent() const { return sent_; }
    [[nodiscard]] const std::vector<http::Request>& requests() const { return requests_; }
    [[nodiscard]] bool played_to_the_end() const { return script_.empty(); }

  private:
    std::deque<Result<http::Response>> script_;
    std::vector<std::string> sent_;
    std::vector<http::Request> requests_;
};

} // namespace passerelle::fakes
