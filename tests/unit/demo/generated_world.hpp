// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "demo/project.hpp"
#include "demo/store.hpp"
#include "demo/tools.hpp"
#include "json/value.hpp"

namespace claribi::demo {

// A Tuesday.
Instant generated_now();

// The built-in project with about 5,000 events, made once for all tests that
// only read it.
const Project& generated_project();
const Store& generated_store();
World generated_world();

// The same at another time of it.
World generated_world_at(std::string_view iso);

// A store in memory filled with that many events.
Store make_store(const Project& project, uint64_t events, uint64_t seed = 1);

// The only cell of a query, as JSON.
json::Value scalar(const Store& store, const std::string& sql);

// Arguments from JSON text.
json::Value arguments(std::string_view text);

}  // namespace claribi::demo
