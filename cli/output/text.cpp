// SPDX-License-Identifier: MIT
#include "chart/text.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "base/text.hpp"
#include "chart/letters.hpp"
#include "cli/output/formats.hpp"
#include "cli/output/text_table.hpp"

namespace claribi::cli {
namespace {

// A line with a label before it, wrapped below its text on a terminal.
class Lines {
 public:
  explicit Lines(const Screen& screen) : screen_(screen) {}

  void add(std::string_view label, std::string_view text) {
    const size_t indent = label.empty() && !labels_ ? 0 : label_width;
    labels_ = labels_ || !label.empty();
    std::string safe = words(text);
    if (screen_.terminal && screen_.width > indent) {
      safe = chart::wrap(safe, screen_.width - indent);
    }
    out_ += chart::pad_right(std::string(label), indent);
    for (char c : safe) {
      out_ += c;
      if (c == '\n') out_.append(indent, ' ');
    }
    out_ += '\n';
  }

  std::string take() { return std::move(out_); }

 private:
  [[nodiscard]] std::string words(std::string_view text) const {
    return chart::show(text, screen_.unicode || !screen_.terminal);
  }

  static constexpr size_t label_width = 11;

  const Screen& screen_;
  std::string out_;
  bool labels_ = false;
};

std::string sentences(const AnswerPart& answer, const Screen& screen) {
  Lines lines(screen);
  for (const std::string& sentence : answer.sentences)
    lines.add("", sentence);
  return lines.take();
}

std::string drawing(const chart::Chart& chart, const Screen& screen) {
  return chart::to_text(chart, {.width = std::max<size_t>(screen.width, 20),
                                .unicode = screen.unicode,
                                .colour = screen.colour});
}

// How the answer came about: what was asked for, what was assumed, and where
// and when it was fetched.
std::string origin(const Document& document, const AnswerPart& answer,
                   const Screen& screen) {
  Lines lines(screen);
  if (!answer.provenance.query.empty()) {
    lines.add("Query", answer.provenance.query);
  }
  for (const std::string& assumed : answer.provenance.assumed) {
    const bool first = &assumed == &answer.provenance.assumed.front();
    lines.add(first ? "Assumed" : "", assumed);
  }
  std::vector<std::string> parts;
  if (!document.source.empty()) parts.push_back(document.source);
  if (document.fetched_at != Instant{}) {
    parts.push_back("fetched " + format_instant(document.fetched_at));
  }
  parts.push_back("plan " + plan::plan_id(answer.plan).substr(0, 12));
  lines.add("Source", join(parts, screen.unicode ? " · " : ", "));
  return lines.take();
}

}  // namespace

Result<std::string> write_text(const Document& document,
                               const FormatOptions& options) {
  const Screen& screen = options.screen;
  const auto& answer = document.answer;
  if (!answer) return table_text(document.table, screen);
  std::string out = sentences(*answer, screen);
  if (!out.empty()) out += '\n';
  if (document.chart) {
    out += drawing(*document.chart, screen);
  } else if (!document.table.rows.empty()) {
    out += table_text(document.table, screen);
  }
  if (!out.ends_with("\n\n")) out += '\n';
  return out + origin(document, *answer, screen);
}

}  // namespace claribi::cli
