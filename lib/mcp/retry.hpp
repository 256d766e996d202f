// SPDX-License-Identifier: MIT
// When a refused request may be sent again.
#pragma once

#include <chrono>
#include <optional>

#include "base/clock.hpp"
#include "net/transport.hpp"

namespace claribi::mcp {

// The time that a Retry-After asks for, as seconds or as an HTTP date (RFC
// 9110 in its three forms). Nothing if there is none, or one that no person
// would wait for: past, negative, beyond a day, or no time at all.
std::optional<std::chrono::seconds> retry_after(const net::ReplyHead& head,
                                                Instant now);

// How long to wait before the request of that reply is sent again, for it was
// refused before anything began: 429 for every request, 503 for those that
// are no call. Nothing: it is not to be sent again. Three tries at most, and
// no wait above a minute.
std::optional<std::chrono::milliseconds> pause_before_retry(
    const net::ReplyHead& head, bool is_call, int tries, Instant now);

}  // namespace claribi::mcp
