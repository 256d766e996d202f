// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "json/value.hpp"

namespace claribi::demo {

// An event that somebody wrote down.
struct OwnEvent {
  std::string event;
  std::string distinct_id;
  Instant at;
  json::Value properties = json::Object{};
};

// Reads events one by one, so that a file may be larger than memory: JSON
// Lines, one {"event","distinct_id","timestamp","properties"} per line; or CSV
// (RFC 4180) with a header of these names, if the first sign of the text is
// not "{". "properties" is JSON and may be missing; in CSV each further column
// is a property, a number or boolean where its cell reads as one. Times are
// ISO 8601, UTC unless they say otherwise.
class EventReader {
 public:
  // The stream must outlive the reader.
  explicit EventReader(std::istream& in);

  // The next event, or none at the end. Fails (file) with "line N: " and what
  // is wrong; the next call goes on with the line after it, unless finished()
  // says that nothing after it can be read.
  [[nodiscard]] Result<std::optional<OwnEvent>> next();
  [[nodiscard]] bool finished() const { return finished_; }

 private:
  enum class Form { unknown, json_lines, csv };

  [[nodiscard]] Result<std::optional<OwnEvent>> next_json();
  [[nodiscard]] Result<std::optional<OwnEvent>> next_csv();
  [[nodiscard]] Result<void> start();
  [[nodiscard]] Result<void> read_header();

  std::istream& in_;
  Form form_ = Form::unknown;
  std::vector<std::string> header_ = {};
  size_t line_ = 1;  // Where the next one begins.
  bool finished_ = false;
};

}  // namespace claribi::demo
