// SPDX-License-Identifier: MIT
#include "source/connection.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"

namespace claribi::source {
namespace {

// The endpoint with the vendor's switches and the user's pins.
Result<mcp::Endpoint> endpoint_of(const Target& target) {
  mcp::Endpoint endpoint{
      .url = target.url, .key = target.key, .timeout = target.timeout};
  if (!target.vendor->needs_key) return endpoint;
  CLARIBI_TRY_ASSIGN(net::Url url,
                     net::parse_url(target.url, net::PlainHttp::loopback));
  target.vendor->pin(url, endpoint.headers, target.pins);
  endpoint.url = net::to_string(url);
  return endpoint;
}

std::vector<std::string> names_of(const std::vector<mcp::Tool>& tools) {
  std::vector<std::string> names;
  names.reserve(tools.size());
  for (const mcp::Tool& tool : tools)
    names.push_back(tool.name);
  return names;
}

OfferedTool offered_tool(const mcp::Tool& tool) {
  OfferedTool offered{tool.name};
  for (const json::Member& property :
       tool.input_schema["properties"].members()) {
    offered.arguments.push_back(property.name);
  }
  return offered;
}

}  // namespace

std::string_view offer_name(Offer offer) {
  switch (offer) {
    case Offer::offered:
      return "offered";
    case Offer::not_listed:
      return "not in claribi's list of read-only tools";
    case Offer::not_declared:
      return "the server does not call it read-only";
  }
  std::unreachable();
}

Connection::Connection(net::Transport& transport, const Clock& clock,
                       Target target)
    : transport_(transport), clock_(clock), target_(std::move(target)) {
}

Connection::~Connection() {
  if (session_) session_->close();
}

Moment Connection::moment() const {
  return {clock_.now(), target_.calendar};
}

Result<mcp::Session*> Connection::session() {
  if (session_) return session_.get();
  CLARIBI_TRY_ASSIGN(mcp::Endpoint endpoint, endpoint_of(target_));
  // PostHog leaves structured results out for some client names; this one is
  // not among them.
  CLARIBI_TRY_ASSIGN(session_,
                     mcp::open_session(transport_, std::move(endpoint),
                                       {"claribi", CLARIBI_VERSION}));
  return session_.get();
}

Result<mcp::ServerInfo> Connection::server() {
  CLARIBI_TRY_ASSIGN(mcp::Session * open, session());
  return open->server();
}

Result<const std::vector<mcp::Tool>*> Connection::tools() {
  if (tools_) return tools_.get();
  CLARIBI_TRY_ASSIGN(mcp::Session * open, session());
  CLARIBI_TRY_ASSIGN(auto listed, open->list_tools());
  tools_ = std::make_unique<std::vector<mcp::Tool>>(std::move(listed));
  return tools_.get();
}

Offer Connection::offer(const mcp::Tool& tool) const {
  const auto& allowed = target_.vendor->read_only;
  if (std::ranges::find(allowed, tool.name) == allowed.end()) {
    return Offer::not_listed;
  }
  return mcp::declared_read_only(tool) ? Offer::offered : Offer::not_declared;
}

Result<const Dialect*> Connection::dialect() {
  if (dialect_.translate != nullptr) return &dialect_;
  CLARIBI_TRY_ASSIGN(const auto* listed, tools());
  for (const mcp::Tool& tool : *listed) {
    if (offer(tool) == Offer::offered) {
      dialect_.tools.push_back(offered_tool(tool));
    }
  }
  dialect_.translate = target_.vendor->translate;
  return &dialect_;
}

Result<void> Connection::check_callable(const ToolCall& call) {
  CLARIBI_TRY_ASSIGN(const auto* listed, tools());
  const mcp::Tool* tool = mcp::find_tool(*listed, call.tool);
  if (tool == nullptr) {
    std::vector<std::string> hints;
    const auto alike = nearest(call.tool, names_of(*listed));
    if (!alike.empty()) hints.push_back("did you mean " + alike.front() + "?");
    hints.emplace_back("see what there is: claribi tools");
    return fail(ErrorKind::refused,
                fmt::format("{} has no tool '{}'", target_.name,
                            escape_terminal_line(call.tool)),
                std::move(hints));
  }
  const Offer verdict = offer(*tool);
  if (verdict == Offer::offered) return {};
  return fail(ErrorKind::refused,
              fmt::format("the tool '{}' is not offered: {}",
                          escape_terminal_line(call.tool), offer_name(verdict)),
              {"claribi calls only tools that cannot change anything; see "
               "them: claribi tools"});
}

Result<Outcome> Connection::call(const ToolCall& canonical) {
  CLARIBI_TRY_ASSIGN(const Dialect* words, dialect());
  CLARIBI_TRY_ASSIGN(Translation translation,
                     words->translate(canonical, *words));
  return send(std::move(translation));
}

Result<Outcome> Connection::send(Translation translation) {
  const ToolCall& call = translation.call;
  CLARIBI_TRY(check_callable(call));
  CLARIBI_TRY_ASSIGN(mcp::Session * open, session());
  CLARIBI_TRY_ASSIGN(mcp::ToolResult result,
                     open->call_tool(call.tool, call.arguments));
  if (result.is_error) {
    return std::unexpected(target_.vendor->explain(call, result.text()));
  }
  auto table = target_.vendor->decode(call, result, moment());
  Outcome outcome{.sent = call,
                  .note = std::move(translation.note),
                  .raw = std::move(result),
                  .fetched_at = clock_.now()};
  if (table) {
    outcome.table = std::move(*table);
  } else {
    outcome.undecoded = std::move(table).error();
  }
  return outcome;
}

Result<Schema> Connection::schema(const SchemaNeeds& needs) {
  Schema schema;
  for (const ToolCall& canonical : target_.vendor->schema_calls(needs)) {
    auto outcome = call(canonical);
    if (!outcome) {
      return because(std::move(outcome).error(),
                     "reading the names of the project");
    }
    if (const auto& fault = outcome->undecoded) {
      return std::unexpected(*fault);
    }
    target_.vendor->read_schema(canonical, outcome->table, schema);
  }
  return schema;
}

}  // namespace claribi::source
