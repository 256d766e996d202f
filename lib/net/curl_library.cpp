// SPDX-License-Identifier: MIT
#include "net/curl_library.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "base/bind_symbol.hpp"

namespace claribi::net {

Result<CurlLibrary> load_curl() {
  const std::vector<std::string> hints = {
      "install libcurl (Debian: apt install libcurl4)"};
  void* handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    return fail(ErrorKind::network, "cannot load libcurl.so.4", hints);
  }
  CurlLibrary curl;
  const bool whole =
      bind_symbol(handle, "curl_global_init", curl.global_init) &&
      bind_symbol(handle, "curl_easy_init", curl.init) &&
      bind_symbol(handle, "curl_easy_reset", curl.reset) &&
      bind_symbol(handle, "curl_easy_setopt", curl.setopt) &&
      bind_symbol(handle, "curl_easy_perform", curl.perform) &&
      bind_symbol(handle, "curl_easy_getinfo", curl.getinfo) &&
      bind_symbol(handle, "curl_easy_strerror", curl.strerror) &&
      bind_symbol(handle, "curl_easy_cleanup", curl.cleanup) &&
      bind_symbol(handle, "curl_getdate", curl.getdate);
  if (!whole) {
    return fail(ErrorKind::network, "libcurl.so.4 lacks a function", hints);
  }
  // Debian's libcurl would write the secrets of every TLS session to the file
  // that this variable names.
  unsetenv("SSLKEYLOGFILE");
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return fail(ErrorKind::network, "libcurl cannot start");
  }
  return curl;
}

}  // namespace claribi::net
