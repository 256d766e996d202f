// SPDX-License-Identifier: MIT
#include "demo/stateless_era.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "demo/methods.hpp"

namespace claribi::demo {

namespace {

constexpr std::string_view our_version = "2026-07-28";
constexpr std::string_view version_member =
    "io.modelcontextprotocol/protocolVersion";
constexpr std::string_view capabilities_member =
    "io.modelcontextprotocol/clientCapabilities";
constexpr std::string_view server_info_member =
    "io.modelcontextprotocol/serverInfo";
constexpr int64_t fresh_for_ms = 60000;

// Base64 with padding (RFC 4648), as headers carry what is not plain.
std::string base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (size_t at = 0; at < bytes.size(); at += 3) {
    const size_t count = std::min<size_t>(3, bytes.size() - at);
    uint32_t group = 0;
    for (size_t i = 0; i < 3; ++i) {
      group <<= 8U;
      if (i < count) group |= static_cast<unsigned char>(bytes[at + i]);
    }
    for (size_t i = 0; i < 4; ++i) {
      text += i <= count ? digits[(group >> (18U - (6U * i))) & 63U] : '=';
    }
  }
  return text;
}

bool header_says(const net::Request& request, std::string_view header,
                 std::string_view value) {
  const auto said = header_of(request, header);
  if (said.empty()) return false;
  return said == value || said == fmt::format("=?base64?{}?=", base64(value));
}

std::unexpected<mcp::RpcError> mismatch(std::string_view header) {
  return std::unexpected(mcp::RpcError{
      .code = header_mismatch,
      .message =
          fmt::format("Header mismatch: {} is missing or differs from the "
                      "body",
                      header)});
}

std::expected<void, mcp::RpcError> check_meta(const json::Value& meta) {
  if (meta[version_member].is_string() &&
      meta[capabilities_member].is_object()) {
    return {};
  }
  return std::unexpected(mcp::RpcError{
      .code = invalid_params,
      .message = fmt::format("Invalid params: _meta needs {} and {}",
                             version_member, capabilities_member)});
}

std::expected<void, mcp::RpcError> check_version(const net::Request& request,
                                                 const std::string& version) {
  if (header_of(request, "mcp-protocol-version") != version) {
    return mismatch("MCP-Protocol-Version");
  }
  if (version == our_version) return {};
  return std::unexpected(mcp::RpcError{
      .code = unsupported_version,
      .message = "Unsupported protocol version",
      .data = json::Object{{"supported", json::Array{our_version}},
                           {"requested", version}}});
}

// The member of the params that Mcp-Name repeats; empty for other methods.
std::string_view named_by(std::string_view method) {
  if (method == "tools/call" || method == "prompts/get") return "name";
  return method == "resources/read" ? "uri" : "";
}

std::expected<void, mcp::RpcError> check_headers(const net::Request& request,
                                                 std::string_view method,
                                                 const json::Value& params) {
  if (header_of(request, "mcp-method") != method) return mismatch("Mcp-Method");
  const auto member = named_by(method);
  if (member.empty()) return {};
  const auto name = params[member].string();
  if (name && !header_says(request, "mcp-name", *name)) {
    return mismatch("Mcp-Name");
  }
  return {};
}

// What is wrong with a request before its method is looked at.
std::expected<void, mcp::RpcError> check(const net::Request& request,
                                         const json::Value& message) {
  const auto& params = message["params"];
  const auto& meta = params["_meta"];
  if (auto found = check_meta(meta); !found) return found;
  auto version = check_version(request, meta[version_member].text_or(""));
  if (!version) return version;
  return check_headers(request, message["method"].text_or(""), params);
}

json::Value discover() {
  json::Value result;
  result.set("supportedVersions", json::Array{our_version});
  result.set("capabilities", capabilities());
  result.set("instructions",
             "Product analytics over made-up events. Every tool only reads.");
  return result;
}

// Tells how long a result may be kept, and by whom.
MethodResult cacheable(MethodResult result) {
  if (result) {
    result->set("ttlMs", fresh_for_ms).set("cacheScope", "private");
  }
  return result;
}

MethodResult run_method(const World& world, std::string_view method,
                        const json::Value& params) {
  if (method == "server/discover") return cacheable(discover());
  if (method == "tools/list") return cacheable(list_tools(params));
  if (method == "tools/call") return call_tool(world, params);
  return std::unexpected(
      mcp::RpcError{.code = method_not_found, .message = "Method not found"});
}

HttpReply answer(const World& world, const json::Value& message) {
  const auto& id = message["id"];
  auto result =
      run_method(world, message["method"].text_or(""), message["params"]);
  if (!result) {
    const bool unknown = result.error().code == method_not_found;
    return error_reply(unknown ? 404 : 200, id, result.error());
  }
  result->set("resultType", "complete");
  result->set("_meta",
              json::Object{{std::string(server_info_member), server_info()}});
  return json_reply(mcp::result_message(id, std::move(*result)));
}

}  // namespace

bool is_stateless(const net::Request& request, const json::Value& body) {
  return body["params"]["_meta"].has(version_member) ||
         header_of(request, "mcp-protocol-version") == our_version;
}

HttpReply answer_stateless_era(const World& world, const net::Request& request,
                               const json::Value& body) {
  const auto& id = body["id"];
  if (body["jsonrpc"].text_or("") != "2.0" || !body["method"].is_string() ||
      (body.has("id") && !id.is_string() && !id.is_number())) {
    return error_reply(400, nullptr, invalid_request, "Invalid Request");
  }
  if (!body.has("id")) return empty_reply(202);  // A notification.
  if (const auto checked = check(request, body); !checked) {
    return error_reply(400, id, checked.error());
  }
  return answer(world, body);
}

}  // namespace claribi::demo
