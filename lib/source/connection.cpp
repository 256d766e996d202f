// SPDX-License-Identifier: MIT
#include "source/connection.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "source/gateway.hpp"

namespace claribi::source {
namespace {

// The endpoint with the vendor's switches and the user's pins.
Result<mcp::Endpoint> endpoint_of(const Target& target) {
  mcp::Endpoint endpoint{
      .url = target.url, .key = target.key, .timeout = target.timeout};
  if (target.vendor->local) return endpoint;
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
  offered.described = tool.input_schema.is_object();
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

Connection::Connection(Wiring wiring, Target target)
    : wiring_(std::move(wiring)), target_(std::move(target)) {
}

Connection::~Connection() {
  if (session_) session_->close();
}

Moment Connection::moment() const {
  return {wiring_.clock.now(), target_.calendar};
}

Result<mcp::Session*> Connection::session() {
  if (session_) return session_.get();
  if (target_.key != nullptr && target_.vendor->needs_key) {
    CLARIBI_TRY(target_.vendor->check_key(target_.key->view()));
  }
  CLARIBI_TRY_ASSIGN(mcp::Endpoint endpoint, endpoint_of(target_));
  // PostHog leaves structured results out for some client names; this one is
  // not among them.
  CLARIBI_TRY_ASSIGN(session_,
                     mcp::open_session(wiring_.transport, std::move(endpoint),
                                       {.client = {"claribi", CLARIBI_VERSION},
                                        .clock = wiring_.clock,
                                        .timer = wiring_.timer,
                                        .cache = wiring_.cache,
                                        .listener = wiring_.listener,
                                        .fill_form = wiring_.fill_form,
                                        .protocol = target_.protocol}));
  return session_.get();
}

Result<mcp::ServerInfo> Connection::server() {
  CLARIBI_TRY_ASSIGN(mcp::Session * open, session());
  return open->server();
}

bool Connection::is_fresh(const mcp::KnownTools& known,
                          Freshness freshness) const {
  const auto age = wiring_.clock.now() - known.received_at;
  switch (freshness) {
    case Freshness::known:
      return age < std::chrono::hours(24);
    case Freshness::promised:
      return !remembered_ || age < known.list.fresh_for;
    case Freshness::now:
      return !remembered_;
  }
  std::unreachable();
}

void Connection::recall_tools() {
  if (wiring_.cache == nullptr) return;
  const auto text = wiring_.cache->read(mcp::known_tools_name);
  if (!text) return;
  tools_ = mcp::read_known_tools(*text, wiring_.clock.now());
  remembered_ = tools_.has_value();
}

Result<const std::vector<mcp::Tool>*> Connection::tools(Freshness freshness) {
  if (!tools_) recall_tools();
  if (tools_ && is_fresh(*tools_, freshness)) {
    CLARIBI_TRY(look_behind_gateway());
    return &tools_->list.tools;
  }
  CLARIBI_TRY_ASSIGN(mcp::Session * open, session());
  CLARIBI_TRY_ASSIGN(auto listed, open->list_tools());
  tools_ = {.list = std::move(listed), .received_at = wiring_.clock.now()};
  remembered_ = false;
  gateway_.reset();
  dialect_ = {};
  if (wiring_.cache != nullptr) {
    wiring_.cache->write(
        mcp::known_tools_name,
        mcp::known_tools_text(tools_->list, tools_->received_at));
  }
  CLARIBI_TRY(look_behind_gateway());
  return &tools_->list.tools;
}

// Puts the tools behind a gateway into the place of the gateway.
Result<void> Connection::look_behind_gateway() {
  const Gateway* gateway = target_.vendor->gateway;
  std::vector<mcp::Tool>& listed = tools_->list.tools;
  if (gateway == nullptr || !is_only_tool(listed, *gateway)) return {};
  CLARIBI_TRY_ASSIGN(mcp::Session * open, session());
  const mcp::Tool& door = gateway_.emplace(listed.front());
  CLARIBI_TRY_ASSIGN(
      listed, tools_behind({*open, *gateway, door}, target_.vendor->read_only));
  return {};
}

Result<const mcp::Tool*> Connection::tool(std::string_view name) {
  CLARIBI_TRY(tools());
  auto& listed = tools_->list.tools;
  const auto found = std::ranges::find(listed, name, &mcp::Tool::name);
  if (found == listed.end()) return nullptr;
  if (gateway_ && !found->input_schema.is_object()) {
    CLARIBI_TRY_ASSIGN(mcp::Session * open, session());
    CLARIBI_TRY_ASSIGN(
        *found,
        tool_behind({*open, *target_.vendor->gateway, *gateway_}, name));
  }
  return &*found;
}

Offer Connection::offer(const mcp::Tool& tool) const {
  const auto& allowed = target_.vendor->read_only;
  if (target_.vendor->trusts_declarations) {
    if (tool.name == target_.allowed_tool) return Offer::offered;
  } else if (std::ranges::find(allowed, tool.name) == allowed.end()) {
    return Offer::not_listed;
  }
  // Behind a gateway the server says it of one tool at a time: before a call.
  const bool unsaid = gateway_ && !tool.input_schema.is_object();
  return unsaid || mcp::declared_read_only(tool) ? Offer::offered
                                                 : Offer::not_declared;
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

Result<const mcp::Tool*> Connection::callable(const ToolCall& call) {
  CLARIBI_TRY_ASSIGN(const mcp::Tool* tool, this->tool(call.tool));
  if (tool == nullptr) {
    std::vector<std::string> hints;
    for (const CatalogTool& known : target_.vendor->catalog) {
      if (known.name == call.tool && target_.vendor->needs_key) {
        hints.push_back(
            fmt::format("a key without the scope {} does not see "
                        "it, and some servers have it not",
                        known.scope));
      }
    }
    const auto alike = nearest(call.tool, names_of(tools_->list.tools));
    if (!alike.empty()) hints.push_back("did you mean " + alike.front() + "?");
    hints.emplace_back("see what there is: claribi tools");
    return fail(ErrorKind::refused,
                fmt::format("{} has no tool '{}'", target_.name,
                            escape_terminal_line(call.tool)),
                std::move(hints));
  }
  const Offer verdict = offer(*tool);
  if (verdict == Offer::offered) {
    if (target_.check_tool) CLARIBI_TRY(target_.check_tool(*tool));
    return tool;
  }
  return fail(ErrorKind::refused,
              fmt::format("the tool '{}' is not offered: {}",
                          escape_terminal_line(call.tool), offer_name(verdict)),
              {"claribi calls only tools that cannot change anything; see "
               "them: claribi tools"});
}

// What is allowed by name may write, and nothing may write to PostHog: whose
// server it is, its address or its own name says. A server that says no name
// at all is nobody's that claribi knows.
Result<void> Connection::check_foreign(mcp::Session& open) const {
  if (target_.allowed_tool.empty()) return {};
  CLARIBI_TRY_ASSIGN(const mcp::ServerInfo info, open.server());
  for (const Vendor& vendor : vendors()) {
    if (vendor.trusts_declarations || vendor.local) continue;
    const bool theirs = region_at(vendor, target_.url) != nullptr ||
                        lower(info.name).contains(lower(vendor.title));
    if (!theirs) continue;
    return fail(ErrorKind::refused,
                fmt::format("this server is {}'s: no tool of it can be allowed "
                            "by name",
                            vendor.title),
                {fmt::format("connect it as what it is: claribi connect {}",
                             vendor.name)});
  }
  return {};
}

Result<Outcome> Connection::call(const ToolCall& canonical) {
  auto outcome = attempt(canonical);
  if (outcome) return outcome;
  CLARIBI_TRY_ASSIGN(const bool again, renewed());
  return again ? attempt(canonical) : std::move(outcome);
}

Result<bool> Connection::renewed() {
  if (!misunderstood_ || !remembered_) return false;
  const std::vector<mcp::Tool> before = std::move(tools_->list.tools);
  tools_.reset();
  if (wiring_.cache != nullptr) wiring_.cache->forget(mcp::known_tools_name);
  CLARIBI_TRY_ASSIGN(const auto* listed, tools(Freshness::now));
  return !std::ranges::equal(before, *listed, {}, &mcp::Tool::definition,
                             &mcp::Tool::definition);
}

Result<Outcome> Connection::attempt(const ToolCall& canonical) {
  CLARIBI_TRY_ASSIGN(const Dialect* words, dialect());
  CLARIBI_TRY_ASSIGN(Translation translation,
                     words->translate(canonical, *words));
  return send(std::move(translation));
}

Result<Outcome> Connection::send(Translation translation) {
  const ToolCall& call = translation.call;
  misunderstood_ = true;  // Unless it gets further.
  CLARIBI_TRY_ASSIGN(const mcp::Tool* tool, callable(call));
  auto answer = call_tool(*tool, call.arguments);
  CLARIBI_TRY_ASSIGN(mcp::ToolResult result, std::move(answer));
  if (result.is_error) {
    const std::string text = result.text();
    misunderstood_ = target_.vendor->never_began(text);
    return std::unexpected(target_.vendor->explain(call, text));
  }
  auto table = target_.vendor->decode(call, result, moment());
  Outcome outcome{.sent = call,
                  .note = std::move(translation.note),
                  .raw = std::move(result),
                  .fetched_at = wiring_.clock.now()};
  if (table) {
    outcome.table = std::move(*table);
  } else {
    outcome.undecoded = std::move(table).error();
  }
  return outcome;
}

Result<mcp::ToolResult> Connection::call_tool(const mcp::Tool& tool,
                                              const json::Value& arguments) {
  CLARIBI_TRY_ASSIGN(mcp::Session * open, session());
  CLARIBI_TRY(check_foreign(*open));
  auto answer = gateway_
                    ? call_behind({*open, *target_.vendor->gateway, *gateway_},
                                  {tool.name, arguments})
                    : open->call_tool(tool, arguments);
  misunderstood_ = open->misunderstood();
  return answer;
}

Result<Schema> Connection::schema(const SchemaNeeds& needs) {
  auto known = recall_schema();
  schema_known_ = known && covers(known->parts, needs);
  if (schema_known_) return std::move(known->schema);
  CLARIBI_TRY_ASSIGN(Schema schema, fetch_schema(needs));
  if (wiring_.cache != nullptr) {
    KnownSchema now{
        .schema = schema, .parts = needs, .received_at = wiring_.clock.now()};
    if (known) now = merged(std::move(*known), std::move(now));
    wiring_.cache->write(known_schema_name, known_schema_text(now));
  }
  return schema;
}

std::optional<KnownSchema> Connection::recall_schema() const {
  constexpr auto fresh_for = std::chrono::minutes(10);
  if (wiring_.cache == nullptr) return std::nullopt;
  const auto text = wiring_.cache->read(known_schema_name);
  if (!text) return std::nullopt;
  auto known = read_known_schema(*text, wiring_.clock.now());
  if (!known || wiring_.clock.now() - known->received_at >= fresh_for) {
    return std::nullopt;
  }
  return known;
}

void Connection::forget_schema() {
  if (wiring_.cache != nullptr) wiring_.cache->forget(known_schema_name);
}

Result<Schema> Connection::fetch_schema(const SchemaNeeds& needs) {
  const Vendor& vendor = *target_.vendor;
  CLARIBI_TRY_ASSIGN(const Dialect* words, dialect());
  Schema schema;
  CLARIBI_TRY(read_schema(vendor.schema_calls(needs, *words), schema));
  // What only sharpens the reading of a question may be missing.
  const auto more =
      read_schema(vendor.more_schema_calls(needs, *words, schema), schema);
  if (!more && more.error().kind != ErrorKind::tool_error) {
    return std::unexpected(more.error());
  }
  return schema;
}

Result<void> Connection::find_values(const std::vector<std::string>& texts,
                                     Schema& schema) {
  const auto canonical = target_.vendor->values_call(texts, schema);
  if (!canonical) return {};
  auto outcome = call(*canonical);
  if (outcome && !outcome->undecoded) {
    target_.vendor->read_values(outcome->table, schema);
  } else if (!outcome && outcome.error().kind != ErrorKind::tool_error) {
    return because(std::move(outcome).error(),
                   "reading the values of the project");
  }
  return {};
}

Result<void> Connection::read_schema(const std::vector<ToolCall>& calls,
                                     Schema& schema) {
  for (const ToolCall& canonical : calls) {
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
  return {};
}

}  // namespace claribi::source
