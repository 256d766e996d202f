// SPDX-License-Identifier: MIT
#include "net/url.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"

namespace claribi::net {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

uint16_t usual_port(std::string_view scheme) {
  return scheme == "https" ? 443 : 80;
}

// A refusal that names the URL only as far as it can hold no secret.
std::unexpected<Error> refuse(std::string_view text, std::string_view why) {
  std::string_view shown = text.substr(0, text.find_first_of("?#"));
  const size_t slashes = shown.find("://");
  const size_t at = shown.rfind('@');
  if (at != std::string_view::npos) {
    shown = slashes == std::string_view::npos ? "" : shown.substr(0, slashes);
  }
  return fail(ErrorKind::usage,
              fmt::format("cannot use the URL '{}': {}",
                          escape_terminal_line(shown.substr(0, 200)), why),
              {"an endpoint looks like https://mcp.example.com/mcp"});
}

// One name or IPv4 address: labels of letters, digits, hyphens, underscores.
bool is_name(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  if (host.empty() || host.size() > 253) return false;
  const std::vector<std::string> labels = split(host, '.');
  return std::ranges::all_of(labels, [](const std::string& label) {
    return !label.empty() && label.size() <= 63 &&
           std::ranges::all_of(label, [](char c) {
             return is_digit(c) || is_letter(c) || c == '-' || c == '_';
           });
  });
}

bool is_ipv6(std::string_view host) {
  if (host.size() < 4 || !host.starts_with('[') || !host.ends_with(']')) {
    return false;
  }
  host = host.substr(1, host.size() - 2);
  return host.contains(':') && std::ranges::all_of(host, [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
         });
}

bool is_loopback(std::string_view host) {
  return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

// Cuts ":8080" off the authority. Empty text means the usual port.
Result<std::string> take_port(std::string_view url, std::string_view& rest) {
  const size_t colon = rest.rfind(':');
  const size_t bracket = rest.rfind(']');
  if (colon == std::string_view::npos ||
      (bracket != std::string_view::npos && colon < bracket)) {
    return std::string();
  }
  std::string port(rest.substr(colon + 1));
  rest = rest.substr(0, colon);
  if (port.empty()) return refuse(url, "the port is missing");
  return port;
}

Result<Origin> parse_origin(std::string_view url, std::string scheme,
                            std::string_view authority) {
  if (authority.contains('@')) {
    return refuse(url, "it holds a user name or password");
  }
  Origin origin{.scheme = std::move(scheme), .host = {}, .port = 0};
  CLARIBI_TRY_ASSIGN(const std::string port, take_port(url, authority));
  origin.host = lower(authority);
  if (origin.host.empty()) return refuse(url, "it names no host");
  if (!is_name(origin.host) && !is_ipv6(origin.host)) {
    return refuse(url, "the host is not a name or address");
  }
  origin.port = usual_port(origin.scheme);
  if (!port.empty()) {
    const char* end = port.data() + port.size();
    const auto [stop, failure] = std::from_chars(port.data(), end, origin.port);
    if (failure != std::errc() || stop != end || origin.port == 0) {
      return refuse(url, "the port is not a number from 1 to 65535");
    }
  }
  return origin;
}

std::string percent_encode(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (is_digit(c) || is_letter(c) || std::string_view("-._~").contains(c)) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decode(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
    if (text[i] != '%' || high < 0 || low < 0) {
      out += text[i];
    } else {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

}  // namespace

std::string to_string(const Origin& origin) {
  std::string text = origin.scheme + "://" + origin.host;
  if (origin.port != usual_port(origin.scheme)) {
    text += fmt::format(":{}", origin.port);
  }
  return text;
}

std::string to_string(const Url& url) {
  std::string text = to_string(url.origin) + url.path;
  if (!url.query.empty()) text += "?" + url.query;
  return text;
}

Result<Url> parse_url(std::string_view text, PlainHttp http) {
  // Two readers of one URL must not disagree about its host, so whatever some
  // readers mend and others do not is refused: blanks, backslashes, non-ASCII.
  for (char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) {
      return refuse(text, "it holds characters that are not ASCII");
    }
    if (c <= ' ' || c == '\x7f') {
      return refuse(text, "it holds a blank or a control character");
    }
    if (c == '\\') return refuse(text, "it holds a backslash");
  }
  const size_t slashes = text.find("://");
  if (slashes == std::string_view::npos) {
    return refuse(text, "it does not begin with https://");
  }
  const std::string scheme = lower(text.substr(0, slashes));
  if (scheme != "https" && scheme != "http") {
    return refuse(text, "only https is allowed");
  }
  if (text.contains('#')) return refuse(text, "it has a fragment (#)");

  std::string_view rest = text.substr(slashes + 3);
  const size_t end = std::min(rest.find_first_of("/?"), rest.size());
  CLARIBI_TRY_ASSIGN(Origin origin,
                     parse_origin(text, scheme, rest.substr(0, end)));
  if (scheme == "http") {
    if (!is_loopback(origin.host)) {
      return refuse(text, "http would send the key in the open; use https");
    }
    if (http == PlainHttp::never) {
      return refuse(text, "only https is allowed here");
    }
  }
  rest = rest.substr(end);
  const size_t mark = rest.find('?');
  Url url{.origin = std::move(origin), .path = {}, .query = {}};
  url.path = rest.substr(0, mark);
  if (url.path.empty()) url.path = "/";
  if (mark != std::string_view::npos) url.query = rest.substr(mark + 1);
  return url;
}

void set_query(Url& url, std::string_view name, std::string_view value) {
  const std::string pair = percent_encode(name) + "=" + percent_encode(value);
  std::vector<std::string> kept;
  bool placed = false;
  for (std::string& part : split(url.query, '&')) {
    if (part.empty()) continue;
    const std::string_view before =
        std::string_view(part).substr(0, std::min(part.find('='), part.size()));
    if (percent_decode(before) != name) {
      kept.push_back(std::move(part));
    } else if (!std::exchange(placed, true)) {
      kept.push_back(pair);
    }
  }
  if (!placed) kept.push_back(pair);
  url.query = join(kept, "&");
}

}  // namespace claribi::net
