// SPDX-License-Identifier: MIT
// The home of libcurl. Its header gives types and constants only: the library
// itself is loaded when it is first needed, because loading it takes longer
// than everything else that a command without a network does.
#pragma once

#include <memory>

#include <curl/curl.h>

#include "base/error.hpp"

namespace claribi::net {

// The functions of libcurl that are used.
struct CurlLibrary {
  decltype(&::curl_global_init) global_init = nullptr;
  decltype(&::curl_easy_init) init = nullptr;
  decltype(&::curl_easy_reset) reset = nullptr;
  decltype(&::curl_easy_setopt) setopt = nullptr;
  decltype(&::curl_easy_perform) perform = nullptr;
  decltype(&::curl_easy_getinfo) getinfo = nullptr;
  decltype(&::curl_easy_strerror) strerror = nullptr;
  decltype(&::curl_easy_cleanup) cleanup = nullptr;
  decltype(&::curl_getdate) getdate = nullptr;
};

using CurlHandle = std::unique_ptr<CURL, decltype(&::curl_easy_cleanup)>;

// Loads and starts it; once loaded it stays. Fails (network) if it is not
// installed.
[[nodiscard]] Result<CurlLibrary> load_curl();

}  // namespace claribi::net
