// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace claribi::net {

struct Header {
  std::string name;
  std::string value;
};

struct Request {
  std::string method = "POST";
  std::string url;
  std::vector<Header> headers = {};
  std::string body = {};
  // Sent as "Authorization: Bearer ...". Not owned; null for none. It stands
  // apart from the headers so that no log can print it with them.
  const Secret* bearer = nullptr;
  std::chrono::milliseconds timeout = std::chrono::seconds(120);
  // Says goodbye to a server: sent even after the user asked for an end.
  bool farewell = false;
};

// Status line and headers of a reply. 400 and above is still a reply.
struct ReplyHead {
  int status = 0;
  std::vector<Header> headers = {};

  // The value of that header, ignoring case; empty if there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  // The media type without parameters, in lower case.
  [[nodiscard]] std::string media_type() const;
};

// Takes the body piece by piece, as it comes; the head is complete by the
// first piece. Answers false when enough has been seen: the exchange then
// ends, and is not a failure.
using BodySink = std::function<bool(const ReplyHead&, std::string_view)>;

// One HTTP exchange. The only way bytes leave claribi: net does it with
// libcurl, demo without a network, tests with scripted replies.
class Transport {
 public:
  virtual ~Transport() = default;

  // Blocks until the last byte, the sink's "enough" or the deadline. An Error
  // (network, limit_reached, protocol for a redirect) means that no whole
  // reply was had. A sink may start another exchange on the same transport.
  [[nodiscard]] virtual Result<ReplyHead> exchange(const Request& request,
                                                   const BodySink& sink) = 0;
};

}  // namespace claribi::net
