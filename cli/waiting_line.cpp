// SPDX-License-Identifier: MIT
#include "cli/waiting_line.hpp"

#include <fmt/core.h>

#include "base/text.hpp"

namespace claribi::cli {
namespace {

constexpr std::chrono::milliseconds patience{1000};
constexpr size_t most_words = 60;

// ", 30 %" if the server says how much there is, else ", 12 done".
std::string share_text(const mcp::Progress& progress) {
  if (progress.total.value_or(0) > 0) {
    return fmt::format(", {:.0f} %", 100 * progress.done / *progress.total);
  }
  return progress.done > 0 ? fmt::format(", {:g} done", progress.done) : "";
}

}  // namespace

void WaitingLine::tick() {
  const auto now = timer_.elapsed();
  if (!began_) began_ = now;
  const auto waited = now - *began_;
  if (waited < patience) return;
  std::string line =
      fmt::format("waiting for {}: {} s", whom_, waited.count() / 1000);
  if (progress_) {
    line += share_text(*progress_);
    if (!progress_->message.empty()) {
      line += ", " + fit_width(escape_terminal_line(progress_->message),
                               most_words, true);
    }
  }
  io_.status(line);
}

void WaitingLine::take(const mcp::Progress& progress) {
  progress_ = progress;
  tick();
}

void WaitingLine::done() {
  if (began_) io_.status("");
  began_.reset();
  progress_.reset();
}

}  // namespace claribi::cli
