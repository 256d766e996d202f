// SPDX-License-Identifier: MIT
#include "mcp/verdict.hpp"

#include "json/reader.hpp"
#include "json/writer.hpp"
#include "mcp/versions.hpp"

namespace claribi::mcp {
namespace {

constexpr std::chrono::hours longest_life{7 * 24};

}  // namespace

std::string verdict_text(const Verdict& verdict, Instant seen_at) {
  json::Value text = json::Object{};
  text.set("era", verdict.era == Era::stateless ? "stateless" : "legacy");
  text.set("version", verdict.server.protocol_version);
  text.set("server", json::Object{{"name", verdict.server.name},
                                  {"version", verdict.server.version}});
  text.set("seen_at", format_instant(seen_at));
  return json::compact(text) + "\n";
}

std::optional<Verdict> read_verdict(std::string_view text, Instant now) {
  const auto parsed = json::parse(text);
  if (!parsed) return std::nullopt;
  const auto seen_at = parse_instant((*parsed)["seen_at"].text_or(""));
  if (!seen_at || *seen_at > now || now - *seen_at > longest_life) {
    return std::nullopt;
  }
  const std::string era = (*parsed)["era"].text_or("");
  if (era == "legacy") return Verdict{.era = Era::legacy};
  const std::string version = (*parsed)["version"].text_or("");
  if (era != "stateless" || !speaks(stateless_versions, version)) {
    return std::nullopt;
  }
  const json::Value& server = (*parsed)["server"];
  return Verdict{.era = Era::stateless,
                 .server = {.name = server["name"].text_or(""),
                            .version = server["version"].text_or(""),
                            .protocol_version = version}};
}

}  // namespace claribi::mcp
