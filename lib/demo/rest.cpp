// SPDX-License-Identifier: MIT
#include "demo/rest.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time_zone.hpp"
#include "json/reader.hpp"

namespace claribi::demo {

namespace {

std::string page_url(std::string_view collection, const Page& page,
                     size_t offset) {
  return fmt::format(
      "https://us.posthog.com/api/projects/1/{}/?limit={}&offset={}",
      collection, page.limit, offset);
}

}  // namespace

Page read_page(const json::Value& arguments, size_t usual, size_t most) {
  const auto limit = integer_of(arguments["limit"]).value_or(0);
  const auto offset = integer_of(arguments["offset"]).value_or(0);
  Page page;
  page.limit = limit > 0 ? std::min(static_cast<size_t>(limit), most) : usual;
  // Beyond a billion there is nothing, and sums stay small.
  page.offset =
      static_cast<size_t>(std::clamp<int64_t>(offset, 0, 1'000'000'000));
  return page;
}

json::Value page_frame(const json::Array& all, const Page& page,
                       std::string_view collection, std::string_view link) {
  json::Array results;
  const size_t begin = std::min(page.offset, all.size());
  const size_t end = std::min(begin + page.limit, all.size());
  for (size_t i = begin; i < end; ++i)
    results.push_back(all[i]);
  json::Value frame;
  frame.set("count", all.size());
  set_neighbours(frame, page, end < all.size(), collection);
  frame.set("results", std::move(results));
  frame.set("_posthogUrl", product_url(link));
  return frame;
}

void set_neighbours(json::Value& frame, const Page& page, bool more,
                    std::string_view collection) {
  json::Value next;
  json::Value previous;
  if (more) next = page_url(collection, page, page.offset + page.limit);
  if (page.offset > 0) {
    previous = page_url(collection, page,
                        page.offset - std::min(page.limit, page.offset));
  }
  frame.set("next", std::move(next)).set("previous", std::move(previous));
}

std::string product_url(std::string_view place) {
  return fmt::format("https://us.posthog.com/project/1/{}", place);
}

json::Value time_json(const Cell& milliseconds) {
  const auto* count = std::get_if<int64_t>(&milliseconds);
  if (count == nullptr) return nullptr;
  const Instant at{std::chrono::milliseconds(*count)};
  const auto second = std::chrono::floor<std::chrono::seconds>(at);
  std::string text = format_instant(at);
  text.pop_back();  // The Z.
  return fmt::format("{}.{:03}Z", text, (at - second).count());
}

std::optional<int64_t> integer_of(const json::Value& argument) {
  if (const auto number = argument.integer()) return number;
  // 25.0 is how some clients write 25.
  if (const auto real = argument.number()) {
    if (*real < -1e15 || *real > 1e15) return std::nullopt;
    const auto whole = static_cast<int64_t>(*real);
    if (static_cast<double>(whole) == *real) return whole;
    return std::nullopt;
  }
  const std::string text = argument.text_or("");
  int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

std::string plain_text(const json::Value& argument) {
  if (const auto number = argument.number_text()) {
    const auto whole = integer_of(argument);
    return whole ? std::to_string(*whole) : std::string(*number);
  }
  return argument.text_or("");
}

bool contains_ignoring_case(std::string_view text, std::string_view wanted) {
  return lower(text).contains(lower(wanted));
}

std::unexpected<Error> fail_missing(std::string_view collection,
                                    std::string_view id) {
  return fail(ErrorKind::tool_error,
              fmt::format("Request failed:\nPath: GET /api/projects/1/{}/{}/\n"
                          "Status Code: 404 (Not Found)\nError Message: "
                          R"({{"type":"invalid_request","code":"not_found",)"
                          R"("detail":"Not found.","attr":null}})",
                          collection, id));
}

Result<Rows> bound_query(const Store& store, const Parameters& parameters,
                         const std::string& sql) {
  return store.query(sql, parameters.used_in(sql));
}

json::Value constant(std::string_view text) {
  auto value = json::parse(text);
  return value ? std::move(*value) : json::Value();
}

}  // namespace claribi::demo
