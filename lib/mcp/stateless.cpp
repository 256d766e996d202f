// SPDX-License-Identifier: MIT
#include "mcp/stateless.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "mcp/input_required.hpp"
#include "mcp/message.hpp"
#include "mcp/pages.hpp"
#include "mcp/parameter_headers.hpp"
#include "mcp/refusal.hpp"
#include "mcp/versions.hpp"

namespace claribi::mcp {
namespace {

constexpr int most_rounds = 10;
constexpr std::chrono::milliseconds round_pause{200};

class StatelessSession final : public EraSession {
 public:
  StatelessSession(Channel& channel, ServerInfo server)
      : channel_(channel), server_(std::move(server)) {}

  [[nodiscard]] Result<ServerInfo> server() override;
  [[nodiscard]] Result<ToolList> list_tools() override;
  [[nodiscard]] Result<ToolResult> call_tool(
      const Tool& tool, const json::Value& arguments) override;
  // There is nothing to end.
  void close() override {}
  [[nodiscard]] bool refused_era() const override { return refused_era_; }
  [[nodiscard]] bool misunderstood() const override { return misunderstood_; }

 private:
  // Headers and parameters of one request beside those that all have.
  struct Content {
    std::vector<net::Header> headers = {};
    json::Value params = json::Object{};
  };
  [[nodiscard]] Result<json::Value> request(std::string_view method,
                                            const Content& content,
                                            const Deadline& deadline);
  [[nodiscard]] Result<Reply> post(std::string_view method,
                                   const Content& content,
                                   const Deadline& deadline);
  [[nodiscard]] Result<json::Value> send_call(const Tool& tool,
                                              const json::Value& params,
                                              const Deadline& deadline);
  [[nodiscard]] Result<json::Value> settle(const Tool& tool,
                                           json::Value params);

  Channel& channel_;
  ServerInfo server_;
  bool refused_era_ = false;
  bool headers_mismatched_ = false;
  bool misunderstood_ = false;
  bool introduced_ = false;  // Asked for its name, whether it has one or not.
};

// A refusal that no server of this era would give.
bool is_foreign(const Reply& reply, const std::optional<RpcError>& error) {
  const int status = reply.head.status;
  const bool own = error && (error->code == rpc_code::header_mismatch ||
                             error->code == rpc_code::capability_missing ||
                             error->code == rpc_code::version_unknown);
  return !own && (status == 400 || status == 404 || status == 405);
}

Result<Reply> StatelessSession::post(std::string_view method,
                                     const Content& content,
                                     const Deadline& deadline) {
  Question question{.method = std::string(method)};
  question.headers = stateless_headers(server_.protocol_version, method);
  std::ranges::copy(content.headers, std::back_inserter(question.headers));
  question.params = [&](int64_t id) {
    json::Value params = content.params;
    json::Value meta =
        stateless_meta(server_.protocol_version, channel_.around());
    // Without a token many servers stay silent until the call is done.
    if (method == "tools/call") {
      meta.set("progressToken", fmt::format("p{}", id));
    }
    params.set("_meta", std::move(meta));
    return params;
  };
  // A server of this era asks nothing by itself: there is nothing to answer.
  return channel_.ask(question, deadline, {},
                      [&](const net::Request& message, ReplyReader& reader) {
                        return channel_.send(message, reader);
                      });
}

// A refused version is corrected once, even to the one that was just sent:
// servers are known to change their mind.
Result<json::Value> StatelessSession::request(std::string_view method,
                                              const Content& content,
                                              const Deadline& deadline) {
  refused_era_ = headers_mismatched_ = misunderstood_ = false;
  CLARIBI_TRY_ASSIGN(Reply reply, post(method, content, deadline));
  auto error = rpc_error(reply.response);
  if (error && error->code == rpc_code::version_unknown) {
    const auto version =
        common_version(stateless_versions, error->data["supported"]);
    refused_era_ = !version;
    if (version) {
      server_.protocol_version = *version;
      CLARIBI_TRY_ASSIGN(reply, post(method, content, deadline));
      error = rpc_error(reply.response);
    }
  }
  misunderstood_ = error && is_misunderstanding(*error);
  headers_mismatched_ = error && error->code == rpc_code::header_mismatch;
  refused_era_ = refused_era_ || is_foreign(reply, error);
  CLARIBI_TRY_ASSIGN(json::Value result,
                     channel_.result_of(std::move(reply), method));
  // PostHog and others leave the type out of a whole result.
  const std::string type = result["resultType"].text_or("complete");
  if (type == "complete" ||
      (type == "input_required" && method == "tools/call")) {
    return result;
  }
  return fail(ErrorKind::protocol,
              fmt::format("{} answered {} with a result of the type '{}', "
                          "which claribi does not know",
                          endpoint_host(channel_.endpoint().url), method,
                          server_words(type)));
}

// A version that was pinned was never asked for, and so neither was the name.
Result<ServerInfo> StatelessSession::server() {
  if (!server_.name.empty() || introduced_) return server_;
  CLARIBI_TRY_ASSIGN(
      const json::Value result,
      request("server/discover", Content{}, channel_.deadline()));
  introduced_ = true;
  const ServerInfo said = server_of_discovery(result);
  server_.name = said.name;
  server_.version = said.version;
  return server_;
}

Result<ToolList> StatelessSession::list_tools() {
  const Deadline deadline = channel_.deadline();
  const auto note = [&](std::string_view line) { channel_.note(line); };
  CLARIBI_TRY_ASSIGN(ToolList list,
                     list_pages(
                         [&](const std::optional<std::string>& cursor) {
                           Content content;
                           if (cursor) content.params.set("cursor", *cursor);
                           return request("tools/list", content, deadline);
                         },
                         EmptyCursor::is_a_cursor,
                         endpoint_host(channel_.endpoint().url), note));
  std::erase_if(list.tools, [&](const Tool& tool) {
    const auto marks = parameter_headers(tool.input_schema);
    if (marks) return false;
    note(fmt::format("the tool {} is left out: {}", server_words(tool.name),
                     marks.error().message));
    return true;
  });
  return list;
}

Result<ToolResult> StatelessSession::call_tool(const Tool& tool,
                                               const json::Value& arguments) {
  json::Value params = json::Object{{"name", tool.name}};
  params.set("arguments",
             arguments.is_null() ? json::Value(json::Object{}) : arguments);
  CLARIBI_TRY_ASSIGN(const json::Value result, settle(tool, std::move(params)));
  if (!result.is_object()) {
    return fail(ErrorKind::protocol,
                fmt::format("{} answered tools/call without a result",
                            endpoint_host(channel_.endpoint().url)));
  }
  return read_tool_result(result);
}

// Sends the call again, with the answers, as long as the server wants input.
// The answers belong to that one repetition only.
Result<json::Value> StatelessSession::settle(const Tool& tool,
                                             json::Value params) {
  const json::Value call = params;
  for (int round = 0; round < most_rounds; ++round) {
    // What a person took to answer is not the server's time.
    CLARIBI_TRY_ASSIGN(json::Value result,
                       send_call(tool, params, channel_.deadline()));
    if (result["resultType"].string() != "input_required") return result;
    CLARIBI_TRY_ASSIGN(
        const json::Value answers,
        answer_input(result, tool.name, channel_.around().fill_form,
                     [&](std::string_view line) { channel_.note(line); }));
    params = call;
    for (const json::Member& answer : answers.members()) {
      params.set(answer.name, answer.value);
    }
    if (!answers.has("inputResponses")) {
      CLARIBI_TRY(channel_.around().timer.wait(round_pause));
    }
  }
  return fail(ErrorKind::tool_error,
              fmt::format("{} needs answers from a person, and asked {} times",
                          server_words(tool.name), most_rounds),
              {"a server is answered on a terminal only, without --no-input"});
}

// A mismatch of headers means that the schema has changed since it was read:
// the server has refused the call before it began.
Result<json::Value> StatelessSession::send_call(const Tool& tool,
                                                const json::Value& params,
                                                const Deadline& deadline) {
  const auto send = [&](const Tool& known) -> Result<json::Value> {
    CLARIBI_TRY_ASSIGN(const auto marks, parameter_headers(known.input_schema));
    Content content{.params = params};
    content.headers.push_back({"Mcp-Name", header_value(known.name)});
    std::ranges::copy(mirrored(marks, params["arguments"]),
                      std::back_inserter(content.headers));
    return request("tools/call", content, deadline);
  };
  auto result = send(tool);
  if (result || !headers_mismatched_) return result;
  CLARIBI_TRY_ASSIGN(const ToolList fresh, list_tools());
  const Tool* renewed = find_tool(fresh.tools, tool.name);
  if (renewed == nullptr) return result;
  return send(*renewed);
}

}  // namespace

json::Value stateless_meta(std::string_view version,
                           const Surroundings& around) {
  json::Value abilities = json::Object{};
  if (around.fill_form) {
    abilities.set("elicitation", json::Object{{"form", json::Object{}}});
  }
  const ClientInfo& client = around.client;
  return json::Object{
      {"io.modelcontextprotocol/protocolVersion", version},
      {"io.modelcontextprotocol/clientInfo",
       json::Object{{"name", client.name}, {"version", client.version}}},
      {"io.modelcontextprotocol/clientCapabilities", std::move(abilities)}};
}

ServerInfo server_of_discovery(const json::Value& result) {
  // Before its final form the server's name stood in the body.
  const json::Value& meta =
      result["_meta"]["io.modelcontextprotocol/serverInfo"];
  const json::Value& info = meta.is_object() ? meta : result["serverInfo"];
  return {.name = info["name"].text_or(""),
          .version = info["version"].text_or("")};
}

std::vector<net::Header> stateless_headers(std::string_view version,
                                           std::string_view method) {
  return {{"MCP-Protocol-Version", std::string(version)},
          {"Mcp-Method", std::string(method)}};
}

std::unique_ptr<EraSession> make_stateless_session(Channel& channel,
                                                   ServerInfo server) {
  return std::make_unique<StatelessSession>(channel, std::move(server));
}

}  // namespace claribi::mcp
