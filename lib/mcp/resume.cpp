// SPDX-License-Identifier: MIT
#include "mcp/resume.hpp"

#include <algorithm>
#include <utility>

#include "base/result.hpp"

namespace claribi::mcp {
namespace {

constexpr int most_tries = 10;
constexpr std::chrono::milliseconds first_pause{1000};
constexpr std::chrono::milliseconds longest_pause{30000};
// Some servers give what they stored and do not attach to what is running: a
// stream that says nothing for so long is asked for anew.
constexpr std::chrono::milliseconds longest_silence{10000};

// What the server asked for; else a second, and longer each time.
std::chrono::milliseconds pause_before(const ReplyReader& reader, int tries) {
  const auto wanted = reader.retry();
  const auto pause = wanted ? std::chrono::milliseconds(*wanted)
                            : first_pause * (1 << std::min(tries, 5));
  return std::min(pause, longest_pause);
}

bool is_lost_connection(const Error& error) {
  return error.kind == ErrorKind::network ||
         error.kind == ErrorKind::limit_reached;
}

}  // namespace

Result<Reply> resume(Channel& channel, const net::Request& get,
                     ReplyReader& reader, Result<Reply> broken,
                     const Deadline& deadline) {
  for (int tries = 0; tries < most_tries; ++tries) {
    const auto pause = pause_before(reader, tries);
    if (pause >= deadline.left()) return broken;
    CLARIBI_TRY(channel.around().timer.wait(pause));
    net::Request next = get;
    next.headers.push_back({"Last-Event-ID", reader.last_event_id()});
    next.timeout = std::min(deadline.left(), longest_silence);
    reader.start_stream();
    auto reply = channel.send(next, reader);
    if (reply && reader.answered()) return reply;
    if (!reply && !is_lost_connection(reply.error())) return reply;
    if (reply && reply->head.media_type() != "text/event-stream") return broken;
  }
  return broken;
}

}  // namespace claribi::mcp
