// SPDX-License-Identifier: MIT
#pragma once

#include "mcp/session.hpp"

namespace claribi::mcp {

// A session in one era.
class EraSession : public Session {
 public:
  // Whether the last request failed in a way that a server of another era
  // would answer it.
  [[nodiscard]] virtual bool refused_era() const = 0;
};

}  // namespace claribi::mcp
