// SPDX-License-Identifier: MIT
#include "mcp/session.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "mcp/channel.hpp"
#include "mcp/era.hpp"
#include "mcp/legacy.hpp"
#include "mcp/probe.hpp"
#include "mcp/stateless.hpp"
#include "mcp/verdict.hpp"
#include "mcp/versions.hpp"

namespace claribi::mcp {
namespace {

// Finds out what the server speaks, remembers it, and finds out anew when what
// was remembered has become wrong.
class NegotiatedSession final : public Session {
 public:
  NegotiatedSession(net::Transport& transport, Endpoint endpoint,
                    Surroundings surroundings)
      : channel_(transport, std::move(endpoint), std::move(surroundings)) {}

  [[nodiscard]] Result<ServerInfo> server() override {
    return attempt([](Session& era) { return era.server(); });
  }
  [[nodiscard]] Result<ToolList> list_tools() override {
    return attempt([](Session& era) { return era.list_tools(); });
  }
  [[nodiscard]] Result<ToolResult> call_tool(
      const Tool& tool, const json::Value& arguments) override {
    return attempt(
        [&](Session& era) { return era.call_tool(tool, arguments); });
  }
  [[nodiscard]] bool misunderstood() const override {
    return era_ && era_->misunderstood();
  }
  void close() override {
    if (era_) era_->close();
  }

 private:
  template <typename Ask>
  [[nodiscard]] auto attempt(const Ask& ask)
      -> decltype(ask(std::declval<Session&>())) {
    if (!era_) CLARIBI_TRY(settle());
    auto answer = ask(*era_);
    if (answer || !remembered_ || !era_->refused_era()) return answer;
    CLARIBI_TRY(settle_anew());
    return ask(*era_);
  }

  [[nodiscard]] Result<void> settle();
  [[nodiscard]] Result<void> settle_anew();
  void adopt(const Verdict& verdict);
  [[nodiscard]] std::optional<Verdict> known_verdict();

  Channel channel_;
  std::unique_ptr<EraSession> era_;
  bool remembered_ = false;  // The era is what an earlier run found.
};

std::optional<Verdict> NegotiatedSession::known_verdict() {
  const Surroundings& around = channel_.around();
  if (speaks(stateless_versions, around.protocol)) {
    return Verdict{.era = Era::stateless,
                   .server = {.protocol_version = around.protocol}};
  }
  if (!around.protocol.empty()) return Verdict{.era = Era::legacy};
  if (around.cache == nullptr) return std::nullopt;
  const auto text = around.cache->read(verdict_name);
  if (!text) return std::nullopt;
  auto verdict = read_verdict(*text, around.clock.now());
  remembered_ = verdict.has_value();
  return verdict;
}

void NegotiatedSession::adopt(const Verdict& verdict) {
  era_ = verdict.era == Era::stateless
             ? make_stateless_session(channel_, verdict.server)
             : make_legacy_session(channel_);
}

Result<void> NegotiatedSession::settle() {
  if (const auto verdict = known_verdict()) {
    adopt(*verdict);
    return {};
  }
  return settle_anew();
}

Result<void> NegotiatedSession::settle_anew() {
  Cache* cache = channel_.around().cache;
  if (remembered_) cache->forget(verdict_name);
  remembered_ = false;
  CLARIBI_TRY_ASSIGN(const Finding finding, probe(channel_));
  const Verdict verdict = finding.verdict.value_or(Verdict{});
  adopt(verdict);
  if (verdict.era == Era::legacy) {
    // Only the handshake shows that the verdict is right.
    if (auto server = era_->server(); !server) {
      era_.reset();
      if (const auto& doubt = finding.doubt) return std::unexpected(*doubt);
      return std::unexpected(std::move(server).error());
    }
  }
  if (cache != nullptr && verdict.lasting) {
    cache->write(verdict_name,
                 verdict_text(verdict, channel_.around().clock.now()));
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Session>> open_session(net::Transport& transport,
                                              Endpoint endpoint,
                                              Surroundings surroundings) {
  const std::string& wanted = surroundings.protocol;
  if (!wanted.empty() && !speaks(stateless_versions, wanted) &&
      !speaks(legacy_versions, wanted)) {
    return fail(ErrorKind::usage,
                fmt::format("claribi does not speak MCP '{}'",
                            escape_terminal_line(wanted)),
                {"it speaks " + join(spoken_versions(), ", ")});
  }
  return std::make_unique<NegotiatedSession>(transport, std::move(endpoint),
                                             std::move(surroundings));
}

}  // namespace claribi::mcp
