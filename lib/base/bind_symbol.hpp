// SPDX-License-Identifier: MIT
#pragma once

#include <dlfcn.h>

namespace claribi {

// Points `function` at the function of that name in a library that dlopen()
// loaded. False, and null, if the library has none of that name.
template <typename Function>
bool bind_symbol(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

}  // namespace claribi
