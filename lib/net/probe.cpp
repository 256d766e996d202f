// SPDX-License-Identifier: MIT
#include "net/probe.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/core.h>

#include "base/result.hpp"
#include "base/text.hpp"
#include "net/curl_library.hpp"
#include "net/url.hpp"

namespace claribi::net {
namespace {

using std::chrono::milliseconds;

size_t drop(const char* /*data*/, size_t /*one*/, size_t size, void* /*none*/) {
  return size;
}

std::optional<Instant> instant_of(const CurlLibrary& curl,
                                  const std::string& text) {
  const time_t seconds = curl.getdate(text.c_str(), nullptr);
  if (seconds < 0) return std::nullopt;
  return Instant(std::chrono::seconds(seconds));
}

// Takes the Date header.
struct HeadReader {
  const CurlLibrary& curl;
  std::optional<Instant> date = {};
};

size_t on_head_line(const char* data, size_t /*one*/, size_t size,
                    void* reader) {
  auto* self = static_cast<HeadReader*>(reader);
  constexpr std::string_view name = "date:";
  const std::string_view line(data, size);
  if (lower(line.substr(0, name.size())) == name) {
    const std::string value(trim(line.substr(name.size())));
    self->date = instant_of(self->curl, value);
  }
  return size;
}

bool set_options(const CurlLibrary& curl, CURL* handle, const Url& url,
                 const ProbeOptions& options) {
  bool known = true;
  const auto set = [&](CURLoption option, auto value) {
    known = curl.setopt(handle, option, value) == CURLE_OK && known;
  };
  const auto set_flag = [&](CURLoption option, long value) {
    set(option, value);
  };
  set(CURLOPT_URL, to_string(url).c_str());
  set(CURLOPT_PROTOCOLS_STR, url.origin.scheme.c_str());
  set_flag(CURLOPT_NOBODY, 1);
  set_flag(CURLOPT_FOLLOWLOCATION, 0);
  set_flag(CURLOPT_NETRC, CURL_NETRC_IGNORED);
  // As the transport does it: what is meant for loopback goes there.
  if (url.origin.scheme == "http") set(CURLOPT_PROXY, "");
  set_flag(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1);
  set_flag(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  set_flag(CURLOPT_SSL_VERIFYPEER, 1);
  set_flag(CURLOPT_SSL_VERIFYHOST, 2);
  if (!options.ca_file.empty()) {
    set(CURLOPT_CAINFO, options.ca_file.c_str());
    set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  set_flag(CURLOPT_CERTINFO, 1);
  set_flag(CURLOPT_NOSIGNAL, 1);
  set_flag(CURLOPT_CONNECTTIMEOUT_MS, options.connect_timeout.count());
  set_flag(CURLOPT_TIMEOUT_MS, options.timeout.count());
  set(CURLOPT_USERAGENT, options.user_agent.c_str());
  set(CURLOPT_WRITEFUNCTION, &drop);
  set(CURLOPT_HEADERFUNCTION, &on_head_line);
  return known;
}

milliseconds time_of(const CurlLibrary& curl, CURL* handle, CURLINFO which) {
  curl_off_t microseconds = 0;
  curl.getinfo(handle, which, &microseconds);
  return std::chrono::duration_cast<milliseconds>(
      std::chrono::microseconds(microseconds));
}

ProbeStep step_of(const CurlLibrary& curl, CURL* handle, CURLcode code,
                  const Url& url) {
  switch (code) {
    case CURLE_OK:
      return ProbeStep::done;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return ProbeStep::name;
    case CURLE_COULDNT_CONNECT:
      return ProbeStep::connection;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      return ProbeStep::tls;
    default:
      break;
  }
  curl_off_t looked_up = 0;
  curl_off_t connected = 0;
  curl_off_t secured = 0;
  curl.getinfo(handle, CURLINFO_NAMELOOKUP_TIME_T, &looked_up);
  curl.getinfo(handle, CURLINFO_CONNECT_TIME_T, &connected);
  curl.getinfo(handle, CURLINFO_APPCONNECT_TIME_T, &secured);
  if (looked_up == 0) return ProbeStep::name;
  if (connected == 0) return ProbeStep::connection;
  // A proxy that does not let it through has its connection, but no more.
  if (url.origin.scheme == "https" && secured == 0) {
    return code == CURLE_OPERATION_TIMEDOUT ? ProbeStep::tls
                                            : ProbeStep::connection;
  }
  return ProbeStep::reply;
}

std::optional<Certificate> certificate_of(const CurlLibrary& curl,
                                          CURL* handle) {
  curl_certinfo* chain = nullptr;
  const CURLcode code = curl.getinfo(handle, CURLINFO_CERTINFO, &chain);
  if (code != CURLE_OK || chain == nullptr || chain->num_of_certs < 1) {
    return std::nullopt;
  }
  Certificate certificate;
  for (const curl_slist* line = *chain->certinfo; line != nullptr;
       line = line->next) {
    const std::string_view text = line->data;
    const size_t colon = text.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string value(text.substr(colon + 1));
    const std::string_view name = text.substr(0, colon);
    if (name == "Subject") certificate.subject = value;
    if (name == "Issuer") certificate.issuer = value;
    if (name == "Expire date") certificate.expires = instant_of(curl, value);
  }
  return certificate;
}

std::string address_of(const CurlLibrary& curl, CURL* handle) {
  const char* address = nullptr;
  long port = 0;
  curl.getinfo(handle, CURLINFO_PRIMARY_IP, &address);
  curl.getinfo(handle, CURLINFO_PRIMARY_PORT, &port);
  if (address == nullptr || *address == '\0') return "";
  const std::string_view text = address;
  return text.contains(':') ? fmt::format("[{}]:{}", text, port)
                            : fmt::format("{}:{}", text, port);
}

// libcurl counts from the beginning; a person wants each step alone.
void read_times(Probe& found, const CurlLibrary& curl, CURL* handle) {
  const auto looked_up = time_of(curl, handle, CURLINFO_NAMELOOKUP_TIME_T);
  const auto connected = time_of(curl, handle, CURLINFO_CONNECT_TIME_T);
  const auto secured = time_of(curl, handle, CURLINFO_APPCONNECT_TIME_T);
  const milliseconds none(0);
  found.name_time = looked_up;
  found.connect_time = std::max(connected - looked_up, none);
  found.tls_time = std::max(secured - connected, none);
}

}  // namespace

Result<Probe> probe(const std::string& url, const ProbeOptions& options) {
  CLARIBI_TRY_ASSIGN(const Url address, parse_url(url, PlainHttp::loopback));
  CLARIBI_TRY_ASSIGN(const CurlLibrary curl, load_curl());
  const CurlHandle owned(curl.init(), curl.cleanup);
  CURL* const handle = owned.get();
  if (handle == nullptr || !set_options(curl, handle, address, options)) {
    return fail(ErrorKind::network,
                "the installed libcurl is too old: 7.88 or later is needed");
  }
  std::array<char, CURL_ERROR_SIZE> detail{};
  HeadReader head{.curl = curl};
  curl.setopt(handle, CURLOPT_ERRORBUFFER, detail.data());
  curl.setopt(handle, CURLOPT_HEADERDATA, &head);
  const CURLcode code = curl.perform(handle);
  Probe found{.ended = step_of(curl, handle, code, address),
              .address = address_of(curl, handle),
              .certificate = certificate_of(curl, handle),
              .date = head.date};
  if (code != CURLE_OK) {
    found.failure = escape_terminal_line(
        detail.front() == '\0' ? curl.strerror(code) : detail.data());
  }
  read_times(found, curl, handle);
  long status = 0;
  curl.getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  found.status = static_cast<int>(status);
  return found;
}

}  // namespace claribi::net
