// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "source/generic/generic.hpp"
#include "source/posthog/posthog.hpp"
#include "source/vendor.hpp"

namespace claribi::source {

std::span<const Vendor> vendors() {
  // The demo speaks PostHog's language over a transport of its own.
  static const std::array<Vendor, 3> table{
      posthog::hosted_vendor(),
      posthog::demo_vendor(),
      generic::vendor_row(),
  };
  return table;
}

const Vendor* find_vendor(std::string_view name) {
  const auto found = std::ranges::find(vendors(), name, &Vendor::name);
  return found == vendors().end() ? nullptr : &*found;
}

const Region* region_at(const Vendor& vendor, std::string_view url) {
  const auto asked = net::parse_url(url, net::PlainHttp::loopback);
  if (!asked) return nullptr;
  for (const Region& region : vendor.regions) {
    const auto known = net::parse_url(region.url, net::PlainHttp::loopback);
    if (known && known->origin == asked->origin) return &region;
  }
  return nullptr;
}

}  // namespace claribi::source
