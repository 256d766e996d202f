// SPDX-License-Identifier: MIT
#include "mcp/legacy.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "json/writer.hpp"
#include "mcp/message.hpp"
#include "mcp/refusal.hpp"
#include "mcp/reply.hpp"

namespace claribi::mcp {
namespace {

// Newest first. The older 2024-11-05 has another transport.
constexpr std::array<std::string_view, 3> versions = {
    "2025-11-25", "2025-06-18", "2025-03-26"};
constexpr int max_pages = 1000;
// A server that asks more often than this during one reply gets no answer.
constexpr int max_answers = 20;
constexpr std::chrono::milliseconds max_answer_time = std::chrono::seconds(5);
constexpr std::chrono::milliseconds max_close_time = std::chrono::seconds(2);
constexpr size_t max_session_id = 4096;

constexpr int method_not_found = -32601;
// What servers use for "session not found".
constexpr std::array<int64_t, 3> lost_session_codes = {-32000, -32001, -32003};

bool is_known_version(std::string_view version) {
  return std::ranges::find(versions, version) != versions.end();
}

bool is_session_id(std::string_view id) {
  return id.size() <= max_session_id &&
         std::ranges::all_of(id, [](char c) { return c > ' ' && c < '\x7f'; });
}

// Headers that MCP or HTTP itself sets; an endpoint's own must not replace
// them.
bool is_reserved(std::string_view header) {
  const std::string name = lower(header);
  return name.starts_with("mcp-") || name == "accept" ||
         name == "content-type" || name == "content-length" ||
         name == "authorization" || name == "host" || name == "connection" ||
         name == "transfer-encoding" || name == "accept-encoding";
}

// Parameters of one try: each try has its own id, and a progress token made
// from it, so neither is ever used twice.
using MakeParams = std::function<json::Value(int64_t id)>;

// How the first message is sent: which version is asked for, and whether the
// header names it already.
struct Offer {
  std::string version;
  bool with_header = false;
};

class LegacySession final : public Session {
 public:
  LegacySession(net::Transport& transport, Endpoint endpoint, ClientInfo client)
      : transport_(transport),
        endpoint_(std::move(endpoint)),
        client_(std::move(client)) {}

  [[nodiscard]] Result<void> shake_hands();

  [[nodiscard]] const ServerInfo& server() const override { return server_; }
  [[nodiscard]] Result<std::vector<Tool>> list_tools() override;
  [[nodiscard]] Result<ToolResult> call_tool(
      std::string_view name, const json::Value& arguments) override;
  void close() override;

 private:
  [[nodiscard]] Result<Reply> offer(const Offer& offer);
  [[nodiscard]] Result<void> adopt(const net::ReplyHead& head,
                                   const json::Value& result);
  [[nodiscard]] Result<void> announce();
  [[nodiscard]] Result<json::Value> request(std::string_view method,
                                            const MakeParams& params);
  [[nodiscard]] Result<Reply> post_request(int64_t id, std::string_view method,
                                           json::Value params,
                                           std::string_view version_header);
  void answer(const json::Value& server_request);
  [[nodiscard]] net::Request http_request(
      std::string_view version_header) const;
  [[nodiscard]] Result<json::Value> result_of(Reply reply,
                                              std::string_view method) const {
    return take_result(std::move(reply), endpoint_.url, method,
                       endpoint_.key != nullptr);
  }

  net::Transport& transport_;
  Endpoint endpoint_;
  ClientInfo client_;
  ServerInfo server_;
  std::string session_id_;  // Empty: the server keeps no session.
  int64_t last_id_ = 0;
};

std::unexpected<Error> fail_version(std::string_view host,
                                    std::string_view theirs) {
  return fail(ErrorKind::protocol,
              fmt::format("{} speaks MCP {}; claribi speaks {}", host,
                          server_words(theirs), fmt::join(versions, ", ")));
}

// What to offer instead, if the server's error says what it would take:
// data.supported, or a text such as "(supported versions: a, b)".
Result<std::optional<Offer>> second_offer(const Reply& reply,
                                          std::string_view host) {
  const auto error = rpc_error(reply.response);
  const bool is_error = error || reply.head.status == 400;
  if (!is_error) return std::nullopt;
  const std::string words = lower(error ? error->message : reply.body);
  const json::Value supported = error ? error->data["supported"] : nullptr;
  if (supported.size() > 0) {
    for (std::string_view version : versions) {
      if (std::ranges::find(supported.items(), json::Value(version)) !=
          supported.items().end()) {
        return Offer{.version = std::string(version)};
      }
    }
    std::vector<std::string> theirs;
    for (const json::Value& version : supported.items()) {
      theirs.push_back(version.text_or("?"));
    }
    return fail_version(host, join(theirs, ", "));
  }
  if (words.contains("mcp-protocol-version")) {
    return Offer{.version = std::string(versions.front()), .with_header = true};
  }
  const size_t list = words.find("supported versions");
  if (list == std::string::npos) return std::nullopt;
  for (std::string_view version : versions) {
    if (words.find(version, list) != std::string::npos) {
      return Offer{.version = std::string(version)};
    }
  }
  return std::nullopt;
}

// A refusal that means "I do not know this session", in all its spellings.
// Only for a request that carried a session id.
bool is_session_lost(const Reply& reply) {
  const int status = reply.head.status;
  if (status == 404) return true;
  if (const auto error = rpc_error(reply.response)) {
    return std::ranges::find(lost_session_codes, error->code) !=
               lost_session_codes.end() &&
           lower(error->message).contains("session");
  }
  const std::string words = lower(reply.body);
  return (status == 400 && words.contains("session")) ||
         (status == 401 && words.contains("session not found"));
}

Result<void> LegacySession::shake_hands() {
  session_id_.clear();
  server_ = {};
  const Offer newest{.version = std::string(versions.front())};
  CLARIBI_TRY_ASSIGN(Reply reply, offer(newest));
  CLARIBI_TRY_ASSIGN(const std::optional<Offer> second,
                     second_offer(reply, endpoint_host(endpoint_.url)));
  if (second) {
    CLARIBI_TRY_ASSIGN(reply, offer(*second));
  }
  const net::ReplyHead head = reply.head;
  CLARIBI_TRY_ASSIGN(const json::Value result,
                     result_of(std::move(reply), "initialize"));
  CLARIBI_TRY(adopt(head, result));
  auto announced = announce();
  if (!announced) close();
  return announced;
}

Result<Reply> LegacySession::offer(const Offer& offer) {
  json::Value params =
      json::Object{{"protocolVersion", offer.version},
                   {"capabilities", json::Object{}},
                   {"clientInfo", json::Object{{"name", client_.name},
                                               {"title", "Claribi"},
                                               {"version", client_.version}}}};
  return post_request(++last_id_, "initialize", std::move(params),
                      offer.with_header ? offer.version : "");
}

Result<void> LegacySession::adopt(const net::ReplyHead& head,
                                  const json::Value& result) {
  const std::string host = endpoint_host(endpoint_.url);
  const std::string version = result["protocolVersion"].text_or("");
  if (version.empty()) {
    return fail(
        ErrorKind::protocol,
        fmt::format("{} answered initialize without a protocol version", host));
  }
  if (!is_known_version(version)) {
    return fail_version(host, version);
  }
  const std::string_view session = head.header("Mcp-Session-Id");
  if (!is_session_id(session)) {
    return fail(ErrorKind::protocol,
                fmt::format("{} sent a session id that is no plain text or "
                            "longer than {} characters",
                            host, max_session_id));
  }
  session_id_ = session;
  const json::Value& info = result["serverInfo"];
  server_ = {.name = info["name"].text_or(""),
             .version = info["version"].text_or(""),
             .protocol_version = version};
  return {};
}

// Tells the server that the handshake is done. Only what would refuse every
// later request as well counts as a failure.
Result<void> LegacySession::announce() {
  net::Request message = http_request(server_.protocol_version);
  constexpr std::string_view method = "notifications/initialized";
  message.body = json::compact(notification_message(method, nullptr));
  ReplyReader reader(0, nullptr);
  CLARIBI_TRY_ASSIGN(
      net::ReplyHead head,
      transport_.exchange(
          message, [&](const net::ReplyHead& its_head, std::string_view bytes) {
            return reader.take(its_head, bytes);
          }));
  const int status = head.status;
  const bool matters = status == 401 || status == 403 || status >= 500 ||
                       (status == 404 && !session_id_.empty());
  if (!matters) return {};
  CLARIBI_TRY(result_of(reader.finish(std::move(head)), method));
  return {};
}

// Sends a request and returns its result. When the server has lost the
// session, it has not looked at the request: then a new session is opened and
// the request sent once more.
Result<json::Value> LegacySession::request(std::string_view method,
                                           const MakeParams& params) {
  const auto send = [&]() -> Result<Reply> {
    const int64_t id = ++last_id_;
    return post_request(id, method, params(id), server_.protocol_version);
  };
  CLARIBI_TRY_ASSIGN(Reply reply, send());
  if (!session_id_.empty() && is_session_lost(reply)) {
    CLARIBI_TRY(shake_hands());
    CLARIBI_TRY_ASSIGN(reply, send());
    if (!session_id_.empty() && is_session_lost(reply)) {
      return fail(ErrorKind::protocol,
                  fmt::format("{} does not keep the session that it opened",
                              endpoint_host(endpoint_.url)));
    }
  }
  return result_of(std::move(reply), method);
}

Result<Reply> LegacySession::post_request(int64_t id, std::string_view method,
                                          json::Value params,
                                          std::string_view version_header) {
  net::Request message = http_request(version_header);
  message.body = json::compact(request_message(id, method, std::move(params)));
  int answers = 0;
  ReplyReader reader(id, [&](const json::Value& server_request) {
    if (++answers <= max_answers) answer(server_request);
  });
  CLARIBI_TRY_ASSIGN(
      net::ReplyHead head,
      transport_.exchange(
          message, [&](const net::ReplyHead& its_head, std::string_view bytes) {
            return reader.take(its_head, bytes);
          }));
  return reader.finish(std::move(head));
}

// Pings are answered, and nothing else was declared. The server may be
// waiting for it before it goes on, so it goes out at once; whether it arrives
// shows in the reply itself.
void LegacySession::answer(const json::Value& server_request) {
  const bool is_ping = server_request["method"].string() == "ping";
  const json::Value& id = server_request["id"];
  net::Request message = http_request(server_.protocol_version);
  message.timeout = std::min(message.timeout, max_answer_time);
  message.body = json::compact(
      is_ping ? result_message(id, json::Object{})
              : error_message(id, method_not_found, "method not found"));
  (void)transport_.exchange(
      message, [](const net::ReplyHead&, std::string_view) { return false; });
}

net::Request LegacySession::http_request(
    std::string_view version_header) const {
  net::Request message{.method = "POST",
                       .url = endpoint_.url,
                       .bearer = endpoint_.key,
                       .timeout = endpoint_.timeout};
  message.headers = {{"Content-Type", "application/json"},
                     {"Accept", "application/json, text/event-stream"}};
  if (!version_header.empty()) {
    message.headers.push_back(
        {"MCP-Protocol-Version", std::string(version_header)});
  }
  if (!session_id_.empty()) {
    message.headers.push_back({"Mcp-Session-Id", session_id_});
  }
  for (const net::Header& header : endpoint_.headers) {
    if (!is_reserved(header.name)) message.headers.push_back(header);
  }
  return message;
}

Result<std::vector<Tool>> LegacySession::list_tools() {
  std::vector<Tool> tools;
  std::set<std::string, std::less<>> names;
  std::set<std::string, std::less<>> cursors;
  std::string cursor;
  for (int page = 0; page < max_pages; ++page) {
    CLARIBI_TRY_ASSIGN(const json::Value result,
                       request("tools/list", [&](int64_t) {
                         json::Value params = json::Object{};
                         if (!cursor.empty()) params.set("cursor", cursor);
                         return params;
                       }));
    if (!result["tools"].is_array()) {
      return fail(ErrorKind::protocol,
                  fmt::format("{} answered tools/list without a list of tools",
                              endpoint_host(endpoint_.url)));
    }
    for (const json::Value& entry : result["tools"].items()) {
      Tool tool = read_tool(entry);
      if (!tool.name.empty() && names.insert(tool.name).second) {
        tools.push_back(std::move(tool));
      }
    }
    // Several servers of this era mean the end by an empty cursor; one that
    // comes again would never end.
    cursor = result["nextCursor"].text_or("");
    if (cursor.empty() || !cursors.insert(cursor).second) break;
  }
  return tools;
}

Result<ToolResult> LegacySession::call_tool(std::string_view name,
                                            const json::Value& arguments) {
  CLARIBI_TRY_ASSIGN(
      const json::Value result, request("tools/call", [&](int64_t id) {
        json::Value params = json::Object{{"name", name}};
        params.set("arguments", arguments.is_null()
                                    ? json::Value(json::Object{})
                                    : arguments);
        // Without a token many servers stay silent until the call is done.
        params.set("_meta",
                   json::Object{{"progressToken", fmt::format("p{}", id)}});
        return params;
      }));
  if (!result.is_object()) {
    return fail(ErrorKind::protocol,
                fmt::format("{} answered tools/call without a result",
                            endpoint_host(endpoint_.url)));
  }
  return read_tool_result(result);
}

void LegacySession::close() {
  if (session_id_.empty()) return;
  net::Request message = http_request(server_.protocol_version);
  message.method = "DELETE";
  message.timeout = std::min(message.timeout, max_close_time);
  // A DELETE has no body to describe.
  std::erase_if(message.headers, [](const net::Header& header) {
    return header.name == "Content-Type";
  });
  session_id_.clear();
  (void)transport_.exchange(
      message, [](const net::ReplyHead&, std::string_view) { return false; });
}

}  // namespace

Result<std::unique_ptr<Session>> open_legacy_session(net::Transport& transport,
                                                     Endpoint endpoint,
                                                     ClientInfo client) {
  auto session = std::make_unique<LegacySession>(transport, std::move(endpoint),
                                                 std::move(client));
  CLARIBI_TRY(session->shake_hands());
  return session;
}

}  // namespace claribi::mcp
