// SPDX-License-Identifier: MIT
#include "mcp/legacy.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"
#include "mcp/message.hpp"
#include "mcp/offer.hpp"
#include "mcp/pages.hpp"
#include "mcp/refusal.hpp"
#include "mcp/reply.hpp"
#include "mcp/resume.hpp"
#include "mcp/versions.hpp"

namespace claribi::mcp {
namespace {

// A server that asks more often than this during one reply gets no answer.
constexpr int max_answers = 20;
constexpr std::chrono::milliseconds max_answer_time = std::chrono::seconds(5);
constexpr std::chrono::milliseconds max_close_time = std::chrono::seconds(2);
constexpr std::chrono::milliseconds max_cancel_time = std::chrono::seconds(1);
constexpr size_t max_session_id = 4096;

// What servers use for "session not found".
constexpr std::array<int64_t, 3> lost_session_codes = {-32000, -32001, -32003};

bool is_session_id(std::string_view id) {
  return id.size() <= max_session_id &&
         std::ranges::all_of(id, [](char c) { return c > ' ' && c < '\x7f'; });
}

class LegacySession final : public EraSession {
 public:
  explicit LegacySession(Channel& channel) : channel_(channel) {}

  [[nodiscard]] Result<ServerInfo> server() override;
  [[nodiscard]] Result<ToolList> list_tools() override;
  [[nodiscard]] Result<ToolResult> call_tool(
      const Tool& tool, const json::Value& arguments) override;
  void close() override;
  [[nodiscard]] bool refused_era() const override { return refused_era_; }
  [[nodiscard]] bool misunderstood() const override { return misunderstood_; }

 private:
  [[nodiscard]] Result<void> shake_hands(const Deadline& deadline);
  [[nodiscard]] Result<Reply> offer(const Offer& offer,
                                    const Deadline& deadline);
  [[nodiscard]] Result<void> adopt(const net::ReplyHead& head,
                                   const json::Value& result);
  [[nodiscard]] Result<void> announce(const Deadline& deadline);
  [[nodiscard]] Result<json::Value> request(const Question& question,
                                            const Deadline& deadline);
  [[nodiscard]] Result<Reply> post(Question question, const Deadline& deadline);
  [[nodiscard]] Result<Reply> exchange(const net::Request& message,
                                       ReplyReader& reader,
                                       const Deadline& deadline);
  void answer(const json::Value& server_request);
  void cancel(const net::Request& message);
  [[nodiscard]] net::Request message_of(
      const json::Value& body, std::chrono::milliseconds timeout) const;
  [[nodiscard]] std::vector<net::Header> session_headers() const;
  [[nodiscard]] std::string host() const {
    return endpoint_host(channel_.endpoint().url);
  }

  Channel& channel_;
  ServerInfo server_;       // Without a version: no hands were shaken yet.
  std::string session_id_;  // Empty: the server keeps no session.
  bool refused_era_ = false;
  bool misunderstood_ = false;
};

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

Result<ServerInfo> LegacySession::server() {
  if (server_.protocol_version.empty()) {
    CLARIBI_TRY(shake_hands(channel_.deadline()));
  }
  return server_;
}

Result<void> LegacySession::shake_hands(const Deadline& deadline) {
  session_id_.clear();
  server_ = {};
  CLARIBI_TRY_ASSIGN(Reply reply, offer(first_offer(), deadline));
  const auto error = rpc_error(reply.response);
  refused_era_ = error && error->code == rpc_code::version_unknown;
  CLARIBI_TRY_ASSIGN(const std::optional<Offer> second,
                     second_offer(reply, host()));
  if (second) {
    CLARIBI_TRY_ASSIGN(reply, offer(*second, deadline));
  }
  const net::ReplyHead head = reply.head;
  CLARIBI_TRY_ASSIGN(const json::Value result,
                     channel_.result_of(std::move(reply), "initialize"));
  CLARIBI_TRY(adopt(head, result));
  auto announced = announce(deadline);
  if (!announced) close();
  return announced;
}

Result<Reply> LegacySession::offer(const Offer& offer,
                                   const Deadline& deadline) {
  const ClientInfo& client = channel_.around().client;
  Question question{.method = "initialize"};
  question.params = [&](int64_t) {
    return json::Object{
        {"protocolVersion", offer.version},
        {"capabilities", json::Object{}},
        {"clientInfo", json::Object{{"name", client.name},
                                    {"title", "Claribi"},
                                    {"version", client.version}}}};
  };
  if (offer.with_header) {
    question.headers = {{"MCP-Protocol-Version", offer.version}};
  }
  return post(std::move(question), deadline);
}

Result<void> LegacySession::adopt(const net::ReplyHead& head,
                                  const json::Value& result) {
  const std::string host = this->host();
  const std::string version = result["protocolVersion"].text_or("");
  if (version.empty()) {
    return fail(
        ErrorKind::protocol,
        fmt::format("{} answered initialize without a protocol version", host));
  }
  if (!speaks(legacy_versions, version)) return fail_version(host, version);
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
Result<void> LegacySession::announce(const Deadline& deadline) {
  constexpr std::string_view method = "notifications/initialized";
  const net::Request message =
      message_of(notification_message(method, nullptr), deadline.left());
  ReplyReader reader(0, {});
  CLARIBI_TRY_ASSIGN(Reply reply, channel_.send(message, reader));
  const int status = reply.head.status;
  const bool matters = status == 401 || status == 403 || status >= 500 ||
                       (status == 404 && !session_id_.empty());
  if (!matters) return {};
  CLARIBI_TRY(channel_.result_of(std::move(reply), method));
  return {};
}

// Sends a request and returns its result. When the server has lost the
// session, it has not looked at the request: then a new session is opened and
// the request sent once more.
Result<json::Value> LegacySession::request(const Question& question,
                                           const Deadline& deadline) {
  misunderstood_ = false;
  if (server_.protocol_version.empty()) CLARIBI_TRY(shake_hands(deadline));
  CLARIBI_TRY_ASSIGN(Reply reply, post(question, deadline));
  if (!session_id_.empty() && is_session_lost(reply)) {
    CLARIBI_TRY(shake_hands(deadline));
    CLARIBI_TRY_ASSIGN(reply, post(question, deadline));
    if (!session_id_.empty() && is_session_lost(reply)) {
      return fail(
          ErrorKind::protocol,
          fmt::format("{} does not keep the session that it opened", host()));
    }
  }
  const auto error = rpc_error(reply.response);
  misunderstood_ = error && is_misunderstanding(*error);
  return channel_.result_of(std::move(reply), question.method);
}

Result<Reply> LegacySession::post(Question question, const Deadline& deadline) {
  std::ranges::move(session_headers(), std::back_inserter(question.headers));
  int answers = 0;
  const bool is_handshake = question.method == "initialize";
  return channel_.ask(
      question, deadline,
      [&](const json::Value& server_request) {
        if (++answers <= max_answers) answer(server_request);
      },
      [&](const net::Request& message, ReplyReader& reader) {
        auto reply = exchange(message, reader, deadline);
        const bool given_up =
            !reply && reply.error().kind != ErrorKind::network;
        if (given_up && !is_handshake) cancel(message);
        return reply;
      });
}

// A stream that breaks off before the response goes on elsewhere, if the
// server gave its events ids.
Result<Reply> LegacySession::exchange(const net::Request& message,
                                      ReplyReader& reader,
                                      const Deadline& deadline) {
  auto reply = channel_.send(message, reader);
  const bool interrupted = !reply && reply.error().kind != ErrorKind::network;
  if (reader.answered() || interrupted || reader.last_event_id().empty()) {
    return reply;
  }
  net::Request get = channel_.request(session_headers(), deadline.left());
  get.method = "GET";
  std::erase_if(get.headers, [](const net::Header& header) {
    return header.name == "Content-Type" || header.name == "Accept";
  });
  get.headers.push_back({"Accept", "text/event-stream"});
  return resume(channel_, get, reader, std::move(reply), deadline);
}

// Pings are answered, and nothing else was declared. The server may be
// waiting for it before it goes on, so it goes out at once; whether it arrives
// shows in the reply itself.
void LegacySession::answer(const json::Value& server_request) {
  const bool is_ping = server_request["method"].string() == "ping";
  const json::Value& id = server_request["id"];
  channel_.send_and_forget(message_of(
      is_ping
          ? result_message(id, json::Object{})
          : error_message(id, rpc_code::method_not_found, "method not found"),
      max_answer_time));
}

// Tells the server that nobody waits for that request any more: in this era
// hanging up does not mean it.
void LegacySession::cancel(const net::Request& message) {
  const auto sent = json::parse(message.body);
  if (!sent) return;
  net::Request farewell = message_of(
      notification_message("notifications/cancelled",
                           json::Object{{"requestId", (*sent)["id"]},
                                        {"reason", "the client gave up"}}),
      max_cancel_time);
  farewell.farewell = true;
  channel_.send_and_forget(farewell);
}

net::Request LegacySession::message_of(
    const json::Value& body, std::chrono::milliseconds timeout) const {
  net::Request message = channel_.request(
      session_headers(), std::min(timeout, channel_.endpoint().timeout));
  message.body = json::compact(body);
  return message;
}

// Nothing before the server has answered initialize.
std::vector<net::Header> LegacySession::session_headers() const {
  std::vector<net::Header> headers;
  if (!server_.protocol_version.empty()) {
    headers.push_back({"MCP-Protocol-Version", server_.protocol_version});
  }
  if (!session_id_.empty()) headers.push_back({"Mcp-Session-Id", session_id_});
  return headers;
}

Result<ToolList> LegacySession::list_tools() {
  const Deadline deadline = channel_.deadline();
  return list_pages(
      [&](const std::optional<std::string>& cursor) {
        Question question{.method = "tools/list"};
        question.params = [&](int64_t) {
          json::Value params = json::Object{};
          if (cursor) params.set("cursor", *cursor);
          return params;
        };
        return request(question, deadline);
      },
      EmptyCursor::is_the_end, host(),
      [&](std::string_view line) { channel_.note(line); });
}

Result<ToolResult> LegacySession::call_tool(const Tool& tool,
                                            const json::Value& arguments) {
  Question question{.method = "tools/call"};
  question.params = [&](int64_t id) {
    json::Value params = json::Object{{"name", tool.name}};
    params.set("arguments",
               arguments.is_null() ? json::Value(json::Object{}) : arguments);
    // Without a token many servers stay silent until the call is done.
    params.set("_meta",
               json::Object{{"progressToken", fmt::format("p{}", id)}});
    return params;
  };
  CLARIBI_TRY_ASSIGN(const json::Value result,
                     request(question, channel_.deadline()));
  if (!result.is_object()) {
    return fail(ErrorKind::protocol,
                fmt::format("{} answered tools/call without a result", host()));
  }
  return read_tool_result(result);
}

void LegacySession::close() {
  if (session_id_.empty()) return;
  net::Request message = channel_.request(
      session_headers(), std::min(channel_.endpoint().timeout, max_close_time));
  message.method = "DELETE";
  message.farewell = true;
  // A DELETE has no body to describe.
  std::erase_if(message.headers, [](const net::Header& header) {
    return header.name == "Content-Type";
  });
  session_id_.clear();
  channel_.send_and_forget(message);
}

}  // namespace

std::unique_ptr<EraSession> make_legacy_session(Channel& channel) {
  return std::make_unique<LegacySession>(channel);
}

}  // namespace claribi::mcp
