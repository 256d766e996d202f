// SPDX-License-Identifier: MIT
// The habits of PostHog's REST API that its list tools pass on: pages, links,
// times, and the text of a missing object.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "demo/sql_parts.hpp"
#include "demo/store.hpp"
#include "json/value.hpp"

namespace claribi::demo {

// Where a page begins and how much is on it.
struct Page {
  size_t limit = 100;
  size_t offset = 0;
};

// `limit` (at most `most`; `usual` if absent or not above 0) and `offset`.
Page read_page(const json::Value& arguments, size_t usual, size_t most);

// {count, next, previous, results, _posthogUrl} with the part of `all` that is
// on the page. `collection` is its name in the API ("feature_flags"), `link`
// its place in the product.
json::Value page_frame(const json::Array& all, const Page& page,
                       std::string_view collection, std::string_view link);

// The links to the pages after and before, as members `next` and `previous`;
// null where there is none.
void set_neighbours(json::Value& frame, const Page& page, bool more,
                    std::string_view collection);

// "https://us.posthog.com/project/1/" and the place.
std::string product_url(std::string_view place);

// A cell with milliseconds since 1970 as "2026-09-01T12:30:00.250Z"; null for
// anything else.
json::Value time_json(const Cell& milliseconds);

// The integer of an argument that is a number or the text of one.
std::optional<int64_t> integer_of(const json::Value& argument);

// An argument as text, whether it is a string or a number; empty for others.
std::string plain_text(const json::Value& argument);

// Whether the text contains the words of a search, ignoring case.
bool contains_ignoring_case(std::string_view text, std::string_view wanted);

// Fails (tool_error) as PostHog's API says that an object does not exist.
[[nodiscard]] std::unexpected<Error> fail_missing(std::string_view collection,
                                                  std::string_view id);

// Runs a SELECT with those of the parameters that it names.
[[nodiscard]] Result<Rows> bound_query(const Store& store,
                                       const Parameters& parameters,
                                       const std::string& sql);

// The document that a constant text of ours holds; null if it does not parse.
json::Value constant(std::string_view text);

}  // namespace claribi::demo
