// SPDX-License-Identifier: MIT
#include "net/sse.hpp"

#include <charconv>
#include <utility>

namespace claribi::net {

std::vector<SseEvent> SseParser::feed(std::string_view bytes) {
  std::vector<SseEvent> events;
  while (!bytes.empty()) {
    // The second half of a CR LF that two pieces tore apart.
    if (std::exchange(after_cr_, false) && bytes.front() == '\n') {
      bytes.remove_prefix(1);
      continue;
    }
    const size_t end = bytes.find_first_of("\r\n");
    line_ += bytes.substr(0, end);
    if (end == std::string_view::npos) break;
    after_cr_ = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
    const std::string line = std::exchange(line_, {});
    take_line(line, events);
  }
  return events;
}

std::optional<SseEvent> SseParser::finish() {
  std::vector<SseEvent> events;
  const std::string line = std::exchange(line_, {});
  if (!line.empty()) take_line(line, events);
  take_line({}, events);
  if (events.empty()) return std::nullopt;
  return std::move(events.front());
}

void SseParser::take_line(std::string_view line,
                          std::vector<SseEvent>& events) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (std::exchange(at_start_, false) && line.starts_with(byte_order_mark)) {
    line.remove_prefix(byte_order_mark.size());
  }
  if (line.empty()) {
    has_data_ = false;
    SseEvent event{.type = std::exchange(type_, {}),
                   .data = std::exchange(data_, {})};
    if (!event.data.empty()) events.push_back(std::move(event));
    return;
  }
  const size_t colon = line.find(':');
  if (colon == 0) return;  // A comment.
  std::string_view value;
  if (colon != std::string_view::npos) value = line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  take_field(line.substr(0, colon), value);
}

void SseParser::take_field(std::string_view name, std::string_view value) {
  if (name == "data") {
    if (std::exchange(has_data_, true)) data_ += '\n';
    data_ += value;
  } else if (name == "event") {
    type_ = value;
  } else if (name == "id") {
    if (!value.contains('\0')) last_id_ = value;
  } else if (name == "retry") {
    const std::string digits(value);
    const char* end = digits.data() + digits.size();
    long milliseconds = 0;
    const auto [stop, failure] =
        std::from_chars(digits.data(), end, milliseconds);
    // from_chars takes a minus sign; the standard allows digits only.
    if (failure == std::errc() && stop == end && !digits.starts_with('-')) {
      retry_ = milliseconds;
    }
  }
}

}  // namespace claribi::net
