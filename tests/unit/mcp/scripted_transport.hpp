// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "doctest/doctest.h"
#include "json/reader.hpp"
#include "json/value.hpp"
#include "mcp/session.hpp"
#include "net/transport.hpp"

namespace claribi::mcp::test {

// One reply, in the pieces in which it comes; "$ID" stands for the id of the
// request that it answers. With an error there is no reply.
struct Canned {
  int status = 200;
  std::vector<net::Header> headers = {};
  std::vector<std::string> pieces = {};
  std::optional<Error> error = {};
};

inline Canned with_type(int status, std::string type, std::string body) {
  return {.status = status,
          .headers = {{"Content-Type", std::move(type)}},
          .pieces = {std::move(body)}};
}

inline Canned json_reply(std::string body) {
  return with_type(200, "application/json", std::move(body));
}

// A JSON-RPC response with that result.
inline Canned result_reply(const std::string& result) {
  return json_reply(R"({"jsonrpc":"2.0","id":$ID,"result":)" + result + "}");
}

inline Canned rpc_error_reply(int status, const std::string& error) {
  return with_type(status, "application/json",
                   R"({"jsonrpc":"2.0","id":null,"error":)" + error + "}");
}

inline Canned text_reply(int status, std::string text) {
  return with_type(status, "text/plain", std::move(text));
}

inline Canned event_reply(std::vector<std::string> pieces) {
  return {.status = 200,
          .headers = {{"Content-Type", "text/event-stream; charset=utf-8"}},
          .pieces = std::move(pieces)};
}

inline Canned accepted() {
  return {.status = 202};
}

// Stands still but for the waits, which take no time.
class TestTimer final : public net::Timer {
 public:
  [[nodiscard]] std::chrono::milliseconds elapsed() const override {
    return now;
  }
  [[nodiscard]] Result<void> wait(std::chrono::milliseconds time) override {
    waits.push_back(time);
    now += time;
    return {};
  }

  std::chrono::milliseconds now{0};
  std::vector<std::chrono::milliseconds> waits;
};

// Keeps texts in memory.
class TestCache final : public Cache {
 public:
  [[nodiscard]] std::optional<std::string> read(
      std::string_view name) override {
    const auto found = texts.find(name);
    if (found == texts.end()) return std::nullopt;
    return found->second;
  }
  void write(std::string_view name, std::string_view text) override {
    texts.insert_or_assign(std::string(name), std::string(text));
  }
  void forget(std::string_view name) override {
    const auto found = texts.find(name);
    if (found != texts.end()) texts.erase(found);
  }

  std::map<std::string, std::string, std::less<>> texts;
};

// A client of the tests, on 18 November 2026.
struct TestClient {
  TestTimer timer;
  FixedClock clock{*parse_instant("2026-11-18T10:30:00Z")};
  std::vector<std::string> notes;
  std::vector<Progress> progress;

  [[nodiscard]] Surroundings around(std::string protocol = "") {
    return {
        .client = {"claribi", "0.1.0"},
        .clock = clock,
        .timer = timer,
        .listener = {
            .progress =
                [this](const Progress& one) { progress.push_back(one); },
            .note =
                [this](std::string_view line) { notes.emplace_back(line); }},
        .protocol = std::move(protocol)};
  }
};

// A request as it arrived.
struct Seen {
  net::Request request;
  json::Value message;  // Its body.

  // The values of all headers of that name, joined by '|'.
  [[nodiscard]] std::string header(std::string_view name) const {
    std::string values;
    for (const net::Header& header : request.headers) {
      const net::ReplyHead one{.headers = {header}};
      if (!one.header(name).empty()) {
        values += (values.empty() ? "" : "|") + header.value;
      }
    }
    return values;
  }
  // Its method of JSON-RPC; "answer" for a response, "DELETE" for a DELETE.
  [[nodiscard]] std::string what() const {
    if (request.method != "POST") return request.method;
    return message["method"].text_or("answer");
  }
};

// Answers each request with the next reply of the script, which must have
// been meant for a request of that kind. `seen` are all requests so far.
class ScriptedTransport final : public net::Transport {
 public:
  ScriptedTransport& on(std::string what, Canned reply) {
    script_.emplace_back(std::move(what), std::move(reply));
    return *this;
  }
  // The whole handshake, with these further headers of the first reply.
  ScriptedTransport& shakes_hands(std::vector<net::Header> headers = {}) {
    Canned reply =
        result_reply(R"({"protocolVersion":"2025-11-25","capabilities":{},)"
                     R"("serverInfo":{"name":"fake","version":"9"}})");
    for (net::Header& header : headers) {
      reply.headers.push_back(std::move(header));
    }
    return on("initialize", std::move(reply))
        .on("notifications/initialized", accepted());
  }
  [[nodiscard]] bool finished() const { return script_.empty(); }

  [[nodiscard]] Result<net::ReplyHead> exchange(
      const net::Request& request, const net::BodySink& sink) override {
    auto message = json::parse(request.body);
    seen.push_back({request, message ? std::move(*message) : nullptr});
    const std::string what = seen.back().what();
    const std::string id =
        std::string(seen.back().message["id"].number_text().value_or("null"));
    if (script_.empty() || script_.front().first != what) {
      FAIL_CHECK("unexpected request: ", what);
      return fail(ErrorKind::internal, "unexpected request");
    }
    const Canned reply = std::move(script_.front().second);
    script_.pop_front();
    if (reply.error) return std::unexpected(*reply.error);
    net::ReplyHead head{.status = reply.status, .headers = reply.headers};
    for (std::string piece : reply.pieces) {
      if (const size_t at = piece.find("$ID"); at != std::string::npos) {
        piece.replace(at, 3, id);
      }
      if (!sink(head, piece)) {
        ++stopped_early;
        break;
      }
    }
    return head;
  }

  std::deque<Seen> seen;
  int stopped_early = 0;  // Replies of which the client had seen enough.

 private:
  std::deque<std::pair<std::string, Canned>> script_;
};

}  // namespace claribi::mcp::test
