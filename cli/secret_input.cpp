// SPDX-License-Identifier: MIT
#include "cli/secret_input.hpp"

#include <unistd.h>

#include <cerrno>

#include <fmt/core.h>

#include "base/number.hpp"
#include "base/result.hpp"

namespace claribi::cli {
namespace {

constexpr size_t limit = 4096;

Result<int> descriptor_of(std::string_view number, std::string_view name) {
  const auto fd = number_in<int>(number);
  if (!fd || *fd < 0) {
    return fail(ErrorKind::usage,
                fmt::format("{} is not the number of a descriptor", name),
                {fmt::format("for example {} 3 3<FILE", name)});
  }
  return *fd;
}

}  // namespace

Result<Secret> read_descriptor(std::string_view number, std::string_view name) {
  CLARIBI_TRY_ASSIGN(const int fd, descriptor_of(number, name));
  CLARIBI_TRY_ASSIGN(Secret buffer, Secret::of_size(limit + 1));
  size_t size = 0;
  while (size <= limit) {
    const ssize_t count =
        ::read(fd, buffer.bytes().data() + size, limit + 1 - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return fail(ErrorKind::file,
                  fmt::format("{}: cannot read descriptor {}: {}", name, fd,
                              std::generic_category().message(errno)));
    }
    if (count == 0) return Secret::copy_of(buffer.view().substr(0, size));
    size += static_cast<size_t>(count);
  }
  return fail(ErrorKind::file,
              fmt::format("{}: descriptor {} gives more than {} bytes", name,
                          fd, limit));
}

}  // namespace claribi::cli
