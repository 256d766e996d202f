// SPDX-License-Identifier: MIT
#include "mcp/refusal.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "json/reader.hpp"
#include "mcp/message.hpp"
#include "mcp/retry.hpp"

namespace claribi::mcp {
namespace {

constexpr size_t max_words = 200;

// ": why" or nothing.
std::string reason(std::string_view words) {
  const std::string shown = server_words(words);
  return shown.empty() ? "" : ": " + shown;
}

bool mentions(std::string_view text, std::string_view word) {
  return lower(text).contains(word);
}

std::unexpected<Error> fail_unauthorized(std::string_view host,
                                         std::string_view words,
                                         bool with_key) {
  if (!with_key) {
    return fail(ErrorKind::key_rejected,
                fmt::format("{} asks for a key{}", host, reason(words)),
                {"connect this source again with its key"});
  }
  return fail(
      ErrorKind::key_rejected,
      fmt::format("{} does not accept the key{}", host, reason(words)),
      {"the key may be revoked, mistyped, or of another region or server"});
}

std::unexpected<Error> fail_forbidden(const net::ReplyHead& head,
                                      std::string_view host,
                                      std::string_view words) {
  const bool is_scope =
      mentions(head.header("WWW-Authenticate"), "insufficient_scope") ||
      mentions(words, "scope") || mentions(words, "permission");
  if (!is_scope) return fail_unauthorized(host, words, true);
  return fail(ErrorKind::scope_missing,
              fmt::format("{} refuses the key: it lacks a scope{}", host,
                          reason(words)),
              {"add the scope to the key, or make a key that has it"});
}

std::unexpected<Error> fail_unavailable(const net::ReplyHead& head,
                                        std::string_view host,
                                        std::string_view words, Instant now) {
  const std::string state =
      head.status == 429 ? "allows no more requests for now"
                         : fmt::format("is unavailable ({})", head.status);
  std::string message = fmt::format("{} {}{}", host, state, reason(words));
  std::string hint = "try again later";
  if (const auto wait = retry_after(head, now)) {
    message += fmt::format("; retry after {} s", wait->count());
    hint = fmt::format("try again in {} s", wait->count());
  }
  return fail(ErrorKind::network, std::move(message), {std::move(hint)});
}

// A JSON-RPC error in a refusal without a status of its own meaning.
std::optional<RpcError> rpc_error_of_body(std::string_view body) {
  const auto parsed = json::parse(body);
  if (!parsed || !(*parsed)["error"]["code"].integer()) return std::nullopt;
  return rpc_error(*parsed);
}

}  // namespace

std::string server_words(std::string_view text) {
  text = trim(text);
  if (text.size() <= max_words) return escape_terminal_line(text);
  size_t end = max_words;
  // Not inside a character: the bytes that continue one are 10xxxxxx.
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) {
    --end;
  }
  return escape_terminal_line(text.substr(0, end)) + "...";
}

std::string words_of_body(std::string_view body) {
  const std::string_view text = trim(body);
  if (text.starts_with('<')) return {};
  if (const auto parsed = json::parse(text)) {
    const json::Value& error = (*parsed)["error"];
    for (const json::Value* candidate :
         {&error["message"], &(*parsed)["error_description"],
          &(*parsed)["message"], &(*parsed)["detail"], &error}) {
      if (const auto words = candidate->string()) return std::string(*words);
    }
    if (const auto words = parsed->string()) return std::string(*words);
    return {};
  }
  return std::string(text);
}

std::string endpoint_name(std::string_view url) {
  return escape_terminal_line(url.substr(0, url.find_first_of("?#")));
}

std::string endpoint_host(std::string_view url) {
  const size_t slashes = url.find("://");
  if (slashes != std::string_view::npos) url.remove_prefix(slashes + 3);
  return escape_terminal_line(url.substr(0, url.find_first_of("/?#")));
}

std::unexpected<Error> fail_status(const net::ReplyHead& head,
                                   std::string_view body, const Asked& asked) {
  const std::string host = endpoint_host(asked.url);
  const std::string words = words_of_body(body);
  switch (head.status) {
    case 401:
      return fail_unauthorized(host, words, asked.with_key);
    case 403:
      return fail_forbidden(head, host, words);
    case 408:
    case 429:
      return fail_unavailable(head, host, words, asked.at);
    case 413:
    case 414:
    case 431:
      return fail(ErrorKind::limit_reached,
                  fmt::format("the request is too large for {} ({})", host,
                              head.status));
    default:
      break;
  }
  if (head.status >= 500) {
    // Some servers answer a key they do not know with a fault of their own.
    if (mentions(words, "invalid_api_key") ||
        mentions(words, "invalid api key")) {
      return fail_unauthorized(host, words, asked.with_key);
    }
    return fail_unavailable(head, host, words, asked.at);
  }
  if (const auto error = rpc_error_of_body(body)) {
    return fail_rpc(*error, asked.method);
  }
  if (head.status == 404 || head.status == 405) {
    return fail_no_endpoint(asked.url,
                            fmt::format("it answered {}", head.status));
  }
  return fail(ErrorKind::protocol,
              fmt::format("{} refused {} ({}){}", host, asked.method,
                          head.status, reason(words)));
}

std::unexpected<Error> fail_no_endpoint(std::string_view url,
                                        std::string_view what) {
  return fail(
      ErrorKind::protocol,
      fmt::format("{} is not an MCP endpoint: {}", endpoint_name(url), what),
      {"check the URL: the path of an MCP endpoint is often /mcp"});
}

}  // namespace claribi::mcp
