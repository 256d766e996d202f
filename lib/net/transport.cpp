// SPDX-License-Identifier: MIT
#include "net/transport.hpp"

#include "base/text.hpp"

namespace claribi::net {

std::string_view ReplyHead::header(std::string_view name) const {
  const std::string wanted = lower(name);
  for (const Header& header : headers) {
    if (lower(header.name) == wanted) return header.value;
  }
  return {};
}

std::string ReplyHead::media_type() const {
  const std::string_view value = header("Content-Type");
  return lower(trim(value.substr(0, value.find(';'))));
}

}  // namespace claribi::net
