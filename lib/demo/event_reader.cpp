// SPDX-License-Identifier: MIT
#include "demo/event_reader.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "demo/event_lines.hpp"
#include "json/reader.hpp"

namespace claribi::demo {

namespace {

constexpr std::array<std::string_view, 3> needed = {"event", "distinct_id",
                                                    "timestamp"};

std::unexpected<Error> bad(std::string message) {
  return fail(ErrorKind::file, std::move(message));
}

// A string, or an id that was written as a number.
[[nodiscard]] Result<std::string> text_member(const json::Value& from,
                                              std::string_view name) {
  const auto& value = from[name];
  if (value.is_null()) return bad(fmt::format("there is no {}", name));
  auto text = value.text_or(value.number_text().value_or(""));
  if (text.empty()) return bad(fmt::format("{} is no text", name));
  return text;
}

[[nodiscard]] Result<OwnEvent> read_event(const json::Value& from) {
  if (!from.is_object()) return bad("it is no JSON object");
  OwnEvent event;
  CLARIBI_TRY_ASSIGN(event.event, text_member(from, "event"));
  CLARIBI_TRY_ASSIGN(event.distinct_id, text_member(from, "distinct_id"));
  CLARIBI_TRY_ASSIGN(const auto stamp, text_member(from, "timestamp"));
  const auto at = parse_instant(stamp);
  if (!at) return bad(at.error().message);
  event.at = *at;
  const auto& properties = from["properties"];
  if (properties.is_object()) {
    event.properties = properties;
  } else if (!properties.is_null()) {
    return bad("properties are no JSON object");
  }
  return event;
}

// A number or boolean where the cell reads as one, else its text.
json::Value cell_value(const std::string& cell) {
  const auto read = json::parse(cell);
  if (read && (read->is_number() || read->is_bool())) return *read;
  return cell;
}

[[nodiscard]] Result<json::Value> read_cells(
    const std::vector<std::string>& header, std::vector<std::string> cells) {
  if (cells.size() != header.size()) {
    return bad(fmt::format("it has {} cells, the header has {}", cells.size(),
                           header.size()));
  }
  json::Value event;
  json::Value properties = json::Object{};
  for (size_t i = 0; i < cells.size(); ++i) {
    const auto& name = header[i];
    if (cells[i].empty()) continue;
    if (std::ranges::find(needed, name) != needed.end()) {
      event.set(name, std::move(cells[i]));
    } else if (name == "properties") {
      auto read = json::parse(cells[i]);
      if (!read || !read->is_object()) {
        return bad("properties are no JSON object");
      }
      for (const auto& member : read->members())
        properties.set(member.name, member.value);
    } else {
      properties.set(name, cell_value(cells[i]));
    }
  }
  event.set("properties", std::move(properties));
  return event;
}

[[nodiscard]] std::unexpected<Error> at_line(size_t line, const Error& error) {
  return bad(fmt::format("line {}: {}", line, error.message));
}

}  // namespace

EventReader::EventReader(std::istream& in) : in_(in) {
}

Result<std::optional<OwnEvent>> EventReader::next() {
  if (form_ == Form::unknown) CLARIBI_TRY(start());
  if (finished_) return std::nullopt;
  return form_ == Form::csv ? next_csv() : next_json();
}

Result<void> EventReader::start() {
  constexpr std::string_view mark = "\xef\xbb\xbf";  // Of some editors.
  for (size_t i = 0; i < mark.size() && in_.peek() == (mark[i] & 0xff); ++i) {
    (void)in_.get();
  }
  const int first = in_.peek();
  form_ = first == '{' ? Form::json_lines : Form::csv;
  if (form_ == Form::csv) CLARIBI_TRY(read_header());
  return {};
}

Result<void> EventReader::read_header() {
  finished_ = true;
  size_t lines = 0;
  auto header = read_record(in_, lines);
  if (!header) return at_line(1, header.error());
  if (!*header) return {};  // An empty file.
  for (const auto& name : **header)
    header_.emplace_back(trim(name));
  for (const auto name : needed) {
    if (std::ranges::find(header_, name) == header_.end()) {
      return fail(ErrorKind::file,
                  fmt::format("line 1: it is no JSON object, and as the header "
                              "of CSV it has no column '{}'",
                              name));
    }
  }
  finished_ = false;
  line_ += lines;
  return {};
}

Result<std::optional<OwnEvent>> EventReader::next_json() {
  while (true) {
    auto line = read_line(in_);
    finished_ = !line || !*line;
    if (!line) return at_line(line_, line.error());
    if (!*line) return std::nullopt;
    const size_t number = line_++;
    if (trim(**line).empty()) continue;
    const auto value = json::parse(**line);
    if (!value) return at_line(number, value.error());
    auto event = read_event(*value);
    if (!event) return at_line(number, event.error());
    return std::move(*event);
  }
}

Result<std::optional<OwnEvent>> EventReader::next_csv() {
  while (true) {
    const size_t number = line_;
    auto cells = read_record(in_, line_);
    if (!cells) {
      finished_ = line_ == number;  // Nothing was read to its end.
      return at_line(number, cells.error());
    }
    finished_ = !*cells;
    if (!*cells) return std::nullopt;
    if (**cells == std::vector<std::string>{""}) continue;
    auto value = read_cells(header_, std::move(**cells));
    if (!value) return at_line(number, value.error());
    auto event = read_event(*value);
    if (!event) return at_line(number, event.error());
    return std::move(*event);
  }
}

}  // namespace claribi::demo
