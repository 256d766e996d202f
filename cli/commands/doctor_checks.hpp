// SPDX-License-Identifier: MIT
// What `doctor` looks at. A check never fails itself: what is wrong is its
// finding.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "cli/context.hpp"
#include "cli/sources.hpp"

namespace claribi::cli {

enum class Finding { ok, warning, failed, skipped };
std::string_view finding_name(Finding finding);

struct Check {
  std::string name;
  Finding finding = Finding::ok;
  std::string detail = {};
  std::string next = {};  // What to type or to do; empty where all is well.
};

// What an error says and what it hints at, as a check that failed.
Check failed_check(std::string name, const Error& error);

// endpoint, proxy, dns, tcp, tls, reply and clock: the way to the
// server, up to where it ends.
struct WayChecks {
  std::vector<Check> checks = {};
  bool is_open = false;  // The server replies.
};
WayChecks check_way(Context& context, const Source& source);

// key and tools: whether the server takes the key, and what that allows. Asks
// the server only if the way to it is open.
std::vector<Check> check_account(Context& context, const Source& source,
                                 bool is_open);

// vault and cache.
std::vector<Check> check_files(Context& context);

}  // namespace claribi::cli
