// SPDX-License-Identifier: MIT
// Whether an address, a key and a project belong together: what must hold
// before a key is kept.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "cli/context.hpp"
#include "cli/sources.hpp"
#include "json/value.hpp"
#include "source/vendor.hpp"

namespace claribi::cli {

// A project that a key may read.
struct Project {
  std::string id;
  std::string name;
  std::string time_zone = {};  // Empty if the server does not say.
};

// Wanted tools that the server offers under no name, by the scope that the key
// lacks for them.
struct MissingTools {
  std::string scope = {};  // Empty: the server itself does not have them.
  std::vector<std::string> tools = {};
};

struct Verified {
  size_t offered = 0;                      // Tools that may be called.
  std::vector<MissingTools> missing = {};  // In the catalog's order.
  std::vector<Project> projects = {};      // Empty if they cannot be listed.

  [[nodiscard]] const Project* project(std::string_view id) const;
};

// Lists the tools of the source with that key (an empty one for none), and
// asks for the pinned project if there is one. Nothing is stored. A refusal
// begins with "Could not verify API key" and tells the causes apart:
// key_rejected, scope_missing, network, protocol.
[[nodiscard]] Result<Verified> verify(Context& context, const Source& source,
                                      const Secret& key);

// As above; when the region does not know the key, the vendor's other regions
// are asked once whether they do. An open region moves to the one that does,
// and says so; a fixed one fails and names it.
enum class RegionChoice { fixed, open };
[[nodiscard]] Result<Verified> verify_in_region(Context& context,
                                                Source& source,
                                                const Secret& key,
                                                RegionChoice choice);

// "Could not verify API key: ..."
[[nodiscard]] Error not_verified(Error cause);

// Says which tools are not to be had and which scopes they need.
void say_missing(Context& context, const source::Vendor& vendor,
                 const std::vector<MissingTools>& missing);
json::Value names_of_missing(const std::vector<MissingTools>& missing);
json::Value scopes_of_missing(const std::vector<MissingTools>& missing);

}  // namespace claribi::cli
