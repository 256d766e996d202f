// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "mcp/known_tools.hpp"
#include "mcp/session.hpp"
#include "mcp/tool.hpp"
#include "net/transport.hpp"
#include "source/dialect.hpp"
#include "source/known_schema.hpp"
#include "source/vendor.hpp"
#include "table/table.hpp"

namespace claribi::source {

// A data source as it is to be opened.
struct Target {
  std::string name;
  const Vendor* vendor = nullptr;
  std::string url;
  Pins pins = {};
  const Secret* key = nullptr;  // Not owned; null if none is needed.
  Calendar calendar = {};
  std::chrono::milliseconds timeout = std::chrono::seconds(120);
  std::string protocol = {};  // A version of MCP; empty: whatever is spoken.
  // A tool that the user allows by name for this run, of a server that is not
  // PostHog's; empty for none.
  std::string allowed_tool = {};
  // Asked before each call; may refuse it. Empty: nobody is asked.
  std::function<Result<void>(const mcp::Tool& tool)> check_tool = {};
};

// Why a tool that the server lists is not offered.
enum class Offer {
  offered,
  not_listed,    // Not in claribi's list of read-only tools.
  not_declared,  // The server does not declare it read-only.
};
std::string_view offer_name(Offer offer);

// What came of one call.
struct Outcome {
  ToolCall sent;          // What the server was really asked.
  std::string note = {};  // How that differs from what was wanted.
  mcp::ToolResult raw = {};
  table::Table table = {};
  // Why there is no table although the tool answered; `raw` can still be
  // shown.
  std::optional<Error> undecoded = {};
  Instant fetched_at = {};
};

// What a connection works with; all of it must outlive the connection.
struct Wiring {
  net::Transport& transport;
  const Clock& clock;
  net::Timer& timer;
  mcp::Cache* cache = nullptr;  // Null: nothing is remembered between runs.
  mcp::Listener listener = {};
  mcp::FillForm fill_form = {};  // Empty: nobody answers a server's questions.
};

// How old a list of tools may be.
enum class Freshness {
  known,     // A day: a call that is refused for it asks anew by itself.
  promised,  // As long as the server said that it holds.
  now,       // Asked for by this process.
};

// An open data source. Nothing is sent before the first question to it.
class Connection {
 public:
  Connection(Wiring wiring, Target target);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  Connection(Connection&&) = delete;
  Connection& operator=(Connection&&) = delete;
  ~Connection();

  [[nodiscard]] const Target& target() const { return target_; }
  [[nodiscard]] Moment moment() const;

  // Everything the server lists, in its order.
  [[nodiscard]] Result<const std::vector<mcp::Tool>*> tools(
      Freshness freshness = Freshness::known);
  // What the server says of one tool, its arguments included; null if it has
  // none of that name.
  [[nodiscard]] Result<const mcp::Tool*> tool(std::string_view name);
  // Whether the server lists a gateway and nothing else, so that every tool is
  // reached through that. Known once the tools were asked for.
  [[nodiscard]] bool behind_gateway() const { return gateway_.has_value(); }
  // Whether that tool may be called at all.
  [[nodiscard]] Offer offer(const mcp::Tool& tool) const;
  // What planning needs to know of the tools.
  [[nodiscard]] Result<const Dialect*> dialect();
  [[nodiscard]] Result<mcp::ServerInfo> server();

  // Puts a canonical call into the server's words and sends it.
  [[nodiscard]] Result<Outcome> call(const ToolCall& canonical);
  // Checks that the tool may be called, calls it once and decodes the result.
  // Fails (refused) before the call is sent, or with the tool's own error in
  // plain words.
  [[nodiscard]] Result<Outcome> send(Translation translation);

  // After a call that failed: whether the server may have misunderstood it for
  // the tools are only remembered. If so, asks for them anew and says whether
  // they have changed: then the call can be made once more.
  [[nodiscard]] Result<bool> renewed();

  // Those parts of the project's schema, one call each; none where they were
  // read within the last ten minutes.
  [[nodiscard]] Result<Schema> schema(const SchemaNeeds& needs);
  // Whether the last schema() made no call, so that the project may have got
  // names since.
  [[nodiscard]] bool schema_is_remembered() const { return schema_known_; }
  // Makes the next schema() ask anew.
  void forget_schema();
  // Which of those texts, in lower case, are values of a property: adds them
  // to schema.values. None if the server cannot say.
  [[nodiscard]] Result<void> find_values(const std::vector<std::string>& texts,
                                         Schema& schema);

 private:
  [[nodiscard]] Result<mcp::Session*> session();
  [[nodiscard]] bool is_fresh(const mcp::KnownTools& known,
                              Freshness freshness) const;
  void recall_tools();
  [[nodiscard]] Result<Outcome> attempt(const ToolCall& canonical);
  [[nodiscard]] Result<const mcp::Tool*> callable(const ToolCall& call);
  [[nodiscard]] Result<void> check_foreign(mcp::Session& open) const;
  [[nodiscard]] Result<mcp::ToolResult> call_tool(const mcp::Tool& tool,
                                                  const json::Value& arguments);
  [[nodiscard]] Result<void> look_behind_gateway();
  [[nodiscard]] std::optional<KnownSchema> recall_schema() const;
  [[nodiscard]] Result<Schema> fetch_schema(const SchemaNeeds& needs);
  [[nodiscard]] Result<void> read_schema(const std::vector<ToolCall>& calls,
                                         Schema& schema);

  Wiring wiring_;
  Target target_;
  std::unique_ptr<mcp::Session> session_;
  std::optional<mcp::KnownTools> tools_;
  bool misunderstood_ = false;  // The last call was refused unbegun.
  bool schema_known_ = false;   // The last schema was a remembered one.
  bool remembered_ = false;     // The tools are what an earlier run was told.
  // What the server lists instead of tools, if it does.
  std::optional<mcp::Tool> gateway_;
  Dialect dialect_;
};

}  // namespace claribi::source
