// SPDX-License-Identifier: MIT
#include "mcp/retry.hpp"

#include <array>
#include <ctime>
#include <string>

#include "base/number.hpp"
#include "base/text.hpp"

namespace claribi::mcp {
namespace {

constexpr int most_tries = 3;
constexpr std::chrono::seconds longest_wait{60};

// Seconds from now to an HTTP date.
std::optional<int64_t> seconds_to_date(const std::string& text, Instant now) {
  // RFC 9110 section 5.6.7: what is written today, and the two old forms.
  constexpr std::array<const char*, 3> forms{"%a, %d %b %Y %H:%M:%S GMT",
                                             "%A, %d-%b-%y %H:%M:%S GMT",
                                             "%a %b %e %H:%M:%S %Y"};
  for (const char* form : forms) {
    std::tm parts{};
    const char* end = strptime(text.c_str(), form, &parts);
    if (end == nullptr || *end != '\0') continue;
    const auto at = std::chrono::seconds(timegm(&parts));
    return (at - std::chrono::duration_cast<std::chrono::seconds>(
                     now.time_since_epoch()))
        .count();
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::chrono::seconds> retry_after(const net::ReplyHead& head,
                                                Instant now) {
  const std::string text(trim(head.header("Retry-After")));
  auto seconds = number_in<int64_t>(text);
  if (!seconds) seconds = seconds_to_date(text, now);
  if (!seconds || *seconds < 1 || *seconds > 86400) return std::nullopt;
  return std::chrono::seconds(*seconds);
}

std::optional<std::chrono::milliseconds> pause_before_retry(
    const net::ReplyHead& head, bool is_call, int tries, Instant now) {
  const bool refused = head.status == 429 || (head.status == 503 && !is_call);
  if (!refused || tries >= most_tries) return std::nullopt;
  const auto wait =
      retry_after(head, now).value_or(std::chrono::seconds(1 << (tries - 1)));
  if (wait > longest_wait) return std::nullopt;
  return wait;
}

}  // namespace claribi::mcp
