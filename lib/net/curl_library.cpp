// SPDX-License-Identifier: MIT
#include "net/curl_library.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace claribi::net {
namespace {

template <typename Function>
bool bind(void* handle, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(handle, name));
  return function != nullptr;
}

}  // namespace

Result<CurlLibrary> load_curl() {
  const std::vector<std::string> hints = {
      "install libcurl (Debian: apt install libcurl4)"};
  void* handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    return fail(ErrorKind::network, "cannot load libcurl.so.4", hints);
  }
  CurlLibrary curl;
  const bool whole = bind(handle, "curl_global_init", curl.global_init) &&
                     bind(handle, "curl_easy_init", curl.init) &&
                     bind(handle, "curl_easy_reset", curl.reset) &&
                     bind(handle, "curl_easy_setopt", curl.setopt) &&
                     bind(handle, "curl_easy_perform", curl.perform) &&
                     bind(handle, "curl_easy_getinfo", curl.getinfo) &&
                     bind(handle, "curl_easy_strerror", curl.strerror) &&
                     bind(handle, "curl_easy_cleanup", curl.cleanup) &&
                     bind(handle, "curl_getdate", curl.getdate);
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
