// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace claribi {

// SHA-256 in lower-case hex, 64 characters. For plan ids.
std::string sha256_hex(std::string_view bytes);
// BLAKE2b with 256 bits in lower-case hex, 64 characters. For pins of tools.
std::string blake2b_256_hex(std::string_view bytes);

}  // namespace claribi
