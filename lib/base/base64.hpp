// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace claribi {

// RFC 4648, the usual alphabet, with padding.
std::string base64(std::string_view bytes);

}  // namespace claribi
