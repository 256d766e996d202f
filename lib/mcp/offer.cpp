// SPDX-License-Identifier: MIT
#include "mcp/offer.hpp"

#include "base/text.hpp"
#include "mcp/message.hpp"
#include "mcp/versions.hpp"

namespace claribi::mcp {

Offer first_offer() {
  return {.version = std::string(legacy_versions.front())};
}

Result<std::optional<Offer>> second_offer(const Reply& reply,
                                          std::string_view host) {
  const auto error = rpc_error(reply.response);
  const bool is_error = error || reply.head.status == 400;
  if (!is_error) return std::nullopt;
  const json::Value supported = error ? error->data["supported"] : nullptr;
  if (supported.size() > 0) {
    const auto version = common_version(legacy_versions, supported);
    if (!version) return fail_version(host, supported);
    return Offer{.version = *version};
  }
  const std::string words = lower(error ? error->message : reply.body);
  if (words.contains("mcp-protocol-version")) {
    return Offer{.version = std::string(legacy_versions.front()),
                 .with_header = true};
  }
  const size_t list = words.find("supported versions");
  if (list == std::string::npos) return std::nullopt;
  for (std::string_view version : legacy_versions) {
    if (words.find(version, list) != std::string::npos) {
      return Offer{.version = std::string(version)};
    }
  }
  return std::nullopt;
}

}  // namespace claribi::mcp
