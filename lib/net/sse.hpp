// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claribi::net {

// One event of a text/event-stream.
struct SseEvent {
  std::string type = {};  // Empty means "message".
  std::string data = {};
};

// Splits a stream into events by the WHATWG rules, whatever the pieces are in
// which it comes: any line end, one BOM, comments, several data lines.
class SseParser {
 public:
  // The events that this piece completes.
  std::vector<SseEvent> feed(std::string_view bytes);
  // At the end of the stream: the event that no blank line ended, if it has
  // data. The standard drops it; a reply cut short may still be whole.
  std::optional<SseEvent> finish();

  // The newest id and the newest retry time in milliseconds, if any came.
  [[nodiscard]] const std::string& last_event_id() const { return last_id_; }
  [[nodiscard]] std::optional<long> retry() const { return retry_; }

 private:
  void take_line(std::string_view line, std::vector<SseEvent>& events);
  void take_field(std::string_view name, std::string_view value);

  std::string line_;
  std::string type_;
  std::string data_;
  bool has_data_ = false;
  bool at_start_ = true;
  bool after_cr_ = false;
  std::string last_id_;
  std::optional<long> retry_;
};

}  // namespace claribi::net
