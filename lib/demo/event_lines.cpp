// SPDX-License-Identifier: MIT
#include "demo/event_lines.hpp"

#include <utility>

namespace claribi::demo {

namespace {

constexpr int end_of_stream = std::istream::traits_type::eof();

std::unexpected<Error> too_long() {
  return fail(ErrorKind::file, "is longer than 16 MiB");
}

// Reads one record character by character.
class RecordReader {
 public:
  RecordReader(std::istream& in, size_t& lines)
      : in_(*in.rdbuf()), lines_(lines) {}

  [[nodiscard]] Result<std::optional<std::vector<std::string>>> read() {
    if (in_.sgetc() == end_of_stream) return std::nullopt;
    while (true) {
      const int c = in_.sbumpc();
      if (++size_ > most_line_bytes) return too_long();
      if (quoted_ && c == end_of_stream) {
        return fail(ErrorKind::file, "a quote is not closed");
      }
      if (quoted_) {
        take_quoted(static_cast<char>(c));
      } else if (c == end_of_stream || c == '\n') {
        if (c == '\n') ++lines_;
        end_cell();
        return std::move(cells_);
      } else if (!take_plain(static_cast<char>(c))) {
        skip_line();
        return fail(ErrorKind::file, "there is text after a closing quote");
      }
    }
  }

 private:
  void take_quoted(char c) {
    if (c == '\n') ++lines_;
    if (c != '"') {
      cell_ += c;
    } else if (in_.sgetc() == '"') {
      cell_ += static_cast<char>(in_.sbumpc());
    } else {
      quoted_ = false;
      closed_ = true;
    }
  }

  // False where the cell should have ended.
  bool take_plain(char c) {
    if (c == ',') {
      end_cell();
    } else if (c == '\r' && in_.sgetc() == '\n') {
      return true;
    } else if (closed_) {
      return false;
    } else if (c == '"' && cell_.empty()) {
      quoted_ = true;
    } else {
      cell_ += c;
    }
    return true;
  }

  void end_cell() {
    cells_.push_back(std::exchange(cell_, {}));
    closed_ = false;
  }

  void skip_line() {
    int c = 0;
    do {
      c = in_.sbumpc();
    } while (c != '\n' && c != end_of_stream);
    ++lines_;
  }

  std::streambuf& in_;
  size_t& lines_;
  std::vector<std::string> cells_ = {};
  std::string cell_ = {};
  size_t size_ = 0;
  bool quoted_ = false;  // Inside quotes.
  bool closed_ = false;  // After the closing quote.
};

}  // namespace

Result<std::optional<std::string>> read_line(std::istream& in) {
  auto& from = *in.rdbuf();
  if (from.sgetc() == end_of_stream) return std::nullopt;
  std::string line;
  for (int c = from.sbumpc(); c != '\n' && c != end_of_stream;
       c = from.sbumpc()) {
    if (line.size() == most_line_bytes) return too_long();
    line += static_cast<char>(c);
  }
  return line;
}

Result<std::optional<std::vector<std::string>>> read_record(std::istream& in,
                                                            size_t& lines) {
  return RecordReader(in, lines).read();
}

}  // namespace claribi::demo
