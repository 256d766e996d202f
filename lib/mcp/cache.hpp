// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace claribi::mcp {

// What is remembered of one endpoint and key from run to run, as texts under
// names. Losing any of it costs a request and nothing more: reading a damaged
// text is the reader's matter, and writing never fails.
class Cache {
 public:
  virtual ~Cache() = default;

  [[nodiscard]] virtual std::optional<std::string> read(
      std::string_view name) = 0;
  virtual void write(std::string_view name, std::string_view text) = 0;
  virtual void forget(std::string_view name) = 0;
};

}  // namespace claribi::mcp
