// SPDX-License-Identifier: MIT
#include "net/curl_transport.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "net/curl_library.hpp"
#include "net/receiver.hpp"
#include "net/url.hpp"

namespace claribi::net {
namespace {

// One exchange while it runs; libcurl's callbacks work on it.
struct Running {
  const Request& request;
  const Url& url;
  Receiver receiver;
  const CurlOptions& options;
  std::string_view unsent;
  std::optional<ErrorKind> ended = {};            // By the user.
  std::array<char, CURL_ERROR_SIZE> detail = {};  // libcurl's own words.
};

size_t on_head_line(char* data, size_t, size_t size, void* running) {
  auto* self = static_cast<Running*>(running);
  return self->receiver.take_head_line({data, size}) ? size : 0;
}

size_t on_body(char* data, size_t, size_t size, void* running) {
  auto* self = static_cast<Running*>(running);
  if (size == 0) return 0;
  return self->receiver.take_body({data, size}) ? size : 0;
}

size_t on_upload(char* data, size_t, size_t size, void* running) {
  auto* self = static_cast<Running*>(running);
  const size_t count = std::min(size, self->unsent.size());
  std::memcpy(data, self->unsent.data(), count);
  self->unsent.remove_prefix(count);
  return count;
}

int on_progress(void* running, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto* self = static_cast<Running*>(running);
  if (self->options.waiting) self->options.waiting();
  if (self->options.end_wanted && !self->request.farewell) {
    self->ended = self->options.end_wanted();
    if (self->ended) return 1;
  }
  return self->receiver.check_idle() ? 0 : 1;
}

// Header lines in memory of our own: libcurl's list would copy the key into
// memory that nobody wipes.
class HeaderLines {
 public:
  [[nodiscard]] Result<void> fill(const Request& request);
  [[nodiscard]] curl_slist* list() { return nodes_.data(); }

 private:
  std::vector<std::string> lines_;
  Secret authorization_;
  std::vector<curl_slist> nodes_;
};

bool is_header_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return c > ' ' && c < '\x7f' && c != ':';
  });
}

bool is_header_value(std::string_view value) {
  return std::ranges::all_of(value, [](char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= ' ' && c != '\x7f');
  });
}

Result<Secret> authorization_line(const Secret& key) {
  constexpr std::string_view prefix = "Authorization: Bearer ";
  const bool clean = std::ranges::all_of(
      key.view(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (key.empty() || !clean) {
    return fail(ErrorKind::usage,
                "the key is empty or holds blanks or characters that are not "
                "ASCII");
  }
  CLARIBI_TRY_ASSIGN(Secret line, Secret::of_size(prefix.size() + key.size() +
                                                  1));  // And the final zero.
  const std::span<unsigned char> bytes = line.bytes();
  std::memcpy(bytes.data(), prefix.data(), prefix.size());
  std::memcpy(bytes.subspan(prefix.size()).data(), key.view().data(),
              key.size());
  return line;
}

bool has_header(const Request& request, std::string_view name) {
  return std::ranges::any_of(request.headers, [&](const Header& header) {
    return lower(header.name) == name;
  });
}

Result<void> HeaderLines::fill(const Request& request) {
  for (const Header& header : request.headers) {
    if (!is_header_name(header.name) || !is_header_value(header.value)) {
      return fail(ErrorKind::usage,
                  fmt::format("the header '{}' cannot be sent: it holds a "
                              "control character",
                              escape_terminal_line(header.name)));
    }
    // The semicolon is how libcurl is told to send an empty value.
    lines_.push_back(header.value.empty() ? header.name + ";"
                                          : header.name + ": " + header.value);
  }
  // What libcurl would add of its own. A name without a value takes it out.
  for (const char* name : {"accept", "content-type", "expect"}) {
    if (!has_header(request, name)) lines_.push_back(std::string(name) + ":");
  }
  if (request.bearer != nullptr) {
    CLARIBI_TRY_ASSIGN(authorization_, authorization_line(*request.bearer));
  }
  for (std::string& line : lines_)
    nodes_.push_back({line.data(), nullptr});
  if (!authorization_.empty()) {
    nodes_.push_back(
        {reinterpret_cast<char*>(authorization_.bytes().data()), nullptr});
  }
  for (size_t i = 1; i < nodes_.size(); ++i)
    nodes_[i - 1].next = &nodes_[i];
  return {};
}

Error unreachable(std::string message) {
  return {ErrorKind::network,
          std::move(message),
          {"check the address, the network and any proxy set in https_proxy"}};
}

// "connection refused"
std::string system_text(int number) {
  if (number == 0) return "no connection";
  return lower(std::generic_category().message(number));
}

class CurlTransport final : public Transport {
 public:
  explicit CurlTransport(CurlOptions options) : options_(std::move(options)) {}

  [[nodiscard]] Result<ReplyHead> exchange(const Request& request,
                                           const BodySink& sink) override;

 private:
  [[nodiscard]] Result<CurlHandle> take_handle();
  [[nodiscard]] bool set_options(CURL* handle, Running& running,
                                 HeaderLines& headers) const;
  [[nodiscard]] Error explain(CURL* handle, CURLcode code,
                              const Running& running) const;
  [[nodiscard]] std::optional<Error> explain_way(CURL* handle, CURLcode code,
                                                 const Running& running) const;
  [[nodiscard]] Error explain_reply(CURLcode code,
                                    const Running& running) const;
  [[nodiscard]] Error explain_timeout(CURL* handle,
                                      const Running& running) const;
  [[nodiscard]] std::chrono::milliseconds connect_timeout(
      const Request& request) const {
    return std::min(options_.connect_timeout, request.timeout);
  }

  CurlOptions options_;
  CurlLibrary curl_;  // Empty until the first exchange.
  // Each keeps its connection. More than one only after a sink started an
  // exchange of its own, as the answer to a server's ping.
  std::vector<CurlHandle> idle_;
};

Result<ReplyHead> CurlTransport::exchange(const Request& request,
                                          const BodySink& sink) {
  CLARIBI_TRY_ASSIGN(const Url url,
                     parse_url(request.url, PlainHttp::loopback));
  HeaderLines headers;
  CLARIBI_TRY(headers.fill(request));
  CLARIBI_TRY_ASSIGN(CurlHandle owned, take_handle());
  CURL* const handle = owned.get();
  const Receiver::Limits limits{.body_bytes = options_.max_reply,
                                .idle = options_.idle_timeout};
  Running running{.request = request,
                  .url = url,
                  .receiver = Receiver(url.origin, limits, sink),
                  .options = options_,
                  .unsent = request.body};
  CURLcode code = CURLE_UNKNOWN_OPTION;
  if (set_options(handle, running, headers)) code = curl_.perform(handle);
  std::optional<Error> failure;
  if (code != CURLE_OK && !running.receiver.enough()) {
    failure = explain(handle, code, running);
  }
  // Nothing that points into this call stays behind; the connection does.
  curl_.reset(handle);
  idle_.push_back(std::move(owned));
  // Why the receiver hung up says more than that it did.
  CLARIBI_TRY_ASSIGN(ReplyHead head, running.receiver.finish());
  if (failure) return std::unexpected(std::move(*failure));
  return head;
}

Result<CurlHandle> CurlTransport::take_handle() {
  if (curl_.perform == nullptr) {
    CLARIBI_TRY_ASSIGN(curl_, load_curl());
  }
  if (!idle_.empty()) {
    CurlHandle handle = std::move(idle_.back());
    idle_.pop_back();
    return handle;
  }
  CurlHandle handle(curl_.init(), curl_.cleanup);
  if (!handle) return fail(ErrorKind::network, "libcurl cannot start");
  return handle;
}

// False if this libcurl does not know one of the options: then nothing may be
// sent, for each of them is a promise.
bool CurlTransport::set_options(CURL* handle, Running& running,
                                HeaderLines& headers) const {
  const Request& request = running.request;
  const Url& url = running.url;
  bool known = true;
  const auto set = [&](CURLoption option, auto value) {
    known = curl_.setopt(handle, option, value) == CURLE_OK && known;
  };
  const auto set_flag = [&](CURLoption option, long value) {
    set(option, value);
  };

  const std::string address = to_string(url);  // libcurl copies it.
  set(CURLOPT_URL, address.c_str());
  set_flag(CURLOPT_PATH_AS_IS, 1);
  set(CURLOPT_PROTOCOLS_STR, url.origin.scheme.c_str());
  set_flag(CURLOPT_FOLLOWLOCATION, 0);
  set_flag(CURLOPT_NETRC, CURL_NETRC_IGNORED);
  // A proxy of the environment must not see what was meant for loopback.
  if (url.origin.scheme == "http") set(CURLOPT_PROXY, "");
  set_flag(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1);
  set_flag(CURLOPT_HEADEROPT, CURLHEADER_SEPARATE);

  set_flag(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  set_flag(CURLOPT_SSL_VERIFYPEER, 1);
  set_flag(CURLOPT_SSL_VERIFYHOST, 2);
  if (!options_.ca_file.empty()) {
    set(CURLOPT_CAINFO, options_.ca_file.c_str());
    set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }

  set_flag(CURLOPT_NOSIGNAL, 1);
  set_flag(CURLOPT_CONNECTTIMEOUT_MS, connect_timeout(request).count());
  set_flag(CURLOPT_TIMEOUT_MS, request.timeout.count());
  // Common servers close a connection after 5 s without a request.
  set_flag(CURLOPT_MAXAGE_CONN, 4);
  set_flag(CURLOPT_NOPROGRESS, 0);
  set(CURLOPT_XFERINFOFUNCTION, &on_progress);
  set(CURLOPT_XFERINFODATA, &running);

  set(CURLOPT_USERAGENT, options_.user_agent.c_str());
  set(CURLOPT_HTTPHEADER, headers.list());
  if (request.method == "POST") {
    set_flag(CURLOPT_POST, 1);
    set(CURLOPT_POSTFIELDSIZE_LARGE,
        static_cast<curl_off_t>(request.body.size()));
    // Without a way to rewind, libcurl cannot send the body again when a kept
    // connection dies under it: a call must not run twice.
    set(CURLOPT_READFUNCTION, &on_upload);
    set(CURLOPT_READDATA, &running);
  } else {
    set_flag(CURLOPT_HTTPGET, 1);
    set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
  set(CURLOPT_HEADERFUNCTION, &on_head_line);
  set(CURLOPT_HEADERDATA, &running);
  set(CURLOPT_WRITEFUNCTION, &on_body);
  set(CURLOPT_WRITEDATA, &running);
  set(CURLOPT_ERRORBUFFER, running.detail.data());
  return known;
}

Error CurlTransport::explain(CURL* handle, CURLcode code,
                             const Running& running) const {
  if (running.ended) {
    return {*running.ended, fmt::format("stopped while waiting for {}",
                                        host_text(running.url.origin))};
  }
  if (code == CURLE_OPERATION_TIMEDOUT) return explain_timeout(handle, running);
  if (auto error = explain_way(handle, code, running)) return *error;
  return explain_reply(code, running);
}

// What went wrong before a request could leave.
std::optional<Error> CurlTransport::explain_way(CURL* handle, CURLcode code,
                                                const Running& running) const {
  const Origin& origin = running.url.origin;
  const std::string host = host_text(origin);
  const std::string detail =
      escape_terminal_line(std::string_view(running.detail.data()));
  switch (code) {
    case CURLE_UNKNOWN_OPTION:
      return Error{ErrorKind::network,
                   "the installed libcurl is too old: 7.88 or later is needed"};
    case CURLE_COULDNT_RESOLVE_HOST:
      return unreachable(
          fmt::format("cannot find {}: no such name", origin.host));
    case CURLE_COULDNT_RESOLVE_PROXY:
      return unreachable("cannot find the proxy: no such name");
    case CURLE_COULDNT_CONNECT: {
      long number = 0;
      curl_.getinfo(handle, CURLINFO_OS_ERRNO, &number);
      return unreachable(fmt::format("cannot reach {}: {}", host,
                                     system_text(static_cast<int>(number))));
    }
    case CURLE_PEER_FAILED_VERIFICATION:
      return Error{
          ErrorKind::network,
          fmt::format("cannot trust the certificate of {}: {}", host, detail),
          {"--cacert FILE names the certificates to trust instead of the "
           "system's"}};
    case CURLE_SSL_CACERT_BADFILE:
      return Error{ErrorKind::file,
                   fmt::format("cannot read certificates from '{}'",
                               escape_terminal_line(options_.ca_file))};
    case CURLE_SSL_CONNECT_ERROR:
      return Error{
          ErrorKind::network,
          fmt::format("cannot agree on TLS with {}: {}", host, detail)};
    default:
      return std::nullopt;
  }
}

// What went wrong with the exchange itself.
Error CurlTransport::explain_reply(CURLcode code,
                                   const Running& running) const {
  const std::string host = host_text(running.url.origin);
  const auto network = [](std::string message) {
    return Error{ErrorKind::network, std::move(message)};
  };
  switch (code) {
    case CURLE_GOT_NOTHING:
      return network(
          fmt::format("{} closed the connection without an answer", host));
    case CURLE_PARTIAL_FILE:
      return network(fmt::format("the reply of {} was cut short", host));
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return {ErrorKind::protocol,
              fmt::format("{} does not answer with HTTP", host)};
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return network(fmt::format("the connection to {} was lost", host));
    default:
      return network(fmt::format("the exchange with {} failed: {}", host,
                                 lower(curl_.strerror(code))));
  }
}

Error CurlTransport::explain_timeout(CURL* handle,
                                     const Running& running) const {
  const std::string host = host_text(running.url.origin);
  curl_off_t request_began = 0;
  curl_.getinfo(handle, CURLINFO_PRETRANSFER_TIME_T, &request_began);
  if (request_began == 0) {
    return unreachable(
        fmt::format("cannot reach {}: no connection within {}", host,
                    duration_text(connect_timeout(running.request))));
  }
  return {ErrorKind::limit_reached,
          fmt::format("{} did not {} within {}", host,
                      running.receiver.began() ? "finish its reply" : "answer",
                      duration_text(running.request.timeout)),
          {"try again, or ask for less: a shorter time range, a lower limit"}};
}

}  // namespace

std::unique_ptr<Transport> make_curl_transport(CurlOptions options) {
  return std::make_unique<CurlTransport>(std::move(options));
}

}  // namespace claribi::net
